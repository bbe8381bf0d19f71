"""Reads of tenders: who may see which, the list, what holds a need, and the loaders for guards."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act
from models.needs.lifecycle import phase_sql as need_phase_sql
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import Method
from models.tenders.amendment import Amendment
from models.tenders.enquiry import Enquiry
from models.tenders.key import KeyHolder
from models.tenders.lifecycle import phase_at, phase_sql
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import READY, holding
from models.wording import search_words

SORTS: Mapping[str, ColumnElement[Any]] = {
    "title": Tender.title.expression,
    "unit": Tender.unit_code.expression,
    "budget": Tender.budget.expression,
    "until": Tender.bids_until.expression,
    "published": func.coalesce(Tender.published_at, Tender.created_at),
}
USUAL_SORT = "-published"
Part = TypeVar("Part", Lot, Enquiry)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; what is not said filters nothing."""

    words: str | None = None
    phases: Collection[TenderPhase] | None = None
    area: str | None = None
    method: Method | None = None


@dataclass(frozen=True)
class TenderRow:
    """A line of the list."""

    tender: Tender
    phase: TenderPhase


def tender(session: Session, tender_id: UUID, act: Act) -> Tender | None:
    """The tender, unless the actor may not know that there is one."""
    found = session.get(Tender, tender_id)
    return found if found is not None and can(act, P.TENDER_VIEW, found) else None


def lot(session: Session, lot_id: UUID, act: Act) -> Lot | None:
    """A lot of a tender the actor may see."""
    return _part(session.get(Lot, lot_id), act)


def enquiry(session: Session, enquiry_id: UUID, act: Act) -> Enquiry | None:
    """A question about a tender the actor may see."""
    return _part(session.get(Enquiry, enquiry_id), act)


def _part(found: Part | None, act: Act) -> Part | None:
    return found if found is not None and can(act, P.TENDER_VIEW, found.tender) else None


def holder(session: Session, holder_id: UUID, act: Act) -> KeyHolder | None:
    """A phrase's holder, of a tender the actor may see."""
    found = session.get(KeyHolder, holder_id)
    return found if found is not None and can(act, P.TENDER_VIEW, found.key.tender) else None


def visible(act: Act) -> ColumnElement[bool]:
    """`can(TENDER_VIEW)` as SQL: what is published, and the drafts of an official's own area."""
    actor = act.actor
    drafts = (
        Tender.unit_code.startswith(actor.unit_code, autoescape=True)
        if actor.role in OFFICIALS and actor.unit_code
        else false()
    )
    return or_(Tender.is_public, drafts)


def listing(
    session: Session,
    act: Act,
    wanted: Wanted = Wanted(),
    *,
    sort: str = USUAL_SORT,
    paging: Paging = FIRST_PAGE,
) -> Listed[TenderRow]:
    """The tenders the actor may see, the newest first unless asked otherwise."""
    query = select(Tender).join(Tender.unit).where(visible(act))
    for condition in _conditions(wanted, act):
        query = query.where(condition)
    sort = sort if sort.removeprefix("-") in SORTS else USUAL_SORT
    key = SORTS[sort.removeprefix("-")]
    order = key.desc() if sort.startswith("-") else key.asc()
    rows = cut(query.order_by(order.nulls_last(), Tender.reference), paging)
    found = session.scalars(rows.options(joinedload(Tender.unit).joinedload(AdministrativeUnit.parent)))
    return Listed([TenderRow(each, phase_at(each, act.at)) for each in found], count(session, query))


def _conditions(wanted: Wanted, act: Act) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.phases is not None:
        found.append(phase_sql(act.at).in_(sorted(wanted.phases)))
    if wanted.area:
        found.append(Tender.unit_code.startswith(wanted.area, autoescape=True))
    if wanted.method is not None:
        found.append(Tender.method == wanted.method)
    for word in search_words(wanted.words):
        columns = (Tender.title, Tender.description, Tender.reference, AdministrativeUnit.name)
        found.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return found


def last_amendment(session: Session, tender: Tender) -> int:
    """The number of the last amendment that bears on bids, 0 when there is none."""
    bearing = select(func.max(Amendment.number)).where(
        Amendment.tender_id == tender.id, Amendment.bears_on_bids
    )
    return session.scalar(bearing) or 0


def procuring(session: Session, need: Need, _act: Act) -> Tender | None:
    """The published tender that is to meet a need, or has: its page then says "in procurement"."""
    query = holding().where(LotNeed.need_id == need.id, Tender.is_public)
    return session.scalars(query.order_by(Tender.created_at.desc())).first()


def procurements(session: Session, needs: Iterable[Need]) -> dict[UUID, Tender]:
    """The same for several needs at once, by the need's key."""
    ids = [need.id for need in needs]
    query = holding().add_columns(LotNeed.need_id).where(LotNeed.need_id.in_(ids), Tender.is_public)
    return {need_id: tender for tender, need_id in session.execute(query.order_by(Tender.created_at))}


def ready_needs(session: Session, unit_code: str, act: Act) -> list[Need]:
    """Needs of an area that a tender can take up: standardised or matched, and in no other."""
    if not (can(act, P.TENDER_WRITE) and act.actor.covers(unit_code)):
        return []
    held = holding().with_only_columns(LotNeed.need_id)
    query = (
        select(Need)
        .where(
            Need.unit_code.startswith(unit_code, autoescape=True),
            need_phase_sql(act.at).in_(sorted(READY)),
            Need.id.not_in(held),
        )
        .order_by(Need.unit_code, Need.reference)
        .options(joinedload(Need.unit).joinedload(AdministrativeUnit.parent))
    )
    return list(session.scalars(query))


def unanswered(session: Session, act: Act) -> list[Enquiry]:
    """Questions that wait for an answer of the actor's area, the oldest first."""
    if not can(act, P.TENDER_WRITE) or not act.actor.unit_code:
        return []
    query = (
        select(Enquiry)
        .join(Enquiry.tender)
        .where(
            Tender.unit_code.startswith(act.actor.unit_code, autoescape=True),
            Enquiry.answered_at.is_(None),
            Tender.cancelled_at.is_(None),
            Tender.failed_at.is_(None),
        )
    )
    return list(session.scalars(query.order_by(Enquiry.asked_at).options(joinedload(Enquiry.tender))))
