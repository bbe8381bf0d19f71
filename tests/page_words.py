"""Rules on the words of a page: nothing left over from the machine, nothing left untranslated."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from tests.page_document import Document

CHINESE = re.compile("[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
LEFTOVERS = re.compile(
    r"\{\{|\{%|%\(\w+\)[sd]|&(?:lt|gt|amp|quot|#\d+);|\bundefined\b|\bNaN\b|datetime\.datetime|\bDecimal\("
    r"|object at 0x|<Markup|\bUndefined\b"
)
SNAKE = re.compile(
    r"(?<![\w./@-])(?:[a-z]+(?:_[a-z0-9]+)+|[A-Z]{2,}(?:_[A-Z]+)+|[A-Z][A-Za-z]+\.[A-Z][A-Z_]+)(?![\w.@/-])"
)
LONE_CODE = re.compile(r"[a-z]{3,}")
FORM_ENGLISH = re.compile(r"This field is required|Not a valid|Field must be|Invalid Choice|The CSRF token")
QUOTED = {"code", "kbd", "samp", "pre", "textarea", "time"}
SPOKEN = ("title", "alt", "aria-label", "placeholder")
BUTTONS = {"submit", "button", "reset"}


def exempt(page: Document, element: Element, *, language: str = "") -> bool:
    """Whether the element or one around it is quoted, not to be translated, or in `language`."""
    for each in (element, *page.above(element)):
        if each.tag in QUOTED or each.get("translate") == "no":
            return True
        if language and each.tag != "html" and each.get("lang", "").startswith(language):
            return True
    return False


def spoken(page: Document) -> Iterator[tuple[Element, str]]:
    """Attributes that are shown or read out, and those that scripts show."""
    for element in page.elements():
        for name, value in element.items():
            worded = name in SPOKEN or name.startswith("data-")
            if worded or (name == "value" and element.tag == "input" and element.get("type") in BUTTONS):
                yield element, value


def everything(page: Document) -> Iterator[tuple[Element, str]]:
    """All the words of the page."""
    yield from page.visible()
    yield from spoken(page)


def nothing_left_over(page: Document) -> Iterator[str]:
    """No None, no unfilled placeholder, no template syntax, nothing escaped twice."""
    for element, text in everything(page):
        found = LEFTOVERS.search(text)
        if found:
            yield f"{found.group()!r} in {text[:60]!r}"
        if text == "None" or (page.lang != "en" and re.search(r"(?<![A-Za-z])None(?![A-Za-z])", text)):
            yield f"None in {text[:60]!r} ({page.line(element)})"
    for element in page.elements():
        for attribute in ("href", "action", "src", "value", "content"):
            value = element.get(attribute, "")
            if value == "None" or re.search(r"[/=]None(?![A-Za-z])", value):
                yield f"None in {attribute} of {page.line(element)}"


def no_raw_codes(page: Document) -> Iterator[str]:
    """Stored values are shown in words; a code worth showing is in <code> or translate="no"."""
    for element, text in page.visible():
        if exempt(page, element, language="en"):
            continue
        found = SNAKE.search(text)
        if found:
            yield f"the code {found.group()!r} in {text[:60]!r}"
        if page.lang != "en" and LONE_CODE.fullmatch(text) and element.tag not in {"a", "text"}:
            yield f"the code {text!r} alone in {page.line(element)}"
        if page.lang != "en" and FORM_ENGLISH.search(text):
            yield f"an English message on a Chinese page: {text[:60]!r}"


def all_translated(page: Document) -> Iterator[str]:
    """On an English page, Chinese is only what people wrote, and is marked as Chinese."""
    if page.lang != "en":
        return
    for element, text in everything(page):
        if CHINESE.search(text) and not exempt(page, element, language="zh"):
            yield f"untranslated: {text[:60]!r} in {page.line(element)}"


WORDS: dict[str, Callable[[Document], Iterator[str]]] = {
    rule.__name__: rule for rule in (nothing_left_over, no_raw_codes, all_translated)
}
