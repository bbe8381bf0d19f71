"""Clocks of those who may bid: a new tender in their field, its deadline twice, its result.

That somebody takes part is known to the reminder and to them alone: the words are the same for all.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.act import Act
from models.bids.bid import Bid
from models.bids.consortium import Consortium, ConsortiumMember
from models.bids.draft import BidDraft
from models.calendar.clocks import SHANGHAI
from models.catalogue.lifecycle import phase_sql as service_phase
from models.catalogue.service import Service, ServiceArea, ServiceStatus, ServiceTerm
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.clocks.clock import Clock
from models.clocks.reminder import ReminderKind
from models.contracts.award import Award
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.outbox import Message
from models.parties.accounts import staff_of
from models.tenders.enquiry import Enquiry
from models.tenders.lifecycle import phase_sql
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender, TenderPhase

SOON, NEXT = timedelta(days=5), timedelta(days=1)
RESULT_FOR = timedelta(days=30)
"""A result older than this is no news."""


def bidding_clocks(session: Session, act: Act) -> Iterator[Clock]:
    """Every clock of those who may bid that is to be reminded of now."""
    tendering = select(Tender).where(phase_sql(act.at) == TenderPhase.TENDERING.value)
    for tender in session.scalars(tendering.order_by(Tender.id)):
        yield _new(session, tender, act)
        yield from _closing(session, tender, act)
    lately = (act.at - RESULT_FOR, act.at)
    ended = or_(Tender.failed_at.between(*lately), Tender.cancelled_at.between(*lately))
    for tender in session.scalars(select(Tender).where(Tender.is_public, ended).order_by(Tender.id)):
        yield _ended(session, tender, act)
    noticed = select(Award).where(Award.noticed_at.between(*lately), Award.cancelled_at.is_(None))
    for award in session.scalars(noticed.order_by(Award.id)):
        yield _awarded(session, award, act)


def _new(session: Session, tender: Tender, act: Act) -> Clock:
    """Organisations with a service for one of its needs, where that need is."""
    published = tender.published_at or act.at
    people = _people(session, in_field(session, tender, act), act)
    return _clock(ReminderKind.TENDER_NEW, tender, published, published, people)


def _closing(session: Session, tender: Tender, act: Act) -> Iterator[Clock]:
    """Five days and one day before the deadline, those who take part."""
    until = tender.bids_until
    if until is None or act.at < until - SOON:
        return
    kind, opens = ReminderKind.TENDER_CLOSES_SOON, until - SOON
    if act.at >= until - NEXT:
        kind, opens = ReminderKind.TENDER_CLOSES_NEXT, until - NEXT
    people = _people(session, taking_part(session, tender, act), act)
    yield _clock(kind, tender, opens, until, people)


def _ended(session: Session, tender: Tender, act: Act) -> Clock:
    """A tender came to nothing: whoever took part and was not told by the verb itself."""
    ended = tender.cancelled_at or tender.failed_at or act.at
    told = select(Message.person_id).where(
        Message.subject_type == Tender.__tablename__,
        Message.subject_id == str(tender.id),
        Message.created_at == ended,
    )
    people = _people(session, taking_part(session, tender, act), act) - set(session.scalars(told))
    return _clock(ReminderKind.TENDER_RESULT, tender, ended, ended, people)


def _awarded(session: Session, award: Award, act: Act) -> Clock:
    """A result was noticed: bidders have a letter of their own, this is for who asked or drafted."""
    tender, noticed = award.lot.tender, award.noticed_at or act.at
    others = taking_part(session, tender, act) - bidders(session, tender)
    return _clock(ReminderKind.TENDER_RESULT, tender, noticed, noticed, _people(session, others, act))


def _clock(
    kind: ReminderKind, tender: Tender, opens: datetime, due: datetime, people: frozenset[UUID]
) -> Clock:
    facts: dict[str, object] = {"reference": tender.reference, "title": tender.title}
    if tender.bids_until is not None:
        facts["until"] = f"{tender.bids_until.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return Clock(kind, tender.id, tender, opens, due, people, facts)


def in_field(session: Session, tender: Tender, act: Act) -> frozenset[UUID]:
    """Organisations that offer a service with the code of one of its needs, in that need's area.

    Whoever wrote the specification may not bid and is not invited to (R54).
    """
    query = (
        select(Service.organisation_id)
        .distinct()
        .join(ServiceTerm, ServiceTerm.service_id == Service.id)
        .join(TaxonomyTerm, TaxonomyTerm.code == ServiceTerm.term_code)
        .join(NeedTerm, NeedTerm.term_code == ServiceTerm.term_code)
        .join(Need, Need.id == NeedTerm.need_id)
        .join(LotNeed, LotNeed.need_id == Need.id)
        .join(Lot, Lot.id == LotNeed.lot_id)
        .join(ServiceArea, ServiceArea.service_id == Service.id)
        .where(
            Lot.tender_id == tender.id,
            Lot.failed_at.is_(None),
            Lot.cancelled_at.is_(None),
            TaxonomyTerm.taxonomy == Taxonomy.SERVICE,
            service_phase(act.at) == ServiceStatus.ACTIVE.value,
            func.substr(Need.unit_code, 1, func.length(ServiceArea.unit_code)) == ServiceArea.unit_code,
        )
    )
    return frozenset(session.scalars(query)) - {tender.author_organisation_id}


def taking_part(session: Session, tender: Tender, _act: Act) -> frozenset[UUID]:
    """Organisations that asked, draft, bid or have joined a consortium."""
    lots = select(Lot.id).where(Lot.tender_id == tender.id)
    queries = (
        select(Enquiry.organisation_id).where(Enquiry.tender_id == tender.id),
        select(BidDraft.organisation_id).where(BidDraft.lot_id.in_(lots)),
        select(Consortium.organisation_id).where(Consortium.lot_id.in_(lots)),
        select(ConsortiumMember.organisation_id)
        .join(Consortium)
        .where(Consortium.lot_id.in_(lots), ConsortiumMember.confirmed_at.is_not(None)),
    )
    found = {id_ for query in queries for id_ in session.scalars(query)}
    return frozenset(found) | bidders(session, tender)


def bidders(session: Session, tender: Tender) -> frozenset[UUID]:
    """Organisations with a live bid."""
    live = select(Bid.organisation_id).join(Lot, Lot.id == Bid.lot_id)
    live = live.where(Lot.tender_id == tender.id, Bid.withdrawn_at.is_(None), Bid.replaced_at.is_(None))
    return frozenset(session.scalars(live))


def _people(session: Session, organisations: Iterable[UUID], act: Act) -> frozenset[UUID]:
    return frozenset(person for each in organisations for person in staff_of(session, act, each))
