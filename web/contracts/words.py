"""Awards, challenges and contracts in words: tones of phases, days with their rule."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from flask import g
from flask_babel import gettext as _

from models.contracts.award import AwardPhase
from models.contracts.challenge import ChallengePhase
from models.contracts.clocks import Clock
from models.contracts.contract import ContractPhase, MilestonePhase
from web.format import day
from web.labels import label

MOMENT = timedelta(microseconds=1)
HUNDREDTH = Decimal("0.01")
TONES = {
    AwardPhase.PENDING: "waiting",
    AwardPhase.NOTICED: "active",
    AwardPhase.ACTIVE: "done",
    AwardPhase.CANCELLED: "stopped",
    ChallengePhase.FILED: "waiting",
    ChallengePhase.UPHELD: "done",
    ChallengePhase.REJECTED: "neutral",
    ChallengePhase.WITHDRAWN: "stopped",
    ContractPhase.PENDING: "waiting",
    ContractPhase.SIGNING: "waiting",
    ContractPhase.ACTIVE: "active",
    ContractPhase.COMPLETE: "done",
    ContractPhase.TERMINATED: "stopped",
    MilestonePhase.SCHEDULED: "neutral",
    MilestonePhase.REPORTED: "waiting",
    MilestonePhase.RETURNED: "stopped",
    MilestonePhase.ACCEPTED: "active",
    MilestonePhase.INVOICED: "waiting",
    MilestonePhase.PAID: "done",
}


def tone(phase: AwardPhase | ChallengePhase | ContractPhase | MilestonePhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def clock(found: Clock | None) -> str:
    """What is due by which day, by which rule, and whether that is over."""
    if found is None:
        return ""
    facts = {"what": label(found.kind), "day": day(found.day), "rule": of_rule(found)}
    if found.is_over(g.at):
        return _("%(what)s：%(day)s%(rule)s，已过期", **facts)
    return _("%(what)s：%(day)s前%(rule)s", **facts)


def by(found: Clock) -> str:
    """A day with its rule."""
    return day(found.day) + of_rule(found)


def of_rule(found: Clock) -> str:
    """The rule of a day, in brackets; one in a year whose holidays are not announced says so."""
    if not found.rule:
        return ""
    facts = {"rule": found.rule}
    return _("（%(rule)s，暂定）", **facts) if found.provisional else _("（%(rule)s）", **facts)


def score(value: Decimal | None) -> str:
    """A total, a mark or a distance, with two decimals; the ranking itself has them all."""
    return "—" if value is None else f"{value.quantize(HUNDREDTH, ROUND_HALF_UP)}"


def share(part: int | None, whole: int | None) -> Decimal:
    """So many of so many."""
    return Decimal(part or 0) / Decimal(whole) if whole else Decimal(0)


def last_day(until: datetime) -> str:
    """The last day before an instant at which a day begins."""
    return day(until - MOMENT)
