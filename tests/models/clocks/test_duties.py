"""Officials are reminded of each duty once: on the working day the clock says, and not an instant before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.clocks.reminder import ReminderKind
from models.clocks.reminding import remind
from models.contracts import contracting, performing
from models.lifecycle import advance
from models.outbox import Message
from models.rulebook.methods import Method
from models.tenders.lifecycle import TENDER, TenderMove
from tests.factories import contracts, parties, tenders
from tests.factories.contracts import DECIDED, NOTICE_DAY, NOTICED, SIGNED, URL
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES

TICK = timedelta(microseconds=1)


@pytest.fixture
def official(session: Session) -> Act:
    """Somebody of the purchaser who writes nothing."""
    return parties.act_as(session, Role.STREET_OFFICIAL, at=NOON)


def heard(session: Session, who: Act) -> list[Message]:
    query = select(Message).where(
        Message.person_id == who.actor.person_id, Message.kind.in_(list(ReminderKind))
    )
    return list(session.scalars(query.order_by(Message.created_at)))


def kinds(session: Session, who: Act, *moments: datetime) -> list[str]:
    for moment in moments:
        remind(session, parties.system(moment))
        session.flush()
    return [each.kind for each in heard(session, who)]


def test_the_opening_is_due_at_the_deadline(session: Session, official: Act) -> None:
    tender = tenders.tender(session)
    elsewhere = parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET)
    assert kinds(session, official, CLOSES - TICK) == []
    assert kinds(session, official, CLOSES, CLOSES + timedelta(days=1)) == ["opening_due"]
    assert kinds(session, elsewhere) == []
    assert heard(session, official)[0].subject_id == str(tender.id)


def test_what_is_opened_is_not_due(session: Session, official: Act) -> None:
    tender = tenders.tender(session)
    advance(session, TENDER, tender, TenderMove.OPEN, contracts.official(session, CLOSES))
    assert kinds(session, official, CLOSES + timedelta(hours=1)) == []


def decision(session: Session) -> None:
    contracts.reported(session)


def notice(session: Session) -> None:
    contracts.award(session, noticed=False)


def signing(session: Session) -> None:
    contracts.award(session)


def publication(session: Session) -> None:
    made = contracts.contract(session)
    contracting.file_(session, made, contracts.official(session, SIGNED))


def filing(session: Session) -> None:
    made = contracts.contract(session)
    act = contracts.official(session, SIGNED)
    contracting.publish(session, made, act, url=URL, published_on=date(2026, 12, 29))


def challenge(session: Session) -> None:
    contracts.challenge(session, contracts.award(session), at=datetime(2026, 12, 28, 2, tzinfo=SIGNED.tzinfo))


def payment(session: Session) -> None:
    made = contracts.milestone(session, accepted=True)
    act = contracts.supplier(session, made.contract)
    performing.invoice(session, made, act)
    for do in (contracting.file_,):
        do(session, made.contract, contracts.official(session, SIGNED))


DUE: list[tuple[Callable[[Session], None], str, date, date]] = [
    # reported on Monday 14 December: decided by the 21st (R33)
    (decision, "decision_due", date(2026, 12, 18), date(2026, 12, 21)),
    # decided on Tuesday 15: noticed by the 17th (R33)
    (notice, "notice_due", date(2026, 12, 16), date(2026, 12, 17)),
    # noticed on 16 December: signed within 30 days (R34)
    (signing, "signing_due", date(2027, 1, 8), date(2027, 1, 15)),
    # signed on Tuesday 29: published within 2 working days, filed within 7 (R34); the 1st is a holiday
    (publication, "publication_due", date(2026, 12, 30), date(2026, 12, 31)),
    (filing, "filing_due", date(2027, 1, 7), date(2027, 1, 8)),
    # filed on Monday 28: answered within 7 working days (R58)
    (challenge, "challenge_reply_due", date(2027, 1, 5), date(2027, 1, 7)),
    # invoiced on 29 December: paid within 30 days (R36)
    (payment, "payment_due", date(2027, 1, 21), date(2027, 1, 28)),
]


@pytest.mark.parametrize(("make", "kind", "opens", "due"), DUE, ids=[each[1] for each in DUE])
def test_a_duty_is_reminded_of_once_when_its_day_comes_near(
    session: Session, official: Act, make: Callable[[Session], None], kind: str, opens: date, due: date
) -> None:
    make(session)
    assert kind not in kinds(session, official, start_of(opens) - TICK)
    assert kinds(session, official, start_of(opens), start_of(due)).count(kind) == 1
    assert kinds(session, official, start_of(due) + timedelta(days=3)).count(kind) == 1
    (message,) = [each for each in heard(session, official) if each.kind == kind]
    assert message.facts["day"] == due.isoformat()


def test_what_was_missed_while_no_job_ran_is_still_told(session: Session, official: Act) -> None:
    contracts.reported(session)
    assert kinds(session, official, start_of(date(2027, 3, 1))) == ["decision_due"]


def test_a_decision_that_was_taken_is_not_due(session: Session, official: Act) -> None:
    contracts.award(session)
    assert DECIDED < NOTICED < start_of(date(2026, 12, 21))
    assert kinds(session, official, start_of(date(2026, 12, 21))) == []
    assert date(2026, 12, 16) == NOTICE_DAY


def test_no_clock_where_no_rule_sets_one(session: Session, official: Act) -> None:
    tender = tenders.tender(session, method=Method.COMPARISON)
    for move in (TenderMove.OPEN, TenderMove.OPEN_PRICES, TenderMove.REPORT):
        advance(session, TENDER, tender, move, contracts.official(session, CLOSES))
    assert kinds(session, official, start_of(date(2026, 12, 25))) == []
