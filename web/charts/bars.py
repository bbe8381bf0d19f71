"""Bars: one series, two side by side, and the parts of a whole."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from web.charts.svg import LINE, WIDTH, Bar, frame, hatch, listing, measure, rows_of, tag, words

SHADES = 4


def bars(name: str, title: str, rows: Iterable[Any], *, user: bool = False) -> Markup:
    """One horizontal bar a row, its name above it and its amount at the end."""
    items = rows_of(rows)
    top = max((bar.value for bar in items), default=0) or 1
    drawn: list[Markup] = []
    for index, bar in enumerate(items):
        y = index * 44
        drawn.append(words(0, y + 15, bar.label, room=18))
        drawn.append(words(WIDTH, y + 15, bar.words, kind="chart-value", anchor="end"))
        drawn.append(tag("rect", x=0, y=y + 22, width=WIDTH, height=10, class_="track"))
        drawn.append(tag("rect", x=0, y=y + 22, width=WIDTH * bar.value / top, height=10, class_="bar"))
    return frame(name, title, listing(items), max(len(items) * 44 - 8, LINE), *drawn, user=user)


def pairs(
    name: str, title: str, rows: Iterable[Sequence[Any]], first: str, second: str, *, user: bool = False
) -> Markup:
    """Two bars a row, such as what is needed and what is supplied; rows are (label, one, other)."""
    items = [(str(row[0]), float(row[1]), float(row[2])) for row in rows]
    top = max((max(one, other) for _, one, other in items), default=0) or 1
    fill = f"url(#{name}-hatch)"
    drawn = [hatch(name), *_key(0, [(first, "bar", ""), (second, "bar-other", fill)])]
    for index, (label, one, other) in enumerate(items):
        y = 34 + index * 58
        drawn.append(words(0, y + 14, label, room=25))
        for step, (value, kind) in enumerate(((one, "bar"), (other, "bar-other"))):
            wide = (WIDTH - 60) * value / top
            paint = {"fill": fill} if step else {}
            drawn.append(
                tag("rect", x=0, y=y + 21 + step * 13, width=max(wide, 1.0), height=11, class_=kind, **paint)
            )
            drawn.append(words(wide + 6, y + 31 + step * 13, f"{value:g}", kind="chart-small"))
    said = gettext("；").join(
        gettext(
            "%(name)s：%(first)s %(one)s，%(second)s %(other)s",
            name=label,
            first=first,
            one=f"{one:g}",
            second=second,
            other=f"{other:g}",
        )
        for label, one, other in items
    )
    return frame(name, title, said, 34 + len(items) * 58, *drawn, user=user)


def _key(y: float, entries: Sequence[tuple[str, str, str]]) -> list[Markup]:
    """The key of a chart, on one line: a swatch and a word each."""
    drawn, x = [], 0.0
    for label, kind, fill in entries:
        paint = {"fill": fill} if fill else {}
        drawn.append(tag("rect", x=x, y=y + 4, width=14, height=12, class_=kind, **paint))
        drawn.append(words(x + 20, y + 15, label, kind="chart-small"))
        x += 20 + measure(label) * 13 + 20
    return drawn


def contributions(name: str, title: str, rows: Iterable[Any]) -> Markup:
    """The parts of a score on one bar, what takes away on a second one, and a key of all of them.

    The key is a list and not part of the drawing, so that its words wrap on a telephone.
    """
    items = rows_of(rows)
    plus = [bar for bar in items if bar.value > 0]
    minus = [bar for bar in items if bar.value < 0]
    whole = max(sum(bar.value for bar in plus), -sum(bar.value for bar in minus), 1e-9)
    drawn = [hatch(name), *_stack(name, plus, whole, 0)]
    if minus:
        drawn += _stack(name, minus, whole, 22)
    said = listing(Bar(bar.label, bar.value, f"{bar.value:+.3f}") for bar in items)
    kinds = [(bar, f"swatch-{index % SHADES}") for index, bar in enumerate(plus)]
    kinds += [(bar, "swatch-minus") for bar in minus]
    key = [
        tag("li", tag("span", class_=f"swatch {kind}"), text=f"{bar.label} {bar.value:+.2f}")
        for bar, kind in kinds
    ]
    drawing = frame(name, title, said, 40 if minus else 18, *drawn)
    return drawing + tag("ul", *key, class_="key") if key else drawing


def _stack(name: str, items: Sequence[Bar], whole: float, y: float) -> list[Markup]:
    drawn, x = [], 0.0
    for index, bar in enumerate(items):
        wide = WIDTH * abs(bar.value) / whole
        kind = f"part part-{index % SHADES}" if bar.value > 0 else "part part-minus"
        paint = {} if bar.value > 0 else {"fill": f"url(#{name}-hatch)"}
        about = tag("title", text=f"{bar.label} {bar.value:+.3f}")
        drawn.append(
            tag("rect", about, x=x, y=y, width=max(wide - 1.5, 0.5), height=18, class_=kind, **paint)
        )
        x += wide
    return drawn


def parts(name: str, title: str, rows: Iterable[Any], *, user: bool = False) -> Markup:
    """The parts of a whole on one bar, such as money by phase, each named in a key below."""
    items = [bar for bar in rows_of(rows) if bar.value > 0]
    whole = sum(bar.value for bar in items) or 1
    drawn = _stack(name, items, whole, 0)
    for index, bar in enumerate(items):
        y = 40 + index * 24
        drawn.append(tag("rect", x=0, y=y - 11, width=12, height=12, class_=f"part part-{index % SHADES}"))
        drawn.append(words(18, y, bar.label, room=16))
        drawn.append(words(WIDTH, y, bar.words, kind="chart-value", anchor="end"))
    return frame(name, title, listing(items), 30 + len(items) * 24, *drawn, user=user)
