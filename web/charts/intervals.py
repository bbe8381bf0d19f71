"""Figures that may lie on either side of nothing, such as leniency, each with its interval."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from web.charts.svg import WIDTH, Bar, frame, listing, tag, words

HIGH = 46


def intervals(
    name: str, title: str, rows: Iterable[Sequence[Any]], *, span: float | None = None, user: bool = False
) -> Markup:
    """Rows are (label, value, low, high, text); without an interval low and high are None.

    The scale goes from -span to span, and without one as far as the figures do.
    """
    items = [(str(row[0]), float(row[1]), row[2], row[3], str(row[4])) for row in rows]
    known = [abs(each) for row in items for each in row[1:4] if each is not None]
    wide = span or max(known, default=0) or 1.0

    def at(value: float) -> float:
        return WIDTH * (max(-wide, min(wide, value)) + wide) / (2 * wide)

    drawn: list[Markup] = []
    for index, (label, value, low, high, text) in enumerate(items):
        y = index * HIGH
        drawn.append(words(0, y + 15, label, room=14))
        drawn.append(words(WIDTH, y + 15, text, kind="chart-value", anchor="end"))
        drawn.append(tag("rect", x=0, y=y + 25, width=WIDTH, height=6, class_="track"))
        if low is not None and high is not None:
            box = {"x": at(low), "y": y + 23, "width": max(at(high) - at(low), 1.0), "height": 10}
            drawn.append(tag("rect", class_="interval", **box))
        drawn.append(tag("line", x1=WIDTH / 2, x2=WIDTH / 2, y1=y + 20, y2=y + 36, class_="axis"))
        drawn.append(tag("circle", cx=at(value), cy=y + 28.0, r=5, class_="dot"))
    base = len(items) * HIGH
    for mark, anchor in ((-wide, "start"), (0.0, "middle"), (wide, "end")):
        drawn.append(
            words(at(mark), base + 8, f"{mark:+.3g}" if mark else "0", kind="chart-small", anchor=anchor)
        )
    said = listing(Bar(label, value, text) for label, value, _low, _high, text in items)
    return frame(name, title, said, base + 14, *drawn, user=user)
