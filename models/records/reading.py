"""Reading what records are made of: published finals, their codes, acceptance, ratings, what is open."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Executable, case, exists, func, or_, select
from sqlalchemy.orm import Session

from models.agencies.assignment import Assignment
from models.bids.bid import Bid
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.contracts.award import Award
from models.contracts.challenge import Challenge, ChallengeStage, Complaint
from models.contracts.contract import Contract, ContractMilestone
from models.evaluations.evaluation import Evaluation
from models.evaluations.sheet import EvaluationVeto
from models.needs.details import NeedTerm
from models.parties.organisation import Organisation
from models.ratings.queries import released_in
from models.ratings.rating import Side
from models.records.opening import waiting
from models.records.outcome import Outcome
from models.rulebook.stages import Stage
from models.scoring.composition import compose
from models.scoring.grades import Grade
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender


def outcomes(session: Session, at: datetime) -> list[Outcome]:
    """The published finals of all organisations at an instant, oldest first."""
    rows = session.execute(_finals(at)).all()
    contracts = {row.contract_id for row in rows}
    lots = {row.lot_id for row in rows}
    codes, accepted = _codes(session, lots), _accepted(session, contracts, at)
    stars, upheld = _stars(session, contracts, at), _upheld(session, lots, at)
    vetoed = set(session.scalars(select(EvaluationVeto.evaluation_id)))
    waits = waiting(session, rows, at)
    return [
        Outcome(
            evaluation_id=row.id,
            reference=row.reference,
            contract_id=row.contract_id,
            contract_title=row.title,
            organisation_id=row.organisation_id,
            unit_code=row.unit_code,
            agency_id=row.agency_id,
            agency=row.agency,
            published_at=row.published_at,
            codes=codes.get(row.lot_id, ()),
            composed=compose(
                float(row.score),
                accepted=accepted.get(row.contract_id),
                rating=stars.get(row.contract_id),
                upheld=upheld.get(row.lot_id, 0),
                vetoed=row.id in vetoed and row.grade is Grade.FAIL,
            ),
            waits=waits[row.id],
        )
        for row in rows
    ]


def _finals(at: datetime) -> Executable:
    return (
        select(
            Evaluation.id,
            Evaluation.reference,
            Evaluation.contract_id,
            Evaluation.published_at,
            Evaluation.score,
            Evaluation.grade,
            Bid.organisation_id,
            Award.lot_id,
            Tender.title,
            Tender.unit_code,
            Assignment.agency_id,
            Organisation.name.label("agency"),
        )
        .join(Contract, Contract.id == Evaluation.contract_id)
        .join(Award, Award.id == Contract.award_id)
        .join(Lot, Lot.id == Award.lot_id)
        .join(Tender, Tender.id == Lot.tender_id)
        .join(Bid, Bid.id == Award.bid_id)
        .join(Assignment, Assignment.id == Evaluation.assignment_id)
        .join(Organisation, Organisation.id == Assignment.agency_id)
        .where(Evaluation.stage == Stage.FINAL, Evaluation.published_at <= at)
        .order_by(Evaluation.published_at, Evaluation.id)
    )


def _codes(session: Session, lots: Iterable[UUID]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """lot -> the service codes of its needs, each with its domain."""
    query = (
        select(LotNeed.lot_id, TaxonomyTerm.code, TaxonomyTerm.parent_code)
        .join(NeedTerm, NeedTerm.need_id == LotNeed.need_id)
        .join(TaxonomyTerm, TaxonomyTerm.code == NeedTerm.term_code)
        .where(LotNeed.lot_id.in_(lots), TaxonomyTerm.taxonomy == Taxonomy.SERVICE)
        .distinct()
        .order_by(TaxonomyTerm.code)
    )
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for lot_id, code, domain in session.execute(query):
        found[lot_id].append((code, domain or code))
    return {lot_id: tuple(codes) for lot_id, codes in found.items()}


def _accepted(session: Session, contracts: Iterable[UUID], at: datetime) -> dict[UUID, float]:
    """contract -> the share of the price of the milestones due by now that was accepted (R10)."""
    due = (ContractMilestone.due_on < local_date(at)) | (ContractMilestone.accepted_at <= at)
    given = case((ContractMilestone.accepted_at <= at, ContractMilestone.percent), else_=0)
    query = (
        select(ContractMilestone.contract_id, func.sum(given), func.sum(ContractMilestone.percent))
        .where(ContractMilestone.contract_id.in_(contracts), due)
        .group_by(ContractMilestone.contract_id)
    )
    return {key: float(Fraction(got) / Fraction(asked)) for key, got, asked in session.execute(query)}


def _stars(session: Session, contracts: Iterable[UUID], at: datetime) -> dict[UUID, float]:
    """contract -> the mean of what its community and purchaser gave its organisation, once released."""
    found = {}
    for contract_id, ratings in released_in(session, contracts, at).items():
        about = [each for each in ratings if each.about_side is Side.ORGANISATION]
        points = [point.points for each in about for point in each.points]
        if points:
            found[contract_id] = sum(points) / len(points)
    return found


def _upheld(session: Session, lots: Iterable[UUID], at: datetime) -> dict[UUID, int]:
    """lot -> challenges of its result that were upheld, by the purchaser or on complaint (R58, R59)."""
    complained = exists().where(
        Complaint.challenge_id == Challenge.id, Complaint.is_upheld.is_(True), Complaint.decided_at <= at
    )
    query = (
        select(Challenge.lot_id, func.count())
        .where(
            Challenge.lot_id.in_(lots),
            Challenge.stage == ChallengeStage.RESULT,
            or_(Challenge.upheld_at <= at, complained),
        )
        .group_by(Challenge.lot_id)
    )
    return {lot_id: count for lot_id, count in session.execute(query) if lot_id is not None}
