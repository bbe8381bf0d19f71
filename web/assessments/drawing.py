"""The sample against the population as charts: one sentence, one drawing and one table a dimension."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from models.needs.sampling import DimensionSample, Representativeness, Skew
from web.format import number, percent
from web.labels import label
from web.labels.strata import stratum_name


@dataclass(frozen=True)
class Drawing:
    """What components/chart.html wants to know."""

    name: str
    title: str
    sentence: str
    bars: list[tuple[str, float, float]]
    columns: list[str]
    rows: list[list[str]]


def drawings(sample: Representativeness) -> list[Drawing]:
    """A drawing for every dimension in which somebody was counted."""
    return [_drawing(each) for each in sample.dimensions]


def _drawing(sample: DimensionSample) -> Drawing:
    bars = [
        (
            stratum_name(row.stratum),
            round(100 * (row.share or 0), 1),
            round(100 * (row.population_share or 0), 1),
        )
        for row in sample.strata
        if row.share is not None
    ]
    return Drawing(
        name=f"sample-{sample.dimension}",
        title=_("%(dimension)s：受访者与居民", dimension=label(sample.dimension)),
        sentence=sentence(sample),
        bars=bars,
        columns=[_("人群"), _("受访"), _("受访占比"), _("居民"), _("居民占比"), _("判断")],
        rows=[_row(row) for row in sample.strata],
    )


def sentence(sample: DimensionSample) -> str:
    """What the drawing shows, in one sentence: who is missing, or that nobody is."""
    if sample.too_small:
        return _("只有 %(n)s 人说明了这一项，太少，看不出有没有代表性。", n=sample.n)
    if not sample.n:
        return _("没有这里的人口数字，无法比较。")
    named: dict[Skew, str] = {
        skew: _("、").join(stratum_name(row.stratum) for row in sample.skewed if row.skew is skew)
        for skew in (Skew.UNDER, Skew.OVER)
    }
    if named[Skew.UNDER] and named[Skew.OVER]:
        return _(
            "%(under)s偏少，%(over)s偏多（共 %(n)s 人）。",
            under=named[Skew.UNDER],
            over=named[Skew.OVER],
            n=sample.n,
        )
    if named[Skew.UNDER]:
        return _("%(under)s偏少（共 %(n)s 人）。", under=named[Skew.UNDER], n=sample.n)
    if named[Skew.OVER]:
        return _("%(over)s偏多（共 %(n)s 人）。", over=named[Skew.OVER], n=sample.n)
    if sample.differs:
        return _("每一类都不算太偏，合起来看仍与居民结构有差别（共 %(n)s 人）。", n=sample.n)
    return _("与居民结构相称（共 %(n)s 人）。", n=sample.n)


def _row(row: Any) -> list[str]:
    return [
        stratum_name(row.stratum),
        number(row.respondents),
        percent(row.share),
        number(row.population) if row.population is not None else _("未知"),
        percent(row.population_share),
        label(row.skew),
    ]
