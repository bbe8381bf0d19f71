"""One tender as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.audit.timeline import Entry, timeline
from models.calendar.clocks import local_date
from models.parties.unit import AdministrativeUnit
from models.rulebook.deadlines import Deadline, Event, Known, deadlines
from models.tenders.amendment import Amendment
from models.tenders.approval import Approval
from models.tenders.approving import BEFORE_THE_REPORT, approval_of, failed_before
from models.tenders.checking import last_day
from models.tenders.criterion import Criterion
from models.tenders.enquiry import Enquiry
from models.tenders.key import TenderKey
from models.tenders.keys import is_own, waiting
from models.tenders.lifecycle import UNDER_WAY, phase_at
from models.tenders.lot import Lot, LotNeed
from models.tenders.notice import Notice
from models.tenders.noticing import notices_of
from models.tenders.tender import Tender, TenderPhase

BEFORE_OPENING = frozenset({Event.BID_DEADLINE, Event.DOCUMENTS_UNTIL, Event.CLARIFICATION_UNTIL})
QUIET = frozenset(
    f"tender.{verb}"
    for verb in ("edit", "set_lots", "set_criteria", "set_requirements", "set_milestones", "fetch_phrase")
)
"""Steps of writing: in the trail for auditors, too fine for a page."""


@dataclass(frozen=True)
class AskedRow:
    """A question as everybody sees it; `is_own` is true for the asker alone."""

    enquiry: Enquiry
    is_own: bool


@dataclass(frozen=True)
class TenderPage:
    """Everything on a tender's page. The flags are answers of the same `can()` the verbs ask."""

    tender: Tender
    phase: TenderPhase
    key: TenderKey | None
    enquiries: Sequence[AskedRow]
    amendments: Sequence[Amendment]
    notices: Sequence[Notice]
    approval: Approval | None
    dates: Sequence[Deadline]
    history: Sequence[Entry]
    own_holders: Sequence[UUID]
    """Phrases the actor is to fetch."""
    may_write: bool
    may_publish: bool
    may_ask: bool
    may_amend: bool
    may_extend: bool
    may_end: bool
    may_answer: bool
    may_note: bool
    may_approve: bool


def tender_page(session: Session, tender: Tender, act: Act) -> TenderPage:
    """The page of a tender the actor may see."""
    found = _loaded(session, tender.id)
    phase = phase_at(found, act.at)
    writes, publishes = can(act, P.TENDER_WRITE, found), can(act, P.TENDER_PUBLISH, found)
    is_draft, is_open = phase == TenderPhase.DRAFT, phase == TenderPhase.TENDERING
    key = session.get(TenderKey, found.id)
    return TenderPage(
        tender=found,
        phase=phase,
        key=key,
        enquiries=asked(session, found, act),
        amendments=amendments_of(session, found.id),
        notices=notices_of(session, found.id),
        approval=approval_of(session, found),
        dates=dates_of(found),
        history=timeline(session, found, without=QUIET),
        own_holders=[each.id for each in waiting(key) if is_own(each, act)],
        may_write=writes and is_draft,
        may_publish=publishes and is_draft,
        may_ask=is_open and can(act, P.ENQUIRY_ASK, found),
        may_amend=publishes and is_open,
        may_extend=publishes and phase in {TenderPhase.TENDERING, TenderPhase.CLOSED},
        may_end=can(act, P.TENDER_END, found) and (is_draft or phase in UNDER_WAY),
        may_answer=writes and phase in UNDER_WAY,
        may_note=writes and phase != TenderPhase.CANCELLED,
        may_approve=writes and phase in BEFORE_THE_REPORT and failed_before(session, found) is not None,
    )


def _loaded(session: Session, tender_id: UUID) -> Tender:
    query = (
        select(Tender)
        .where(Tender.id == tender_id)
        .options(
            joinedload(Tender.unit).joinedload(AdministrativeUnit.parent),
            joinedload(Tender.author_organisation),
            selectinload(Tender.lots).selectinload(Lot.needs).joinedload(LotNeed.need),
            selectinload(Tender.criteria).selectinload(Criterion.levels),
            selectinload(Tender.requirements),
            selectinload(Tender.milestones),
        )
    )
    return session.scalars(query).one()


def asked(session: Session, tender: Tender, act: Act) -> list[AskedRow]:
    """The questions everybody may read: the answered ones, the official's waiting ones, and one's own."""
    query = select(Enquiry).where(Enquiry.tender_id == tender.id).order_by(Enquiry.asked_at, Enquiry.id)
    desk, own = can(act, P.TENDER_WRITE, tender), act.actor.organisation_id
    rows = [
        AskedRow(each, own is not None and each.organisation_id == own) for each in session.scalars(query)
    ]
    return [row for row in rows if row.enquiry.answered_at is not None or desk or row.is_own]


def amendments_of(session: Session, tender_id: UUID) -> list[Amendment]:
    """The amendments, by number."""
    query = select(Amendment).where(Amendment.tender_id == tender_id)
    return list(session.scalars(query.order_by(Amendment.number)))


def dates_of(tender: Tender) -> list[Deadline]:
    """The dates up to the opening that follow from the method, each with its rule."""
    if tender.published_at is None or tender.bids_until is None:
        return []
    known = Known(issued=local_date(tender.published_at), bid_deadline=last_day(tender.bids_until))
    return [each for each in deadlines(tender.method, known) if each.event in BEFORE_OPENING]
