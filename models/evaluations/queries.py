"""Reads of evaluations: loaders for guards, the evaluations of a contract, finals of organisations, lists."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.agencies.queries import ensure_free
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.evaluations.answer import ItemAnswer, VetoAnswer
from models.evaluations.evaluation import Evaluation
from models.evaluations.evidence import EvaluationEvidence
from models.evaluations.indicators import IndicatorSet
from models.evaluations.rescore import Rescore
from models.needs.need import Need
from models.rulebook.stages import Stage
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender

AREA_READERS = OFFICIALS | {Role.AUDITOR}


def evaluation(session: Session, evaluation_id: UUID, act: Act) -> Evaluation | None:
    """An evaluation, for those who may read it; a tied agency not before everybody may (R53)."""
    found = session.get(Evaluation, evaluation_id)
    if found is None or not can(act, P.EVALUATION_VIEW, found):
        return None
    if not found.is_public:
        ensure_free(session, found.contract, act)
    return found


def own_evaluation(session: Session, evaluation_id: UUID, act: Act) -> Evaluation | None:
    """An evaluation, for the agency that was drawn, as long as nothing ties it (R53)."""
    found = session.get(Evaluation, evaluation_id)
    if found is None or not can(act, P.EVALUATION_MARK, found):
        return None
    ensure_free(session, found.contract, act)
    return found


def evidence(session: Session, evaluation: Evaluation, evidence_id: UUID) -> EvaluationEvidence | None:
    """A piece of the evidence of an evaluation; who may read it is asked of `may_read_evidence`."""
    found = session.get(EvaluationEvidence, evidence_id)
    return found if found is not None and found.evaluation_id == evaluation.id else None


def answer(session: Session, evaluation: Evaluation, answer_id: UUID) -> ItemAnswer | None:
    """One of the answers to the draft of an evaluation."""
    found = session.get(ItemAnswer, answer_id)
    return found if found is not None and found.evaluation_id == evaluation.id else None


def contest(session: Session, evaluation: Evaluation, answer_id: UUID) -> VetoAnswer | None:
    """One of the answers to the vetoes of an evaluation."""
    found = session.get(VetoAnswer, answer_id)
    return found if found is not None and found.evaluation_id == evaluation.id else None


def rescore(session: Session, rescore_id: UUID, act: Act) -> Rescore | None:
    """A second sheet, for the agency that fills it in, as long as nothing ties it (R53)."""
    found = session.get(Rescore, rescore_id)
    if found is None or not can(act, P.EVALUATION_MARK, found):
        return None
    ensure_free(session, found.evaluation.contract, act)
    return found


def decided_rescore(session: Session, rescore_id: UUID, act: Act) -> Rescore | None:
    """A second sheet, for the officials of the area."""
    found = session.get(Rescore, rescore_id)
    return found if found is not None and can(act, P.EVALUATION_DECIDE, found) else None


def indicator_set(session: Session, indicator_set_id: UUID, _act: Act) -> IndicatorSet | None:
    """A set: by what is marked is no secret."""
    return session.get(IndicatorSet, indicator_set_id)


def may_read_evidence(session: Session, evaluation: Evaluation, act: Act) -> bool:
    """It shows people: it is for both agencies, and from the draft on for officials and auditors."""
    if can(act, P.EVALUATION_MARK, evaluation):
        return True
    second = session.scalar(select(Rescore).where(Rescore.evaluation_id == evaluation.id))
    if second is not None and can(act, P.EVALUATION_MARK, second):
        return True
    return (
        evaluation.is_drafted and act.actor.role in AREA_READERS and can(act, P.EVALUATION_VIEW, evaluation)
    )


def evaluations_of(session: Session, contract_id: UUID) -> list[Evaluation]:
    """The evaluations of a contract that are not cancelled, the earliest due first."""
    query = select(Evaluation).where(Evaluation.contract_id == contract_id, Evaluation.cancelled_at.is_(None))
    return list(session.scalars(query.order_by(Evaluation.due_from, Evaluation.id)))


def finals(session: Session, organisation_ids: Collection[UUID], at: datetime) -> list[Evaluation]:
    """The published finals of suppliers at an instant, the oldest first, with contract, tender and set."""
    query = (
        with_contract()
        .where(
            Evaluation.stage == Stage.FINAL,
            Evaluation.published_at <= at,
            Bid.organisation_id.in_(organisation_ids),
        )
        .order_by(Evaluation.published_at, Evaluation.id)
    )
    return list(session.scalars(query))


def with_contract() -> Select[Evaluation]:
    """Evaluations with all that a list says of them."""
    award = contains_eager(Evaluation.contract).contains_eager(Contract.award)
    return (
        select(Evaluation)
        .join(Evaluation.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .join(Award.bid)
        .join(OpenedBid.bid)
        .join(Bid.organisation)
        .options(
            award.contains_eager(Award.lot).contains_eager(Lot.tender),
            award.contains_eager(Award.bid).contains_eager(OpenedBid.bid).contains_eager(Bid.organisation),
            joinedload(Evaluation.assignment),
        )
    )


def visible(act: Act) -> ColumnElement[bool]:
    """`can()` of EVALUATION_VIEW as SQL."""
    actor = act.actor
    is_public = Evaluation.published_at.is_not(None)
    if actor.role in AREA_READERS and actor.unit_code:
        return or_(is_public, Tender.unit_code.startswith(actor.unit_code, autoescape=True))
    if actor.role is Role.EVALUATOR and actor.organisation_id:
        return or_(is_public, Evaluation.agency_id == actor.organisation_id)
    if actor.role is Role.ORGANISATION_STAFF and actor.organisation_id:
        drafted = Evaluation.drafted_at.is_not(None)
        return or_(is_public, (Bid.organisation_id == actor.organisation_id) & drafted)
    return is_public


def mine(act: Act) -> ColumnElement[bool]:
    """Of these, the ones that concern the actor: the area's, the agency's, the supplier's own."""
    actor = act.actor
    if actor.role in AREA_READERS and actor.unit_code:
        return Tender.unit_code.startswith(actor.unit_code, autoescape=True)
    if actor.role is Role.EVALUATOR and actor.organisation_id:
        return Evaluation.agency_id == actor.organisation_id
    if actor.role is Role.ORGANISATION_STAFF and actor.organisation_id:
        return (Bid.organisation_id == actor.organisation_id) & Evaluation.drafted_at.is_not(None)
    return false()


def results_of_needs(session: Session, act: Act, *, limit: int) -> list[Evaluation]:
    """Published results of what a neighbourhood asked for, the newest first."""
    if not act.actor.unit_code:
        return []
    own = Need.unit_code.startswith(act.actor.unit_code, autoescape=True)
    lots = select(LotNeed.lot_id).join(Need, Need.id == LotNeed.need_id).where(own)
    query = with_contract().where(Evaluation.published_at <= act.at, Lot.id.in_(lots))
    return list(session.scalars(query.order_by(Evaluation.published_at.desc(), Evaluation.id).limit(limit)))


def rescores(session: Session, act: Act) -> list[Rescore]:
    """The second sheets that were given to the actor's agency, the newest first."""
    if not can(act, P.EVALUATION_MARK) or act.actor.organisation_id is None:
        return []
    query = select(Rescore).where(Rescore.agency_id == act.actor.organisation_id)
    return list(session.scalars(query.order_by(Rescore.ordered_at.desc(), Rescore.id)))
