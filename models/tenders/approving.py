"""Two bidders in a negotiation: after a failed open tender, with the finance department's approval (R44)."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid
from models.rulebook.methods import Method
from models.tenders.approval import Approval
from models.tenders.lifecycle import CLOSED, DRAFT, EVALUATION, TENDERING
from models.tenders.lot import FailReason, Lot, LotNeed
from models.tenders.tender import Tender
from models.tenders.writing import hold
from models.wording import bounded

BEFORE_THE_REPORT = (DRAFT, TENDERING, CLOSED, EVALUATION)
FEW = (FailReason.FEW_BIDS, FailReason.FEW_VALID)
NUMBER, LONGEST = 200, 4000


def approve(
    session: Session, tender: Tender, act: Act, *, number: str, approved_on: date, words: str
) -> Approval:
    """Record the approval to negotiate with two (74 art 27); written anew, it replaces what was recorded."""
    ensure(act, P.TENDER_WRITE, tender)
    hold(session, tender, act, *BEFORE_THE_REPORT)
    failed_at = failed_before(session, tender)
    if failed_at is None:
        raise Conflict("approval_without_failed_tender", rule="R44")
    first, last = local_date(failed_at), local_date(act.at)
    if not first <= approved_on <= last:
        raise Invalid("approval_day", field="approved_on", first=first, last=last)
    kept = {
        "number": bounded(number, NUMBER, field="number"),
        "words": bounded(words, LONGEST, field="words"),
    }
    for field, said in kept.items():
        if not said:
            raise Invalid("approval_incomplete", field=field)
    approval = approval_of(session, tender) or Approval(tender_id=tender.id)
    approval.number, approval.words, approval.approved_on = kept["number"], kept["words"], approved_on
    approval.recorded_at, approval.recorded_by = act.at, act.actor.person_id
    session.add(approval)
    record(session, act, "tender.approve_two", tender, approved_on=approved_on)
    return approval


def approval_of(session: Session, tender: Tender) -> Approval | None:
    """What was recorded."""
    return session.get(Approval, tender.id)


def failed_before(session: Session, tender: Tender) -> datetime | None:
    """When an open tender for one of a negotiation's needs last failed for want of bidders, if one has."""
    if tender.method is not Method.NEGOTIATION:
        return None
    needs = [row.need_id for lot in tender.lots for row in lot.needs]
    query = (
        select(Tender.failed_at, Lot.failed_at)
        .join(Lot, Lot.tender_id == Tender.id)
        .join(LotNeed, LotNeed.lot_id == Lot.id)
        .where(LotNeed.need_id.in_(needs), Tender.method == Method.OPEN_TENDER)
        .where(or_(Tender.fail_reason.in_(FEW), Lot.fail_reason.in_(FEW)))
    )
    ended = [at for whole, lot in session.execute(query) if (at := whole or lot) is not None]
    return max(ended, default=None)
