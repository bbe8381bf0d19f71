"""What every page must keep to. Each rule yields a sentence for every fault it finds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from tests.page_document import CONTROLS, UNLABELLED_TYPES, Document, text_of

REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "headers", "list", "form", "for")
SPOKEN = ("title", "alt", "aria-label", "placeholder", "content")
VOID_LINKS = {"", "#"}


def valid_html(page: Document) -> Iterator[str]:
    """The page parses without a single error."""
    lines = page.html.splitlines()
    for (line, column), code, facts in page.syntax_errors:
        near = lines[line - 1].strip()[:80] if 0 < line <= len(lines) else ""
        yield f"{code} {facts or ''} at line {line}, column {column}: {near}"


def one_heading(page: Document) -> Iterator[str]:
    """There is one h1, the title begins with its words, and no level is skipped."""
    first = [text_of(each) for each in page.all("h1")]
    if len(first) != 1:
        yield f"{len(first)} h1 elements: {first}"
    title = next((text_of(each) for each in page.all("title")), "")
    if first and not title.startswith(first[0]):
        yield f"the title {title!r} does not begin with the h1 {first[0]!r}"
    if first and not first[0]:
        yield "the h1 is empty"
    level = 0
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        now = int(heading.tag[1])
        if now > level + 1 and level:
            yield f"h{level} is followed by {page.line(heading)}"
        if not text_of(heading):
            yield f"an empty {page.line(heading)}"
        level = now


def language_named(page: Document) -> Iterator[str]:
    """The html element says its language."""
    if page.lang not in {"zh-CN", "en"}:
        yield f"html lang is {page.lang!r}, not zh-CN or en"


def landmarks(page: Document) -> Iterator[str]:
    """One main part, and navigations that can be told apart."""
    if len(list(page.all("main"))) != 1:
        yield f"{len(list(page.all('main')))} main elements"
    names = Counter(
        page.name_of(each) if each.get("aria-label") or each.get("aria-labelledby") else ""
        for each in page.all("nav")
    )
    yield from (f"{count} navigations named {name!r}" for name, count in names.items() if count > 1)


def unique_ids(page: Document) -> Iterator[str]:
    """No id twice, and whatever points to an id finds it."""
    ids = Counter(each.get("id") for each in page.elements() if each.get("id") is not None)
    yield from (f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1)
    for element in page.elements():
        for attribute in REFERENCES:
            for name in element.get(attribute, "").split():
                if name not in ids:
                    yield f"{page.line(element)} points to a missing id {name!r} by {attribute}"


def labelled_controls(page: Document) -> Iterator[str]:
    """Every control has a name that assistive technology can read; so has every group."""
    for control in page.all(*CONTROLS):
        if control.get("type") in UNLABELLED_TYPES:
            continue
        if not page.name_of(control):
            yield f"{page.line(control)} has no label"
        if control.get("type") == "radio" and page.inside(control, "fieldset") is None:
            yield f"{page.line(control)} is in no fieldset"
    for group in page.all("fieldset"):
        if not any(child.tag == "legend" and text_of(child) for child in group):
            yield f"{page.line(group)} has no legend"
    for button in page.all("button", "summary"):
        if not page.name_of(button):
            yield f"{page.line(button)} has no words"


def honest_forms(page: Document) -> Iterator[str]:
    """A form says where it goes; one that changes something carries a token."""
    for form in page.all("form"):
        if not form.get("action"):
            yield f"{page.line(form)} has no action"
        if form.get("method", "get").lower() != "post":
            continue
        tokens = [each for each in form.iter("input") if each.get("name") == "csrf_token"]
        if not any(each.get("value") for each in tokens):
            yield f"the form that posts to {form.get('action')} has no csrf token"
        if len(tokens) > 1:
            yield f"the form that posts to {form.get('action')} has {len(tokens)} csrf tokens"


def links_lead(page: Document) -> Iterator[str]:
    """Every link has words and goes somewhere."""
    for link in page.all("a"):
        href = link.get("href")
        if href is None or href.strip() in VOID_LINKS:
            yield f"{page.line(link)} goes nowhere"
        elif href.strip().lower().startswith("javascript:"):
            yield f"{page.line(link)} runs a script"
        elif href.startswith("#") and page.by_id(href[1:]) is None:
            yield f"{page.line(link)} leads to a missing part of the page"
        if not page.name_of(link):
            yield f"{page.line(link)} has no words"
        if page.inside(link, "button", "a", "summary") is not None:
            yield f"{page.line(link)} is inside another control"


def nothing_inline(page: Document) -> Iterator[str]:
    """No inline style, script or handler; scripts and styles are our own, with a nonce."""
    for element in page.elements():
        for attribute in dict(element.items()):
            if attribute == "style" or re.fullmatch(r"on[a-z]+", attribute):
                yield f"{page.line(element)} has an inline {attribute}"
        if element.tag == "style":
            yield "a style element"
        if element.tag == "script":
            data = (element.get("type") or "").endswith("json")
            if not element.get("src") and not data:
                yield "an inline script"
            if not element.get("nonce") and not data:
                yield f"{page.line(element)} has no nonce"
        source = element.get("src") or (element.get("href") if element.tag == "link" else None)
        if source and re.match(r"(https?:)?//", source):
            yield f"{page.line(element)} is fetched from elsewhere"


def pictures_described(page: Document) -> Iterator[str]:
    """An image has words, or says that it is only decoration."""
    for image in page.all("img"):
        if image.get("alt") is None:
            yield f"{page.line(image)} has no alt"
    for drawing in page.all("svg"):
        titled = any(child.tag == "title" and text_of(child) for child in drawing)
        if drawing.get("aria-hidden") != "true" and not titled and not page.name_of(drawing):
            yield f"{page.line(drawing)} has no title"


def tables_told(page: Document) -> Iterator[str]:
    """A table has a caption, and its heads say what they are the head of."""
    for table in page.all("table"):
        if not any(child.tag == "caption" and text_of(child) for child in table):
            yield f"{page.line(table)} has no caption"
        heads = list(table.iter("th"))
        if not heads:
            yield f"{page.line(table)} has no th"
        for head in heads:
            if head.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"{page.line(head)} has no scope"
            if not text_of(head):
                yield f"{page.line(head)} is an empty head"


STRUCTURE: dict[str, Callable[[Document], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        valid_html,
        one_heading,
        language_named,
        landmarks,
        unique_ids,
        labelled_controls,
        honest_forms,
        links_lead,
        nothing_inline,
        pictures_described,
        tables_told,
    )
}
