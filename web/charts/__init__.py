"""Charts as SVG drawn on the server: no script, no style attribute, legible in grey.

Every drawing is an image with a title and a description, for readers who cannot see
it; `components/chart.html` sets a sentence before it and a table behind it. Colours
are classes of static/css/charts.css, so that dark mode and print can change them, and
wherever two series meet the second is hatched. All widths count in units of the view
box, which is narrow enough that text stays legible on a telephone.
"""

from types import SimpleNamespace

from flask import Flask

from web.charts.bars import bars, contributions, pairs, parts
from web.charts.grids import heat, tiles
from web.charts.intervals import intervals
from web.charts.spread import distribution, shares

__all__ = [
    "bars",
    "contributions",
    "distribution",
    "heat",
    "intervals",
    "pairs",
    "parts",
    "register",
    "shares",
    "tiles",
]

DRAWINGS = SimpleNamespace(
    bars=bars,
    contributions=contributions,
    distribution=distribution,
    heat=heat,
    intervals=intervals,
    pairs=pairs,
    parts=parts,
    shares=shares,
    tiles=tiles,
)


def register(app: Flask) -> None:
    """Templates call the drawings as `charts.bars(…)`."""
    app.jinja_env.globals["charts"] = DRAWINGS
