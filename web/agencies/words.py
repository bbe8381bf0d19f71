"""Agencies in words: states, and where a ground is known from."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from models.agencies.agency import Agency, QualificationKind
from models.agencies.assignment import Assignment
from models.agencies.ground import ASKED, Conflict, Ground
from models.agencies.lifecycle import suspension_phase_at
from models.agencies.suspension import AgencySuspension, SuspensionPhase
from models.agencies.tie import AgencyTie
from models.errors import DomainError
from models.parties.organisation import ListFlag
from web.format import day
from web.labels import label, sentence

Tag = tuple[str, str]
DATED = frozenset({*ASKED, Ground.SUSPENDED, Ground.STREET})
"""Their source is a date: when it ended, until when it holds, since when the agency is here."""


def refusal(error: DomainError) -> str:
    """Why something could not be done."""
    return sentence(error)


def ground(kind: Ground, source: str) -> str:
    """A ground with where it is known from."""
    if not source:
        return label(kind)
    if kind is Ground.UNQUALIFIED:
        known = label(QualificationKind(source))
    elif kind is Ground.ON_LIST:
        known = label(ListFlag(source))
    elif kind in DATED and _is_date(source):
        known = day(date.fromisoformat(source))
    else:
        known = source
    return _("%(ground)s（%(source)s）", ground=label(kind), source=known)


def grounds(found: Iterable[Conflict]) -> str:
    """Several grounds on one line."""
    return _("；").join(ground(each.kind, each.source) for each in found)


def standing(agency: Agency, on: date, *, is_suspended: bool) -> Tag:
    """Whether an agency can be drawn, as far as it alone is concerned."""
    if not agency.is_listed(on):
        return _("已移出"), "stopped"
    if is_suspended:
        return _("暂停抽取"), "stopped"
    if agency.lacks(on) or agency.organisation.flags_at(on):
        return _("不能抽取"), "waiting"
    return _("可以抽取"), "done"


def lacking(agency: Agency, on: date) -> str:
    """What R77 asks for and the agency has not shown."""
    return _("、").join(label(kind) for kind in agency.lacks(on))


def suspension(found: AgencySuspension, at: datetime) -> Tag:
    """How far a suspension is."""
    phase = suspension_phase_at(found, at)
    if phase is not SuspensionPhase.LIFTED and found.until_at <= at:
        return _("已到期"), "neutral"
    return label(phase), {"lifted": "done", "appealed": "waiting"}.get(phase, "stopped")


def assignment(found: Assignment) -> Tag:
    """How far an assignment is."""
    if not found.is_live:
        return _("已回避"), "stopped"
    return (_("已申报，可以开展"), "active") if found.declared_at else (_("待申报"), "waiting")


def plain(number: Decimal) -> str:
    """A share or points without idle zeros: 10, 12.5."""
    return f"{number.normalize():f}"


def period(found: AgencyTie) -> str:
    """From when until when a tie held, as far as that is known."""
    if found.ended_on is None:
        return _("%(from_)s 起", from_=day(found.began_on)) if found.began_on else _("还没有结束")
    if found.began_on is None:
        return _("到 %(when)s 为止", when=day(found.ended_on))
    return _("%(from_)s 至 %(to)s", from_=day(found.began_on), to=day(found.ended_on))


def tie(found: AgencyTie, on: date) -> Tag:
    """Whether a tie bars today."""
    return (_("要回避"), "waiting") if found.counts(on) else (_("不用回避"), "neutral")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
