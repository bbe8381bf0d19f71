"""Reads of agencies: loaders for guards, the list of an area, and who evaluates a contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act, Role
from models.agencies.agency import Agency
from models.agencies.assignment import AgencyDraw, Assignment, AssignmentKind
from models.agencies.conflicts import Bars
from models.agencies.engagement import Engagement
from models.agencies.suspension import AgencySuspension
from models.agencies.tie import AgencyTie
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.errors import NotAllowed
from models.paging import EVERYTHING, FIRST_PAGE, Listed, Paging, count, cut
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from models.wording import search_words

Seen = TypeVar("Seen", bound=Agency | AgencyTie | AgencySuspension | AgencyDraw | Assignment | Engagement)


@dataclass(frozen=True)
class Wanted:
    """Which agencies somebody looks for."""

    words: str | None = None
    has_left: bool = False


def agency(session: Session, agency_id: UUID, act: Act) -> Agency | None:
    """An agency, for those who watch its area, and for itself."""
    return _seen(session.get(Agency, agency_id), act)


def tie(session: Session, agency_tie_id: UUID, act: Act) -> AgencyTie | None:
    """A tie of an agency, for the same."""
    return _seen(session.get(AgencyTie, agency_tie_id), act)


def suspension(session: Session, suspension_id: UUID, act: Act) -> AgencySuspension | None:
    """A suspension, for the same."""
    return _seen(session.get(AgencySuspension, suspension_id), act)


def draw(session: Session, draw_id: UUID, act: Act) -> AgencyDraw | None:
    """A draw, for the officials and auditors of the contract's area."""
    return _seen(session.get(AgencyDraw, draw_id), act)


def assignment(session: Session, assignment_id: UUID, act: Act) -> Assignment | None:
    """An assignment, for the agency that was drawn and for those who watch the contract's area."""
    return _seen(session.get(Assignment, assignment_id), act)


def engagement(session: Session, engagement_id: UUID, act: Act) -> Engagement | None:
    """A contract with an agency and its fee."""
    found = session.get(Engagement, engagement_id)
    return found if found is not None and can(act, P.ENGAGEMENT_VIEW, found) else None


def agencies(session: Session, act: Act, wanted: Wanted, *, paging: Paging = FIRST_PAGE) -> Listed[Agency]:
    """The agencies the act may read about, by name."""
    if not can(act, P.AGENCY_VIEW):
        return Listed([], 0)
    query = (
        select(Agency)
        .join(Agency.organisation)
        .where(own_or_area(act, Agency.organisation_id, Agency.unit_code))
        .where(Agency.left_on.is_not(None) if wanted.has_left else Agency.left_on.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    for word in search_words(wanted.words):
        query = query.where(Organisation.search_text.contains(word, autoescape=True))
    found = session.scalars(
        cut(query, paging).options(
            joinedload(Agency.organisation).selectinload(Organisation.flags),
            selectinload(Agency.qualifications),
        )
    )
    return Listed(list(found), count(session, query))


def candidates(session: Session, act: Act) -> Sequence[Organisation]:
    """Organisations that could be taken onto the list, by name."""
    if not can(act, P.AGENCY_MANAGE):
        return []
    on_list = select(Agency.organisation_id).where(Agency.left_on.is_(None))
    query = select(Organisation).where(Organisation.id.not_in(on_list))
    return session.scalars(query.order_by(Organisation.name, Organisation.id)).all()


def suspensions(session: Session, agency_id: UUID) -> list[AgencySuspension]:
    """Every suspension of an agency, the newest first."""
    query = select(AgencySuspension).where(AgencySuspension.agency_id == agency_id)
    return list(session.scalars(query.order_by(AgencySuspension.made_at.desc(), AgencySuspension.id)))


def suspended(session: Session, at: datetime, ids: Sequence[UUID]) -> set[UUID]:
    """Which of some agencies are suspended at an instant."""
    query = select(AgencySuspension).where(AgencySuspension.agency_id.in_(ids))
    return {each.agency_id for each in session.scalars(query) if each.holds(at)}


def ties(session: Session, agency_id: UUID) -> list[AgencyTie]:
    """What ties an agency to organisations, in the order in which it was declared."""
    query = select(AgencyTie).where(AgencyTie.agency_id == agency_id)
    whole = query.options(joinedload(AgencyTie.organisation))
    return list(session.scalars(whole.order_by(AgencyTie.declared_at, AgencyTie.id)))


def assignments(
    session: Session, act: Act, *, agency_id: UUID | None = None, paging: Paging = EVERYTHING
) -> Listed[Assignment]:
    """The assignments the act may see, of one agency or of all, the newest first."""
    if not can(act, P.AGENCY_VIEW):
        return Listed([], 0)
    award = selectinload(Assignment.contract).joinedload(Contract.award)
    query = (
        select(Assignment)
        .join(Assignment.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .where(own_or_area(act, Assignment.agency_id, Tender.unit_code))
        .order_by(Assignment.drawn_at.desc(), Assignment.id)
    )
    if agency_id is not None:
        query = query.where(Assignment.agency_id == agency_id)
    whole = query.options(
        award.joinedload(Award.lot).joinedload(Lot.tender),
        award.joinedload(Award.bid).joinedload(OpenedBid.bid).joinedload(Bid.organisation),
        selectinload(Assignment.agency).joinedload(Agency.organisation),
    )
    return Listed(list(session.scalars(cut(whole, paging))), count(session, query))


def assignment_of(
    session: Session, contract_id: UUID, kind: AssignmentKind, at: datetime
) -> Assignment | None:
    """The agency that may work on a contract: drawn, declared and not recused at an instant."""
    query = select(Assignment).where(
        Assignment.contract_id == contract_id,
        Assignment.kind == kind,
        Assignment.declared_at <= at,
        or_(Assignment.recused_at.is_(None), Assignment.recused_at > at),
    )
    return session.scalars(query.order_by(Assignment.position.desc()).limit(1)).first()


def ensure_free(session: Session, contract: Contract, act: Act) -> None:
    """Refuse an evaluator whose agency is tied to the contractor, even when it was drawn (R53)."""
    agency_id = act.actor.organisation_id
    if act.actor.role is not Role.EVALUATOR or agency_id is None:
        return
    found = Bars(session, contract, act).interests(agency_id)
    if found:
        raise NotAllowed("agency_is_tied", ground=found[0].kind)


def engagement_of(session: Session, assignment: Assignment, act: Act) -> Engagement | None:
    """The contract and fee of an assignment, for those who may read it."""
    found = session.scalar(select(Engagement).where(Engagement.assignment_id == assignment.id))
    return found if found is not None and can(act, P.ENGAGEMENT_VIEW, found) else None


def own_or_area(act: Act, agency_id: Any, unit_code: Any) -> ColumnElement[bool]:
    """`can()` of AGENCY_VIEW as SQL."""
    actor = act.actor
    if actor.role is Role.EVALUATOR:
        return agency_id == actor.organisation_id  # type: ignore[no-any-return]  # a column's ==
    if not actor.unit_code:
        return false()
    return unit_code.startswith(actor.unit_code, autoescape=True)  # type: ignore[no-any-return]  # as above


def _seen(found: Seen | None, act: Act) -> Seen | None:
    return found if found is not None and can(act, P.AGENCY_VIEW, found) else None
