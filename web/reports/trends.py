"""Warnings of a trend in words: one sentence each, and the list behind it."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.parties.unit import AdministrativeUnit
from models.reports.rise import ALPHA, LEAST
from models.reports.rising import Rise, RiseKind, Rises
from web.format import percent
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.parties import place_words, unit_name

LISTS = {
    RiseKind.CHALLENGES: (P.CHALLENGE_VIEW, "challenges.list_"),
    RiseKind.COMPLAINTS: (P.CHALLENGE_VIEW, "challenges.list_"),
    RiseKind.OVERDUE: (P.RECTIFICATION_VIEW, "rectifications.list_"),
}
"""Where the matters of an area are listed; the needs of a warning stand below it."""


OF_NEEDS = _l(
    "%(place)s的“%(service)s”需求在增多：这 %(days)d 天 %(now)d 条，之前 %(days)d 天 %(before)d 条。"
)
OF_MATTERS = _l("%(what)s在增多：这 %(days)d 天 %(now)d 件，之前 %(days)d 天 %(before)d 件。")


def said(rise: Rise, days: int) -> Markup:
    """What rose, in a sentence on a page."""
    return Markup(_sentence(rise)) % _facts(rise, days, unit_name)  # noqa: S704  # ours; % escapes


def written(rise: Rise, days: int) -> str:
    """The same as plain words, for a file."""
    return _sentence(rise) % _facts(rise, days, place_words)


def _sentence(rise: Rise) -> str:
    return str(OF_NEEDS if rise.kind is RiseKind.NEEDS else OF_MATTERS)


def _facts(rise: Rise, days: int, named: Callable[[AdministrativeUnit], str]) -> dict[str, Any]:
    facts: dict[str, Any] = {"days": days, "now": rise.now, "before": rise.before, "what": label(rise.kind)}
    if rise.place is not None and rise.term is not None:
        facts |= {"place": named(rise.place), "service": term_name(rise.term)}
    return facts


def how(found: Rises) -> str:
    """How warnings come about."""
    return _(
        "从 %(compared)d 组数里比出来的：前后合计不到 %(least)d 条的不比；"
        "用精确二项检验，多组一起比按 Benjamini-Hochberg 法校正，误报的比例控制在 %(alpha)s 以内。",
        compared=found.compared,
        least=LEAST,
        alpha=percent(ALPHA),
    )


def where(rise: Rise, act: Act) -> str | None:
    """The list behind a warning, for whoever may read it."""
    if rise.kind not in LISTS:
        return None
    permission, endpoint = LISTS[rise.kind]
    return url_for(endpoint) if can(act, permission) else None
