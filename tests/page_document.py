"""A fetched page as a tree, with the questions the rules and the client ask of it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

UNSEEN = {"script", "style", "template", "head"}
CONTROLS = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}

INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "time"}


def squeeze(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


class Document:
    """The tree of one page; tag names of HTML are plain, those of SVG lose their namespace."""

    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.html = html
        self.root: Element = parser.parse(html)
        self.syntax_errors = parser.errors
        self.parents: dict[Element, Element] = {}
        self._elements: list[Element] = []
        self._by_id: dict[str, Element] = {}
        self._labels: dict[str, list[Element]] = {}
        for element in self.root.iter():
            if isinstance(element.tag, str):
                self._take(element)
            for child in element:
                self.parents[child] = element

    def _take(self, element: Element) -> None:
        element.tag = element.tag.rpartition("}")[2]
        self._elements.append(element)
        self._by_id.setdefault(element.get("id", ""), element)
        if element.tag == "label":
            self._labels.setdefault(element.get("for", ""), []).append(element)

    @property
    def lang(self) -> str:
        """The language of the page, such as zh-CN."""
        return self.root.get("lang", "")

    def all(self, *tags: str) -> Iterator[Element]:
        """Every element with one of these tag names, in the order of the page."""
        return (element for element in self._elements if element.tag in tags)

    def elements(self) -> Iterator[Element]:
        """Every element, without comments."""
        return iter(self._elements)

    def by_id(self, name: str) -> Element | None:
        """The element with this id."""
        return self._by_id.get(name) if name else None

    def above(self, element: Element) -> Iterator[Element]:
        """The element's ancestors, the nearest first."""
        while element in self.parents:
            element = self.parents[element]
            yield element

    def inside(self, element: Element, *tags: str) -> Element | None:
        """The nearest ancestor with one of these tag names."""
        return next((each for each in self.above(element) if each.tag in tags), None)

    def line(self, element: Element) -> str:
        """The element's opening tag, shortened, to point at it in a message."""
        said = "".join(f' {key}="{value[:40]}"' for key, value in list(element.items())[:4])
        words = text_of(element)[:30]
        return f"<{element.tag}{said}>{words}"

    def visible(self) -> Iterator[tuple[Element, str]]:
        """Every piece of text a person sees, with the element it belongs to."""
        body = next(self.all("body"), self.root)
        yield from self._pieces(body)

    def _pieces(self, element: Element) -> Iterator[tuple[Element, str]]:
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            return
        if element.text and element.text.strip():
            yield element, squeeze(element.text)
        for child in element:
            yield from self._pieces(child)
            if child.tail and child.tail.strip():
                yield element, squeeze(child.tail)

    def name_of(self, control: Element) -> str:
        """What assistive technology calls the element: label, aria, content or image text."""
        if control.get("aria-label"):
            return squeeze(control.get("aria-label", ""))
        labelled = [self.by_id(each) for each in control.get("aria-labelledby", "").split()]
        if labelled:
            return squeeze(" ".join(text_of(each) for each in labelled if each is not None))
        if control.tag in CONTROLS:
            own = control.get("id")
            around = self.inside(control, "label")
            labels = self._labels.get(own, []) if own else []
            return squeeze(
                " ".join(text_of(each) for each in [*labels, *([around] if around is not None else [])])
            )
        pictures = [each.get("alt", "") for each in control.iter() if each.tag == "img"]
        return squeeze(" ".join([text_of(control), *pictures]))


def text_of(element: Element) -> str:
    """All the text inside the element; blocks are set apart by a space, words in a line are not."""
    return squeeze("".join(_run(element)))


def _run(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
        return
    gap = "" if element.tag in INLINE else " "
    yield gap + (element.text or "")
    for child in element:
        yield from _run(child)
        yield child.tail or ""
    yield gap
