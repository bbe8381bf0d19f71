"""The pencil of the charts: elements, words that fit, and the frame around a drawing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape

WIDTH = 340
CJK_START = 0x2E80
LINE = 20


@dataclass(frozen=True)
class Bar:
    """One named amount; `text` is how the amount is written when that is not the number."""

    label: str
    value: float
    text: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        return self.text or f"{self.value:g}"


def rows_of(rows: Iterable[Any]) -> list[Bar]:
    """Bars from bars, mappings or (label, value[, text]) tuples, for short templates."""
    made = []
    for row in rows:
        if isinstance(row, Bar):
            made.append(row)
        elif isinstance(row, Mapping):
            made.append(Bar(str(row["label"]), float(row["value"]), str(row.get("text") or "")))
        else:
            label, value, *text = row
            made.append(Bar(str(label), float(value), str(text[0]) if text else ""))
    return made


def measure(text: str) -> float:
    """How wide a text is, counted in the width of one Chinese character."""
    return sum(1.0 if ord(letter) >= CJK_START else 0.56 for letter in text)


def shorten(text: str, room: float) -> str:
    """The text, cut with an ellipsis where it would not fit into `room` characters."""
    if measure(text) <= room:
        return text
    kept = ""
    for letter in text:
        if measure(kept + letter) > room - 1:
            break
        kept += letter
    return kept.rstrip() + "…"


def tag(name: str, *children: Markup, text: object = "", **attributes: object) -> Markup:
    """One element; underscores become hyphens, `class_` is the class, numbers are rounded."""
    parts = [Markup(' {}="{}"').format(_attribute(key), _value(value)) for key, value in attributes.items()]
    inside = Markup("").join(children) + escape(text)
    return Markup("<{0}{1}>{2}</{0}>").format(escape(name), Markup("").join(parts), inside)


def _attribute(key: str) -> Markup:
    return escape({"class_": "class", "viewbox": "viewBox"}.get(key, key.replace("_", "-")))


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def words(x: float, y: float, text: str, *, kind: str = "", anchor: str = "start", room: float = 0) -> Markup:
    """A line of text; cut to `room` characters, with the whole of it as a title."""
    shown = shorten(text, room) if room else text
    whole = tag("title", text=text) if shown != text else Markup("")
    attributes = {"x": float(x), "y": float(y), "text_anchor": anchor}
    return tag("text", whole, text=shown, class_=f"chart-text {kind}".strip(), **attributes)


def frame(
    name: str,
    title: str,
    description: str,
    height: float,
    *content: Markup,
    width: float = WIDTH,
    user: bool = False,
    role: str = "img",
) -> Markup:
    """The image around a drawing, with the words that stand for it; `user`: people wrote the names in it."""
    language = {"lang": "zh-CN", "translate": "no"} if user else {}
    return tag(
        "svg",
        tag("title", text=title, id=f"{name}-title"),
        tag("desc", text=description, id=f"{name}-desc"),
        *content,
        class_="drawing",
        viewbox=f"0 0 {_value(float(width))} {_value(float(height))}",
        role=role,
        **language,
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
    )


def hatch(name: str) -> Markup:
    """Slanted lines for the second series, so that it differs in grey as well."""
    stroke = tag("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", class_="hatch-line")
    ground = tag("rect", width=6, height=6, class_="hatch-ground")
    size = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
    return tag("defs", tag("pattern", ground, stroke, id=f"{name}-hatch", **size))


def listing(bars: Iterable[Bar]) -> str:
    """The amounts as one sentence part, for the description."""
    return gettext("；").join(gettext("%(name)s %(value)s", name=bar.label, value=bar.words) for bar in bars)
