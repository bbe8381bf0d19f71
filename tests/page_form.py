"""A form as a person fills it in: only fields that are there, only answers that are offered."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urljoin
from xml.etree.ElementTree import Element

from tests.page_document import text_of

if TYPE_CHECKING:
    from tests.page import Page

TICKED = {"checkbox", "radio"}


class PageForm:
    """The form, with what it would send now in `values`."""

    def __init__(self, page: "Page", element: Element) -> None:
        self.page = page
        self.element = element
        self.action = urljoin(page.path, element.get("action") or page.path)
        self.method = element.get("method", "get").lower()
        self.values: dict[str, Any] = {}
        self.options: dict[str, list[str]] = {}
        self.many: set[str] = set()
        for control in element.iter():
            if control.tag in {"input", "select", "textarea"} and control.get("name"):
                self._read(control, control.get("name", ""))

    def _read(self, control: Element, name: str) -> None:
        kind = control.get("type", "text")
        if control.tag == "select":
            options = [option.get("value", text_of(option)) for option in control.iter("option")]
            chosen = [
                o.get("value", text_of(o)) for o in control.iter("option") if o.get("selected") is not None
            ]
            self.options[name] = options
            if control.get("multiple") is not None:
                self.many.add(name)
                self.values[name] = chosen
            elif options:
                self.values[name] = chosen[0] if chosen else options[0]
        elif kind in TICKED:
            value = control.get("value", "on")
            self.options.setdefault(name, []).append(value)
            if kind == "checkbox":
                self.many.add(name)
                self.values.setdefault(name, [])
            if control.get("checked") is not None:
                self.values[name] = [*self.values[name], value] if kind == "checkbox" else value
        elif control.tag == "textarea":
            self.values[name] = "".join(control.itertext()).removeprefix("\n")
        elif kind not in {"submit", "button", "reset", "image"}:
            self.values[name] = control.get("value", "") if kind != "file" else None
            self.options.pop(name, None)

    def fill(self, values: Mapping[str, Any] | None = None, **more: Any) -> Self:
        """Answer some fields; True and False tick a single box, a list ticks several."""
        for name, value in {**(values or {}), **more}.items():
            known = self.values.keys() | self.options.keys()
            assert name in known, f"{self.page.path}: the form has no field {name!r}, only {sorted(known)}"
            self.values[name] = self._answer(name, value)
        return self

    def _answer(self, name: str, value: Any) -> Any:
        if name not in self.options:
            return (
                value if value is None or isinstance(value, tuple) or hasattr(value, "read") else str(value)
            )
        offered = self.options[name]
        if isinstance(value, bool):
            return offered[:1] if value else []
        asked = [str(each) for each in value] if isinstance(value, list | tuple | set) else [str(value)]
        strange = [each for each in asked if each not in offered]
        assert not strange, f"{self.page.path}: {name} does not offer {strange}, only {offered}"
        return asked if name in self.many else asked[0]

    def submit(
        self, button: str | None = None, status: int = 303, *, follow: bool = False, **options: Any
    ) -> "Page":
        """Press the button with these words, or the first one."""
        buttons = [each for each in self.element.iter("button") if each.get("type", "submit") == "submit"]
        if button is not None:
            buttons = [each for each in buttons if text_of(each) == button]
            assert buttons, f"{self.page.path}: the form has no button {button!r}"
        sent = {name: value for name, value in self.values.items() if value is not None and value != []}
        if buttons and buttons[0].get("name"):
            sent[buttons[0].get("name", "")] = buttons[0].get("value", "")
        if self.method == "get":
            where = f"{self.action.partition('?')[0]}?{urlencode(sent, doseq=True)}"
            return self.page.client.get(
                where, status=200 if status == 303 else status, follow=follow, **options
            )
        return self.page.client.post(self.action, sent, status=status, follow=follow, token=False, **options)
