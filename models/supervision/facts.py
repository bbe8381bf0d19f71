"""What the statistics of evaluators rest on: finals with their scores, and finals that were marked twice."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment
from models.calendar.clocks import local_date
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import score_of
from models.evaluations.rescore import Rescore, RescoreOrigin
from models.evaluations.sheet import EvaluationReport, ReportKind
from models.rulebook.stages import Stage
from models.scoring.agreement import level
from models.scoring.indicators import ItemKind
from models.scoring.score import Score
from models.supervision.sample import SampleEntry
from models.tenders.lot import Lot
from models.tenders.tender import Tender

BY_EVALUATOR = frozenset({ItemKind.MARKED, ItemKind.RATIO})
"""Surveys and assemblies are counted, not judged: both sheets have the same."""


@dataclass(frozen=True)
class Final:
    """A final as its agency scored it; what a review decided afterwards does not change it."""

    evaluation: Evaluation
    agency_id: UUID
    score: Decimal
    finalised_on: date

    @property
    def quarter(self) -> tuple[int, int]:
        """Year and quarter."""
        return self.finalised_on.year, (self.finalised_on.month + 2) // 3


@dataclass(frozen=True)
class Twice:
    """A final that two agencies marked: both scores, and the levels of each item that both judged."""

    rescore: Rescore
    first: Final
    second_id: UUID
    second: Decimal
    levels: tuple[tuple[int, int], ...]
    is_fair: bool
    """Whether the seed chose it, also when an official had ordered it before."""

    @property
    def difference(self) -> Decimal:
        """The first score less the second."""
        return self.first.score - self.second


def finals(session: Session, unit_code: str, act: Act) -> list[Final]:
    """The finals of an area, the oldest first."""
    query = (
        select(Evaluation)
        .join(Evaluation.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .where(
            Tender.unit_code.startswith(unit_code, autoescape=True),
            Evaluation.stage == Stage.FINAL,
            Evaluation.finalised_at <= act.at,
            Evaluation.assignment_id.is_not(None),
        )
        .order_by(Evaluation.finalised_at, Evaluation.id)
        .options(
            selectinload(Evaluation.assignment).joinedload(Assignment.agency).joinedload(Agency.organisation),
            selectinload(Evaluation.contract)
            .joinedload(Contract.award)
            .joinedload(Award.lot)
            .joinedload(Lot.tender),
        )
    )
    found = session.scalars(query).all()
    totals = _totals(session, [each.id for each in found])
    return [_final(each, totals) for each in found]


def twice(session: Session, known: Sequence[Final], act: Act) -> list[Twice]:
    """Those of some finals that were marked a second time, in the order in which the second sheet came in."""
    of = {each.evaluation.id: each for each in known}
    query = (
        select(Rescore)
        .where(Rescore.evaluation_id.in_(of), Rescore.submitted_at <= act.at)
        .order_by(Rescore.submitted_at, Rescore.id)
        .options(
            selectinload(Rescore.assignment).joinedload(Assignment.agency).joinedload(Agency.organisation)
        )
    )
    found = session.scalars(query).all()
    ids = [each.evaluation_id for each in found]
    chosen = set(session.scalars(select(SampleEntry.contract_id).where(SampleEntry.is_chosen)))
    firsts, seconds = (_reports(session, ids, kind) for kind in (ReportKind.FINAL, ReportKind.RESCORE))
    return [
        Twice(
            each,
            of[each.evaluation_id],
            each.assignment.agency_id,
            each.score,
            _levels(firsts.get(each.evaluation_id), seconds.get(each.evaluation_id)),
            each.origin is RescoreOrigin.DRAWN or of[each.evaluation_id].evaluation.contract_id in chosen,
        )
        for each in found
        if each.assignment is not None and each.score is not None
    ]


def by_agency(known: Sequence[Final]) -> dict[UUID, list[Final]]:
    """Finals by the agency that made them."""
    of: dict[UUID, list[Final]] = defaultdict(list)
    for each in known:
        of[each.agency_id].append(each)
    return of


def _final(evaluation: Evaluation, totals: dict[UUID, Decimal]) -> Final:
    assert evaluation.assignment is not None  # noqa: S101  # for the type checker: the query asks for them
    assert evaluation.finalised_at is not None  # noqa: S101  # as above
    scored = totals.get(evaluation.id, evaluation.score)
    assert scored is not None  # noqa: S101  # a final has its score: the database says so
    day = local_date(evaluation.finalised_at)
    return Final(evaluation, evaluation.assignment.agency_id, scored, day)


def _totals(session: Session, ids: Collection[UUID]) -> dict[UUID, Decimal]:
    """The totals of final reports, as they stand in their answers: nothing is computed again for a list."""
    query = select(EvaluationReport.evaluation_id, EvaluationReport.answer).where(
        EvaluationReport.evaluation_id.in_(ids), EvaluationReport.kind == ReportKind.FINAL
    )
    return {key: Decimal(json.loads(answer)["total"]) for key, answer in session.execute(query)}


def _reports(session: Session, ids: Collection[UUID], kind: ReportKind) -> dict[UUID, Score]:
    query = select(EvaluationReport).where(
        EvaluationReport.evaluation_id.in_(ids), EvaluationReport.kind == kind
    )
    return {each.evaluation_id: score_of(each) for each in session.scalars(query)}


def _levels(first: Score | None, second: Score | None) -> tuple[tuple[int, int], ...]:
    if first is None or second is None:
        return ()
    others = {each.item.code: each for each in second.items}
    return tuple(
        (level(each.points, each.item.maximum), level(other.points, other.item.maximum))
        for each in first.items
        if each.item.kind in BY_EVALUATOR and (other := others.get(each.item.code)) is not None
    )
