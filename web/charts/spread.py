"""How amounts are spread: a distribution with its middle half, and shares with their doubt."""

from collections.abc import Iterable, Sequence
from statistics import quantiles
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from web.charts.svg import WIDTH, Bar, frame, listing, tag, words

FLOOR = 150
FEW = 2


def distribution(name: str, title: str, values: Iterable[float], unit: str, bins: int = 10) -> Markup:
    """A histogram over a strip that marks the median and the middle half, never the mean."""
    numbers = sorted(values)
    if len(numbers) < FEW:
        return frame(
            name, title, gettext("数据太少，画不出分布"), 30, words(0, 20, gettext("数据太少，画不出分布"))
        )
    low, high = numbers[0], numbers[-1]
    step = (high - low) / bins or 1
    counts = [0] * bins
    for number in numbers:
        counts[min(int((number - low) / step), bins - 1)] += 1
    drawn = _columns(counts, low, step, unit) + _strip(numbers, low, step * bins, unit)
    quarter, median, third = quantiles(numbers, n=4, method="inclusive")
    said = gettext(
        "共%(count)s个，中位数%(median)s%(unit)s，一半在%(low)s到%(high)s%(unit)s之间",
        count=len(numbers),
        median=f"{median:g}",
        low=f"{quarter:g}",
        high=f"{third:g}",
        unit=unit,
    )
    return frame(name, title, said, FLOOR + 66, *drawn)


def _columns(counts: Sequence[int], low: float, step: float, unit: str) -> list[Markup]:
    wide, top = WIDTH / len(counts), max(counts)
    drawn = []
    for index, count in enumerate(counts):
        tall = (FLOOR - 24) * count / top
        start = low + index * step
        about = tag(
            "title",
            text=gettext("%(name)s %(value)s", name=f"{start:.0f}–{start + step:.0f}{unit}", value=count),
        )
        box = {"x": index * wide + 1, "y": FLOOR - tall, "width": wide - 2, "height": tall}
        drawn.append(tag("rect", about, class_="bar", **box))
        if count:
            drawn.append(
                words(
                    index * wide + wide / 2, FLOOR - tall - 5, str(count), kind="chart-small", anchor="middle"
                )
            )
    drawn.append(tag("line", x1=0, x2=WIDTH, y1=FLOOR, y2=FLOOR, class_="axis"))
    return drawn


def _strip(numbers: Sequence[float], low: float, length: float, unit: str) -> list[Markup]:
    quarter, median, third = quantiles(numbers, n=4, method="inclusive")

    def at(number: float) -> float:
        return WIDTH * (number - low) / length

    side = "start" if at(median) < WIDTH / 4 else "end" if at(median) > WIDTH * 3 / 4 else "middle"
    return [
        tag("line", x1=at(numbers[0]), x2=at(numbers[-1]), y1=FLOOR + 18, y2=FLOOR + 18, class_="axis"),
        tag(
            "rect",
            x=at(quarter),
            y=FLOOR + 12,
            width=max(at(third) - at(quarter), 1.0),
            height=12,
            class_="middle-half",
        ),
        tag("line", x1=at(median), x2=at(median), y1=FLOOR + 8, y2=FLOOR + 28, class_="median"),
        words(0, FLOOR + 58, f"{numbers[0]:g}", kind="chart-small"),
        words(WIDTH, FLOOR + 58, f"{numbers[-1]:g}{unit}", kind="chart-small", anchor="end"),
        words(
            at(median),
            FLOOR + 42,
            gettext("中位数 %(value)s%(unit)s", value=f"{median:g}", unit=unit),
            kind="chart-small",
            anchor=side,
        ),
    ]


def shares(name: str, title: str, rows: Iterable[Sequence[Any]], *, user: bool = False) -> Markup:
    """Shares between 0 and 1 with the interval they may lie in; rows are (label, share, low, high)."""
    items = [(str(label), float(share), float(low), float(high)) for label, share, low, high in rows]
    drawn: list[Markup] = []
    for index, (label, share, low, high) in enumerate(items):
        y = index * 46
        amount = gettext(
            "%(share)s（%(low)s至%(high)s）", share=f"{share:.0%}", low=f"{low:.0%}", high=f"{high:.0%}"
        )
        drawn.append(words(0, y + 15, label, room=14))
        drawn.append(words(WIDTH, y + 15, amount, kind="chart-value", anchor="end"))
        drawn.append(tag("rect", x=0, y=y + 25, width=WIDTH, height=6, class_="track"))
        drawn.append(
            tag("rect", x=WIDTH * low, y=y + 23, width=WIDTH * (high - low), height=10, class_="interval")
        )
        drawn.append(tag("circle", cx=WIDTH * share, cy=y + 28.0, r=5, class_="dot"))
    base = len(items) * 46
    for mark, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        drawn.append(words(WIDTH * mark, base + 8, f"{mark:.0%}", kind="chart-small", anchor=anchor))
    said = listing(
        Bar(label, share, f"{share:.0%} [{low:.0%}, {high:.0%}]") for label, share, low, high in items
    )
    return frame(name, title, said, base + 14, *drawn, user=user)
