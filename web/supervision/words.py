"""Figures of supervision in words: with n and interval, or why there is none."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from models.evaluations.rescore import ScoreStanding
from models.scoring.agreement import Figure
from models.supervision.figures import Drift, Gap
from models.supervision.overview import AgencyRow
from models.supervision.sample import SampleEntry
from web.agencies.words import plain, refusal

__all__ = ["plain", "refusal"]

Tag = tuple[str, str]


def points(figure: Figure) -> str:
    """A difference in points."""
    return _said(figure, ".2f")


def kappa(figure: Figure) -> str:
    """An agreement."""
    return _said(figure, ".2f", sign="")


def items(figure: Figure) -> str:
    """How many items an agreement rests on."""
    return ngettext("按 %(num)d 项计算", "按 %(num)d 项计算", figure.n)


def finals(figure: Figure) -> str:
    """How many finals a difference rests on."""
    return ngettext("按 %(num)d 份计算", "按 %(num)d 份计算", figure.n)


def drawn(rows: Iterable[tuple[str, Figure]]) -> list[tuple[Any, ...]]:
    """Rows of a chart: those that have a figure."""
    return [
        (name, figure.value, figure.low, figure.high, f"{figure.value:+.2f}")
        for name, figure in rows
        if figure.value is not None
    ]


def leniency(rows: Iterable[AgencyRow], which: str) -> list[tuple[str, Figure]]:
    """Agencies with one of their two figures of leniency."""
    return [(each.figures.agency.organisation.name, getattr(each.figures, which)) for each in rows]


def quarter(drift: Drift) -> str:
    """A quarter."""
    return _("%(year)s年第%(quarter)s季度", year=drift.year, quarter=drift.quarter)


def gap(found: Gap) -> Tag:
    """How far a gap is."""
    if not found.is_over:
        return _("不用复核"), "done"
    if found.is_waiting:
        return _("待复核"), "waiting"
    first = found.stands is ScoreStanding.FIRST
    return (_("复核后以第一次为准") if first else _("复核后以复评为准")), "done"


def entry(found: SampleEntry) -> Tag:
    """What became of a final in the sample."""
    if not found.is_chosen:
        return _("没有抽中"), "neutral"
    return (_("已公布，来不及复评"), "stopped") if found.missed_at else (_("抽中复评"), "active")


def _said(figure: Figure, form: str, sign: str = "+") -> str:
    if figure.value is None:
        return _("数据太少")
    value = format(figure.value, sign + form)
    if figure.low is None or figure.high is None:
        return value
    low, high = format(figure.low, sign + form), format(figure.high, sign + form)
    return _("%(value)s（%(low)s 至 %(high)s）", value=value, low=low, high=high)
