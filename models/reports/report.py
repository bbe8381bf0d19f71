"""An area in a period: what was asked for, bought, delivered, judged and mended. Numbers, and no words."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.suspension import AgencySuspension
from models.contracts.award import Award
from models.contracts.contract import Contract, ContractMilestone
from models.evaluations.evaluation import Evaluation
from models.matching.gap import GapEntry
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.rectifications.consequence import Consequence, ConsequenceKind
from models.rectifications.rectification import Rectification
from models.reports.burden import Burden, burden
from models.reports.period import Period, inside, within
from models.reports.projects import ProjectLine, projects
from models.reports.rising import Rises, rises
from models.scoring.grades import Grade
from models.scoring.survey import LEAST_VALID, Tally, wilson
from models.tenders.lot import Lot
from models.tenders.tender import Tender


@dataclass(frozen=True)
class Counts:
    """How many of each, within the period."""

    needs_submitted: int
    needs_standardised: int
    gaps_opened: int
    gaps_closed: int
    tenders_published: int
    tenders_failed: int
    contracts_signed: int
    contracts_amount: Decimal
    milestones_accepted: int
    paid_amount: Decimal
    rectifications_issued: int
    rectifications_passed: int
    rectifications_concluded: int
    agencies_suspended: int


@dataclass(frozen=True)
class Opinion:
    """Surveys taken together: how many, and the share satisfied; none with too few valid answers."""

    surveys: int
    valid: int
    satisfied: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share, when it is shown at all."""
        return wilson(self.satisfied, self.valid) if self.valid >= LEAST_VALID else None


@dataclass(frozen=True)
class AreaReport:
    """All a report says. Scores are those published in the period: what is not public yet is not told."""

    area: AdministrativeUnit
    period: Period
    counts: Counts
    grades: Counter[Grade]
    mean_score: Decimal | None
    opinion: Opinion
    consequences: Counter[ConsequenceKind]
    projects: list[ProjectLine]
    rises: Rises
    burden: list[Burden]


def area_report(session: Session, period: Period, act: Act) -> AreaReport:
    """The report of the actor's area."""
    ensure(act, Permission.DISTRICT_OVERVIEW)
    area = act.actor.unit_code or ""
    lines = projects(session, area, period)
    scores = [each.evaluation.score for each in lines if each.evaluation.score is not None]
    tallies = [each.opinion for each in lines if each.opinion is not None]
    return AreaReport(
        area=session.get_one(AdministrativeUnit, area),
        period=period,
        counts=_counts(session, area, period),
        grades=Counter(each.evaluation.grade for each in lines if each.evaluation.grade is not None),
        mean_score=sum(scores, Decimal(0)) / len(scores) if scores else None,
        opinion=_together(tallies),
        consequences=_consequences(session, area, period),
        projects=lines,
        rises=rises(session, period, act),
        burden=burden(session, period, act),
    )


def _together(tallies: list[Tally]) -> Opinion:
    return Opinion(len(tallies), sum(each.valid for each in tallies), sum(each.satisfied for each in tallies))


def _counts(session: Session, area: str, period: Period) -> Counts:
    def count(stamp: Any, place: Any, *joins: Any, total: Any = None) -> Any:
        """So many rows, or the sum of their amounts, stamped within the period."""
        figure = func.count() if total is None else func.coalesce(func.sum(total), Decimal(0))
        query = select(figure).select_from(stamp.class_)
        for each in joins:
            query = query.join(each)
        return session.scalar(query.where(within(stamp, period), inside(place, area)))

    place, signed = Tender.unit_code, Contract.supplier_signed_at
    contract = (Contract.award, Award.lot, Lot.tender)
    milestone = (ContractMilestone.contract, *contract)
    mended = (Rectification.evaluation, Evaluation.contract, *contract)
    return Counts(
        needs_submitted=count(Need.submitted_at, Need.unit_code),
        needs_standardised=count(Need.standardised_at, Need.unit_code),
        gaps_opened=count(GapEntry.opened_at, GapEntry.unit_code),
        gaps_closed=count(GapEntry.closed_at, GapEntry.unit_code),
        tenders_published=count(Tender.published_at, place),
        tenders_failed=count(Tender.failed_at, place),
        contracts_signed=count(signed, place, *contract),
        contracts_amount=count(signed, place, *contract, total=Contract.amount),
        milestones_accepted=count(ContractMilestone.accepted_at, place, *milestone),
        paid_amount=count(ContractMilestone.paid_at, place, *milestone, total=ContractMilestone.paid_amount),
        rectifications_issued=count(Rectification.issued_at, place, *mended),
        rectifications_passed=count(Rectification.passed_at, place, *mended),
        rectifications_concluded=count(Rectification.concluded_at, place, *mended),
        agencies_suspended=count(AgencySuspension.from_at, Agency.unit_code, AgencySuspension.agency),
    )


def _consequences(session: Session, area: str, period: Period) -> Counter[ConsequenceKind]:
    """What was decided and has not been lifted on appeal."""
    query = (
        select(Consequence.kind, func.count().label("number"))
        .join(Consequence.evaluation)
        .join(Evaluation.contract)
    )
    query = query.join(Contract.award).join(Award.lot).join(Lot.tender)
    query = query.where(
        within(Consequence.decided_at, period),
        inside(Tender.unit_code, area),
        Consequence.lifted_at.is_(None),
    )
    found = session.execute(query.group_by(Consequence.kind))
    return Counter({row.kind: row.number for row in found})
