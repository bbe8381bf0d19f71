"""Reads of rectifications and consequences: loaders for guards, lists by the policy, a need's outcomes."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.evaluations.queries import finals, with_contract
from models.needs.need import Need
from models.rectifications.consequence import Consequence
from models.rectifications.lifecycle import phase_sql
from models.rectifications.rectification import Finding, Rectification, RectificationPhase, Remedy
from models.scoring.grades import Grade
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender

WATCHING = OFFICIALS | {Role.AUDITOR}
OVER = (RectificationPhase.PASSED.value, RectificationPhase.CONCLUDED.value)
Seen = TypeVar("Seen", Rectification, Remedy, Consequence)


def rectification_of(session: Session, evaluation_id: UUID) -> Rectification | None:
    """The rectification of an evaluation, once its findings are issued."""
    return session.scalar(select(Rectification).where(Rectification.evaluation_id == evaluation_id))


def rectification(session: Session, rectification_id: UUID, act: Act) -> Rectification | None:
    """A rectification, for those it concerns; for everybody once its result is shown."""
    return _seen(session.get(Rectification, rectification_id), act, P.RECTIFICATION_VIEW)


def remedy(session: Session, remedy_id: UUID, act: Act) -> Remedy | None:
    """A remedy whose file somebody wants to open: never the public."""
    return _seen(session.get(Remedy, remedy_id), act, P.RECTIFICATION_VIEW)


def consequence(session: Session, consequence_id: UUID, act: Act) -> Consequence | None:
    """A consequence, for its organisation and those who watch the area."""
    return _seen(session.get(Consequence, consequence_id), act, P.CONSEQUENCE_VIEW)


def rectifications(session: Session, act: Act) -> list[Rectification]:
    """Those that concern the act: an organisation's, an agency's, of an area, of a neighbourhood's needs."""
    if not can(act, P.RECTIFICATION_VIEW):
        return []
    query = with_all(select(Rectification).join(Rectification.evaluation)).where(_mine(act))
    found = session.scalars(query.order_by(Rectification.issued_at.desc(), Rectification.id)).unique()
    return [each for each in found if can(act, P.RECTIFICATION_VIEW, each)]


def to_issue(session: Session, act: Act) -> list[Evaluation]:
    """Final reports whose findings the act's agency has to issue, or an official waits for."""
    if not (can(act, P.FINDING_ISSUE) or act.actor.role in WATCHING):
        return []
    query = without_findings(act.at).where(_mine(act)).order_by(Evaluation.finalised_at)
    found = session.scalars(query).unique()
    return [each for each in found if act.actor.role in WATCHING or can(act, P.FINDING_ISSUE, each)]


def consequences(session: Session, act: Act) -> list[Consequence]:
    """Every consequence the act may see, the newest first."""
    if not can(act, P.CONSEQUENCE_VIEW):
        return []
    joined = select(Consequence).join(Consequence.evaluation)
    query = _whole(joined, contains_eager(Consequence.evaluation)).where(_mine(act))
    found = session.scalars(query.order_by(Consequence.decided_at.desc(), Consequence.id)).unique()
    return [each for each in found if can(act, P.CONSEQUENCE_VIEW, each)]


def consequences_of(session: Session, evaluation: Evaluation, act: Act) -> list[Consequence]:
    """What followed from one evaluation, for those who may see it."""
    query = select(Consequence).where(Consequence.evaluation_id == evaluation.id)
    found = session.scalars(query.order_by(Consequence.decided_at, Consequence.id))
    return [each for each in found if can(act, P.CONSEQUENCE_VIEW, each)]


def outcomes_of(session: Session, need: Need) -> list[Rectification]:
    """What came of a need's contracts once it was looked at: results that are shown to everybody."""
    query = with_all(select(Rectification).join(Rectification.evaluation))
    query = query.join(LotNeed, LotNeed.lot_id == Lot.id).where(LotNeed.need_id == need.id)
    shown = or_(Rectification.passed_at.is_not(None), Rectification.concluded_at.is_not(None))
    return list(session.scalars(query.where(shown).order_by(Rectification.issued_at)).unique())


def excellent_of(session: Session, organisation_id: UUID, at: datetime) -> list[Evaluation]:
    """Published finals graded excellent: noted in the organisation's profile."""
    return [each for each in finals(session, [organisation_id], at) if each.grade is Grade.EXCELLENT]


def without_findings(at: datetime) -> Select[Evaluation]:
    """Final reports of which no findings were issued."""
    issued = select(Rectification.evaluation_id)
    final = Evaluation.finalised_at <= at
    return with_contract().where(final, Evaluation.id.not_in(issued))


def open_rectifications(at: datetime) -> Select[Rectification]:
    """Rectifications that have not come to their result."""
    return with_all(select(Rectification).join(Rectification.evaluation)).where(phase_sql(at).not_in(OVER))


def with_all(query: Select[Rectification]) -> Select[Rectification]:
    """Rectifications with all that a list says of them."""
    findings = selectinload(Rectification.findings).selectinload(Finding.remedies)
    whole: Select[Rectification] = _whole(query, contains_eager(Rectification.evaluation))
    return whole.options(findings)


def _whole(query: Any, path: Any) -> Any:
    """Join an evaluation with its contract, lot, tender and supplier, and load them."""
    award = path.contains_eager(Evaluation.contract).contains_eager(Contract.award)
    return (
        query.join(Evaluation.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .join(Award.bid)
        .join(OpenedBid.bid)
        .options(
            award.contains_eager(Award.lot).contains_eager(Lot.tender),
            award.contains_eager(Award.bid).contains_eager(OpenedBid.bid).joinedload(Bid.organisation),
            path.joinedload(Evaluation.assignment),
        )
    )


def _mine(act: Act) -> ColumnElement[bool]:
    """Roughly whose it is, as SQL; `can()` has the last word."""
    actor = act.actor
    if actor.role is Role.ORGANISATION_STAFF:
        return Bid.organisation_id == actor.organisation_id
    if actor.role is Role.EVALUATOR:
        return Evaluation.agency_id == actor.organisation_id
    if actor.role is Role.COMMUNITY_WORKER and actor.unit_code:
        own = Need.unit_code.startswith(actor.unit_code, autoescape=True)
        return Lot.id.in_(select(LotNeed.lot_id).join(Need, Need.id == LotNeed.need_id).where(own))
    if actor.role in WATCHING and actor.unit_code:
        return Tender.unit_code.startswith(actor.unit_code, autoescape=True)
    return false()


def _seen(found: Seen | None, act: Act, permission: P) -> Seen | None:
    return found if found is not None and can(act, permission, found) else None
