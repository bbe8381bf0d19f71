"""Grids: a table whose cells darken with the number, and a map of one tile a street."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from web.charts.svg import WIDTH, Bar, frame, listing, measure, tag, words

SHADES = 5
TILE = 80
LINE_OF_TILE = 4


def shade(value: float, top: float) -> int:
    """Which of the shades 0 to 5 a number gets; only nothing is 0."""
    if value <= 0 or top <= 0:
        return 0
    return min(SHADES, 1 + int(SHADES * value / top)) if value < top else SHADES


def heat(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, Sequence[float]]],
    corner: str = "",
) -> Markup:
    """A table of numbers, shaded; the numbers stay readable, so it needs no second table.

    Names that people wrote come as `name|as_written`.
    """
    lines = [(label, list(values)) for label, values in rows]
    top = max((value for _, values in lines for value in values), default=0)
    head = [tag("th", tag("span", text=corner, class_="visually-hidden"), scope="col")]
    head += [tag("th", text=column, scope="col") for column in columns]
    body = [
        tag(
            "tr",
            tag("th", text=label, scope="row"),
            *(tag("td", text=f"{value:g}", class_=f"heat heat-{shade(value, top)}") for value in values),
        )
        for label, values in lines
    ]
    table = tag(
        "table",
        tag("caption", text=caption, class_="visually-hidden"),
        tag("thead", tag("tr", *head)),
        tag("tbody", *body),
        class_="table heat-table",
    )
    return tag("div", table, class_="list__frame", tabindex=0, role="region", aria_label=caption)


def tiles(name: str, title: str, places: Iterable[Mapping[str, Any]], *, user: bool = False) -> Markup:
    """One tile a place, set roughly as on the ground.

    Each place has label, value, column and row (from 0), and may have text and url.
    """
    items = list(places)
    top = max((place["value"] for place in items), default=0)
    wide = max((place["column"] for place in items), default=0) + 1
    high = max((place["row"] for place in items), default=0) + 1
    drawn = [_tile(place, shade(place["value"], top)) for place in items]
    role = "group" if any(place.get("url") for place in items) else "img"  # an image has no links inside
    said = listing(Bar(place["label"], place["value"], str(place.get("text") or "")) for place in items)
    return frame(name, title, said, high * TILE, *drawn, width=max(wide * TILE, WIDTH), user=user, role=role)


def _two_lines(label: str) -> list[str]:
    """A name and what kind of place it is: 澄江 街道, Chengjiang Subdistrict."""
    return label.rsplit(" ", 1) if " " in label else [label[:-2], label[-2:]]


def _tile(place: Mapping[str, Any], level: int) -> Markup:
    x, y = place["column"] * TILE, place["row"] * TILE
    label, middle = str(place["label"]), x + TILE / 2
    amount = str(place.get("text") or f"{place['value']:g}")
    lines = [label] if measure(label) <= LINE_OF_TILE else _two_lines(label)
    on = f"tile-{level}"
    drawn = [tag("rect", x=x + 2, y=y + 2, width=TILE - 4, height=TILE - 4, rx=4, class_=f"tile {on}")]
    for index, line in enumerate(lines):
        up = y + 26 + index * 17
        drawn.append(words(middle, up, line, kind=f"tile-word {on}-word", anchor="middle", room=5.5))
    drawn.append(words(middle, y + 66, amount, kind=f"tile-value {on}-word", anchor="middle"))
    whole = tag("g", *drawn)
    return tag("a", whole, href=place["url"], aria_label=f"{label} {amount}") if place.get("url") else whole
