"""After publication: questions, changes, more time, ends; each tells whom it concerns and nobody else."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.timeline import timeline
from models.calendar.clocks import start_of
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.outbox import Message
from models.parties.organisation import Organisation
from models.rulebook.methods import Method
from models.tenders import amending, ending, enquiring
from models.tenders.amendment import AmendmentKind
from models.tenders.enquiry import Enquiry
from models.tenders.lifecycle import phase_at
from models.tenders.lot import FailReason
from models.tenders.page import tender_page
from models.tenders.queries import last_amendment, procuring
from models.tenders.tender import Tender, TenderPhase
from tests.factories import needs, parties, tenders
from tests.factories.parties import NOON

CLOSES, TICK = tenders.CLOSES, timedelta(microseconds=1)


def at(act: Act, when: datetime) -> Act:
    return Act(act.actor, when, "test")


@pytest.fixture
def tender(session: Session) -> Tender:
    return tenders.tender(session)


@pytest.fixture
def official(session: Session) -> Act:
    return tenders.official(session)


@pytest.fixture
def asker(session: Session) -> Act:
    organisation = parties.organisation(session, name="上海问询服务社")
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation)


def told(session: Session, kind: str) -> set[Any]:
    return set(session.scalars(select(Message.person_id).where(Message.kind == kind)))


def test_question_is_taken_until_the_deadline_and_not_at_it(
    session: Session, tender: Tender, asker: Act
) -> None:
    enquiring.ask(session, tender, at(asker, CLOSES - TICK), question="周末也要送餐吗？")
    with pytest.raises(Conflict, match="wrong_phase"):
        enquiring.ask(session, tender, at(asker, CLOSES), question="还能问吗？")


def test_answer_goes_to_all_and_the_asker_is_nowhere(
    session: Session, tender: Tender, asker: Act, official: Act
) -> None:
    enquiry = enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    session.flush()
    everybody = parties.nobody()
    assert not tender_page(session, tender, everybody).enquiries
    enquiring.answer(session, enquiry, official, words="周末不用。")
    session.flush()
    for act in (everybody, official, parties.act_as(session, Role.AUDITOR)):
        page = tender_page(session, tender, act)
        assert [(row.enquiry.answer, row.is_own) for row in page.enquiries] == [("周末不用。", False)]
        assert asker.actor.person_id not in {entry.person_id for entry in page.history}
    assert [row.is_own for row in tender_page(session, tender, asker).enquiries] == [True]
    assert asker.actor.person_id in told(session, "enquiry_answered")
    facts = session.scalars(select(Message.facts).where(Message.kind.startswith("enquiry"))).all()
    assert all(set(each) == {"reference"} for each in facts)


def test_question_of_somebody_else_waits_unseen(session: Session, tender: Tender, asker: Act) -> None:
    enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    session.flush()
    other = parties.act_as(
        session, Role.ORGANISATION_STAFF, organisation=parties.organisation(session, name="别家")
    )
    assert not tender_page(session, tender, other).enquiries


def test_question_is_answered_once(session: Session, tender: Tender, asker: Act, official: Act) -> None:
    enquiry = enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    with pytest.raises(Invalid, match="answer_missing"):
        enquiring.answer(session, enquiry, official, words="  ")
    enquiring.answer(session, enquiry, official, words="不用。")
    with pytest.raises(Conflict, match="enquiry_answered"):
        enquiring.answer(session, enquiry, official, words="要。")


def test_r58_answer_is_due_after_three_working_days(session: Session, tender: Tender, asker: Act) -> None:
    enquiry = enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    assert enquiring.answer_by(enquiry) == date(2026, 11, 25)  # asked on a Friday


def test_nobody_asks_about_a_draft(session: Session, asker: Act, official: Act) -> None:
    with pytest.raises(NotFound):
        enquiring.ask(session, tenders.draft(session), asker, question="？")
    with pytest.raises(NotAllowed):
        enquiring.ask(session, tenders.tender(session), official, question="？")


def test_clarification_needs_no_more_time(session: Session, tender: Tender, official: Act) -> None:
    late = at(official, CLOSES - timedelta(hours=1))
    made = amending.amend(session, tender, late, words="联系电话有误，更正如下。", bears_on_bids=False)
    assert (made.number, made.kind, made.until_after) == (1, AmendmentKind.CLARIFICATION, CLOSES)
    assert last_amendment(session, tender) == 0


def test_amendment_an_hour_before_closing_must_extend(
    session: Session, tender: Tender, official: Act
) -> None:
    late = at(official, CLOSES - timedelta(hours=1))  # Monday 14 December, 8:00
    with pytest.raises(Invalid, match="amendment_must_extend") as refused:
        amending.amend(session, tender, late, words="增加周末送餐。", bears_on_bids=True)
    assert (refused.value.facts["rule"], refused.value.facts["first"]) == ("R39", date(2026, 12, 21))
    early = start_of(date(2026, 12, 18)) + timedelta(hours=17)
    with pytest.raises(Invalid, match="amendment_must_extend"):
        amending.amend(session, tender, late, words="增加周末送餐。", bears_on_bids=True, until=early)
    assert tender.bids_until == CLOSES
    enough = start_of(date(2026, 12, 21)) + timedelta(hours=9)
    made = amending.amend(session, tender, late, words="增加周末送餐。", bears_on_bids=True, until=enough)
    assert (made.rule, made.until_before, made.until_after) == ("R39", CLOSES, enough)
    assert tender.bids_until == enough
    session.flush()
    assert last_amendment(session, tender) == 1


@pytest.mark.parametrize(
    ("method", "last"),
    [
        (Method.OPEN_TENDER, date(2026, 11, 29)),  # R22: 15 days before 14 December
        (Method.COMPETITIVE_CONSULTATION, date(2026, 12, 9)),  # R39: 5 days
        (Method.NEGOTIATION, date(2026, 12, 9)),  # R44: 3 working days
    ],
)
def test_r22_r39_r44_last_day_of_a_change(
    session: Session, official: Act, method: Method, last: date
) -> None:
    tender = tenders.tender(session, method=method)
    noon = start_of(last) + timedelta(hours=12)
    assert amending.lawful_until(tender, noon) is None
    assert amending.lawful_until(tender, noon + timedelta(days=1)) is not None
    with pytest.raises(Invalid, match="amendment_must_extend"):
        amending.amend(
            session, tender, at(official, noon + timedelta(days=1)), words="改。", bears_on_bids=True
        )
    amending.amend(session, tender, at(official, noon), words="改。", bears_on_bids=True)


def test_amendment_writes_and_keeps_what_stood(session: Session, tender: Tender, official: Act) -> None:
    before = tender.service_ends_on
    made = amending.amend(
        session,
        tender,
        official,
        words="服务延长一个月。",
        bears_on_bids=True,
        changes={"service_ends_on": date(2027, 9, 30), "description": tender.description},
    )
    assert tender.service_ends_on == date(2027, 9, 30)
    assert made.changes == {"service_ends_on": [str(before), "2027-09-30"]}


def test_what_an_amendment_may_not_do(session: Session, tender: Tender, official: Act) -> None:
    refused = {
        "amendment_words_missing": {"words": " "},
        "change_bears_on_bids": {"bears_on_bids": False, "changes": {"description": "另一件事"}},
        "change_needs_new_tender": {"changes": {"budget": 1}},
        "extension_not_later": {"until": CLOSES - timedelta(days=1)},
        "deadline_not_workday": {"until": CLOSES + timedelta(days=5)},
        "tender_ends_before_start": {"changes": {"service_ends_on": date(2026, 1, 1)}},
    }
    for code, changes in refused.items():
        given: dict[str, Any] = {"words": "改。", "bears_on_bids": True, **changes}
        with pytest.raises(Invalid, match=code), session.begin_nested():
            amending.amend(session, tender, official, **given)
    with pytest.raises(Conflict, match="wrong_phase"):
        amending.amend(session, tender, at(official, CLOSES), words="改。", bears_on_bids=False)


def test_more_time_after_an_outage_is_the_same_for_all(
    session: Session, tender: Tender, official: Act
) -> None:
    later = CLOSES + timedelta(days=1)
    after = at(official, CLOSES + timedelta(hours=2))
    assert phase_at(tender, after.at) == TenderPhase.CLOSED
    made = amending.extend_after_outage(session, tender, after, until=later, words="平台停了三小时。")
    assert (made.kind, made.bears_on_bids) == (AmendmentKind.OUTAGE, False)
    assert phase_at(tender, after.at) == TenderPhase.TENDERING
    with pytest.raises(Invalid, match="extension_not_later"):
        amending.extend_after_outage(session, tender, after, until=later, words="再来。")


def test_amendments_are_numbered_without_a_gap(session: Session, tender: Tender, official: Act) -> None:
    numbers = [
        amending.amend(session, tender, official, words=f"第 {n} 处。", bears_on_bids=n == 2).number
        for n in range(1, 4)
    ]
    session.flush()
    assert numbers == [1, 2, 3]
    assert last_amendment(session, tender) == 2


def test_cancelling_tells_who_asked_who_bid_and_whose_need_it_is(
    session: Session, tender: Tender, asker: Act, official: Act
) -> None:
    enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    session.flush()
    need = tender.lots[0].needs[0].need
    bidder = parties.person(session, None)
    with pytest.raises(Invalid, match="end_words_missing"), session.begin_nested():
        ending.cancel(session, tender, official)
    ending.cancel(session, tender, official, words="预算调整。", to=[bidder.id])
    session.flush()
    assert told(session, "tender_cancelled") == {asker.actor.person_id, bidder.id, need.created_by}
    assert phase_at(tender, NOON) == TenderPhase.CANCELLED
    assert procuring(session, need, parties.nobody()) is None


def test_need_in_a_live_lot_is_in_procurement(session: Session, official: Act) -> None:
    tender = tenders.tender(session, lots=2)
    first, second = (lot.needs[0].need for lot in tender.lots)
    nobody = parties.nobody()
    assert procuring(session, first, nobody) is tender
    ending.cancel_lot(session, tender.lots[0], official, words="第一包另行安排。")
    session.flush()
    assert procuring(session, first, nobody) is None
    assert procuring(session, second, nobody) is tender
    draft = tenders.draft(session)
    assert procuring(session, draft.lots[0].needs[0].need, nobody) is None


def test_last_live_lot_ends_with_its_tender(session: Session, official: Act) -> None:
    tender = tenders.tender(session, lots=2)
    closed = at(official, CLOSES)
    ending.fail_lot(session, tender.lots[0], closed, reason=FailReason.FEW_BIDS, words="只有一家。")
    with pytest.raises(Conflict, match="last_lot"):
        ending.fail_lot(session, tender.lots[1], closed, reason=FailReason.FEW_BIDS, words="没有人。")
    ending.fail(session, tender, closed, reason=FailReason.FEW_BIDS, words="没有人。")
    assert phase_at(tender, CLOSES) == TenderPhase.FAILED


def test_lot_does_not_fail_for_want_of_bids_before_the_deadline(session: Session, official: Act) -> None:
    tender = tenders.tender(session, lots=2)
    with pytest.raises(Conflict, match="wrong_phase"):
        ending.fail_lot(
            session, tender.lots[0], at(official, CLOSES - TICK), reason=FailReason.FEW_BIDS, words="少。"
        )
    with pytest.raises(Invalid, match="reason_is_of_the_tender"):
        ending.fail_lot(
            session, tender.lots[0], at(official, CLOSES), reason=FailReason.NEED_CHANGED, words="变。"
        )


def test_draft_is_dropped_in_silence(session: Session, official: Act) -> None:
    draft = tenders.draft(session)
    ending.cancel(session, draft, official)
    assert not told(session, "tender_cancelled")


@pytest.mark.parametrize("verb", ["amend", "cancel", "fail", "outage"])
def test_others_may_not(session: Session, tender: Tender, asker: Act, verb: str) -> None:
    calls = {
        "amend": lambda act: amending.amend(session, tender, act, words="改。", bears_on_bids=False),
        "cancel": lambda act: ending.cancel(session, tender, act, words="不做了。"),
        "fail": lambda act: ending.fail(session, tender, act, reason=FailReason.NEED_CHANGED, words="变了。"),
        "outage": lambda act: amending.extend_after_outage(
            session, tender, act, until=CLOSES + timedelta(days=1), words="停。"
        ),
    }
    elsewhere = tenders.official(session, unit=parties.OTHER_STREET)
    for act in (asker, needs.worker(session, at=NOON), elsewhere, parties.nobody()):
        with pytest.raises(NotAllowed):
            calls[verb](act)


def test_trail_of_the_tender_names_no_asker(session: Session, tender: Tender, asker: Act) -> None:
    enquiring.ask(session, tender, asker, question="周末也要送餐吗？")
    session.flush()
    assert not [entry for entry in timeline(session, tender) if entry.action.startswith("enquiry")]
    assert session.scalars(select(Enquiry.organisation_id)).all() == [asker.actor.organisation_id]
    assert session.get(Organisation, asker.actor.organisation_id) is not None
