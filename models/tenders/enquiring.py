"""Enquiries: asked before the deadline, answered to all; who asked is known to the asker alone (R58)."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import OFFICIALS, Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.calendar.counting import DayKind, count
from models.errors import Conflict, Invalid, NotFound
from models.parties import accounts
from models.rulebook.rule import rule
from models.tenders.enquiry import Enquiry
from models.tenders.lifecycle import UNDER_WAY
from models.tenders.telling import askers
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import hold
from models.wording import bounded

LONGEST = 2000


def ask(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    question: str,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Enquiry:
    """Ask about a published tender, until its deadline. No message and no list says who asked."""
    ensure(act, P.TENDER_VIEW, tender)
    ensure(act, P.ENQUIRY_ASK, tender)
    hold(session, tender, act, TenderPhase.TENDERING)
    standing = session.get(Enquiry, id) if id else None
    if standing is not None:
        if standing.organisation_id != act.actor.organisation_id:
            raise NotFound("not_found")
        return standing
    words = bounded(question, LONGEST, field="question")
    if not words:
        raise Invalid("question_missing", field="question")
    enquiry = Enquiry(
        id=id or uuid4(),
        tender=tender,
        organisation_id=act.actor.organisation_id,
        asked_at=act.at,
        question=words,
    )
    session.add(enquiry)
    record(session, act, "enquiry.ask", enquiry)
    officials = {
        id_ for role in OFFICIALS for id_ in accounts.people_of(session, act, role, tender.unit_code)
    }
    outbox.add(session, act, "enquiry_asked", tender, to=officials, reference=tender.reference)
    return enquiry


def answer(session: Session, enquiry: Enquiry, act: Act, *, words: str) -> None:
    """Answer a question to everybody, once. What bears on bids is an amendment and not an answer."""
    tender = enquiry.tender
    ensure(act, P.TENDER_WRITE, tender)
    hold(session, tender, act, *UNDER_WAY)
    session.refresh(enquiry, with_for_update=True)
    if enquiry.answered_at is not None:
        raise Conflict("enquiry_answered")
    said = bounded(words, LONGEST, field="answer")
    if not said:
        raise Invalid("answer_missing", field="answer")
    enquiry.answer, enquiry.answered_at, enquiry.answered_by = said, act.at, act.actor.person_id
    record(session, act, "enquiry.answer", enquiry)
    people = askers(session, tender, act)
    outbox.add(session, act, "enquiry_answered", tender, to=people, reference=tender.reference)


def answer_by(enquiry: Enquiry) -> date:
    """The last day for an answer: three working days (R58: 实施条例 art 52)."""
    return count(local_date(enquiry.asked_at), rule("R58").number("inquiry"), DayKind.WORKING).day
