"""R44 (74 art 27): with an approval, two bidders may negotiate after a failed open tender."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit.event import AuditEvent
from models.bids.opened import OpenedBid
from models.errors import Conflict, Invalid, NotAllowed
from models.rulebook.methods import Method
from models.tenders import approving
from models.tenders.approval import Approval
from models.tenders.lifecycle import phase_at
from models.tenders.lot import FailReason
from models.tenders.tender import Tender, TenderPhase
from tests.factories import approvals, bids, tenders
from tests.factories.approvals import CLOSES_AGAIN, NUMBER, WORDS

FAILED_ON = date(2026, 12, 14)
DAY = timedelta(days=1)


@pytest.fixture
def negotiation(session: Session) -> Tender:
    return approvals.negotiation(session)


def approve(session: Session, tender: Tender, day: date, **changes: str) -> Approval:
    said = {"number": NUMBER, "words": WORDS, **changes}
    act = tenders.official(session, CLOSES_AGAIN, unit=tender.unit_code)
    return approving.approve(session, tender, act, approved_on=day, **said)


def test_r44_two_bids_are_not_opened_without_an_approval(session: Session, negotiation: Tender) -> None:
    bids.bids(session, negotiation, 2, when=CLOSES_AGAIN - DAY)
    bids.started(session, negotiation, when=CLOSES_AGAIN)
    assert (phase_at(negotiation, CLOSES_AGAIN), negotiation.fail_reason) == (
        TenderPhase.FAILED,
        FailReason.FEW_BIDS,
    )


def test_r44_two_bids_are_opened_with_it(session: Session, negotiation: Tender) -> None:
    bids.bids(session, negotiation, 2, when=CLOSES_AGAIN - DAY)
    approvals.approved(session, negotiation)
    bids.opened(session, negotiation, when=CLOSES_AGAIN)
    assert phase_at(negotiation, CLOSES_AGAIN) == TenderPhase.EVALUATION
    assert len(session.scalars(select(OpenedBid)).all()) == 2


def test_r44_one_bid_is_not_opened_even_so(session: Session, negotiation: Tender) -> None:
    bids.bids(session, negotiation, 1, when=CLOSES_AGAIN - DAY)
    approvals.approved(session, negotiation)
    bids.started(session, negotiation, when=CLOSES_AGAIN)
    assert phase_at(negotiation, CLOSES_AGAIN) == TenderPhase.FAILED


def test_r44_an_approval_is_of_a_day_since_the_failure(session: Session, negotiation: Tender) -> None:
    last = CLOSES_AGAIN.date()
    for day in (FAILED_ON - DAY, last + DAY):
        with pytest.raises(Invalid, match="approval_day") as refused:
            approve(session, negotiation, day)
        assert refused.value.facts == {"first": FAILED_ON, "last": last}
    for day in (FAILED_ON, last):
        assert approve(session, negotiation, day).approved_on == day
    made = approving.approval_of(session, negotiation)
    assert made is not None
    assert (made.number, made.words) == (NUMBER, WORDS)
    kept = select(AuditEvent.action).where(AuditEvent.action == "tender.approve_two")
    assert len(session.scalars(kept).all()) == 2


@pytest.mark.parametrize("field", ["number", "words"])
def test_an_approval_says_its_number_and_what_was_approved(
    session: Session, negotiation: Tender, field: str
) -> None:
    with pytest.raises(Invalid, match="approval_incomplete") as refused:
        approve(session, negotiation, FAILED_ON, **{field: " "})
    assert refused.value.field == field
    assert approving.approval_of(session, negotiation) is None


def test_r44_only_a_negotiation_about_the_need_of_a_failed_tender_is_approved(session: Session) -> None:
    tenders.tender(session, TenderPhase.FAILED, method=Method.OPEN_TENDER)
    another = tenders.tender(session, method=Method.NEGOTIATION)
    consultation = tenders.tender(session)
    for tender in (another, consultation):
        act = tenders.official(session, tenders.CLOSES, unit=tender.unit_code)
        with pytest.raises(Conflict, match="approval_without_failed_tender"):
            approving.approve(session, tender, act, number=NUMBER, approved_on=FAILED_ON, words=WORDS)


def test_only_the_purchaser_records_an_approval(session: Session, negotiation: Tender) -> None:
    act = bids.staff(session, bids.bidder(session), at=CLOSES_AGAIN)
    with pytest.raises(NotAllowed):
        approving.approve(session, negotiation, act, number=NUMBER, approved_on=FAILED_ON, words=WORDS)
