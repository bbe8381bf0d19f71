"""What goes out by mail: claimed by one, tried again later, and never sent where nobody wants it."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models import mailing, outbox
from models.errors import Invalid, NotAllowed
from models.mailing import BACK_OFF, CLAIM, NEWS_FOR, Mail
from models.parties.mail import set_mail
from models.parties.person import Person
from models.session import make_sessions, transaction
from tests.factories.parties import NOON, act_as, nobody, person, system

TICK = timedelta(microseconds=1)


def somebody(session: Session, **changes: Any) -> Person:
    made = person(session, None)
    made.email = "li@example.org"
    for name, value in changes.items():
        setattr(made, name, value)
    session.flush()
    return made


def tell(session: Session, to: Person, at: datetime = NOON) -> None:
    outbox.add(session, system(at), "need_submitted", to, to=[to.id], reference="N-1")
    session.flush()


def test_a_message_is_claimed_once_until_the_claim_runs_out(session: Session) -> None:
    tell(session, somebody(session))
    first = mailing.claim(session, system(NOON))
    assert first is not None
    assert (first.address, first.kind, first.facts) == (
        "li@example.org",
        "need_submitted",
        {"reference": "N-1"},
    )
    session.flush()
    assert mailing.claim(session, system(NOON + CLAIM - TICK)) is None
    again = mailing.claim(session, system(NOON + CLAIM))
    assert again is not None
    assert again.message_id == first.message_id  # nobody said that it was sent: it goes again


def test_what_was_sent_is_never_claimed_again(session: Session) -> None:
    tell(session, somebody(session))
    claimed = mailing.claim(session, system())
    assert claimed is not None
    session.flush()
    mailing.sent(session, claimed.message_id, system())
    session.flush()
    assert mailing.claim(session, system(NOON + timedelta(days=2))) is None


def test_a_failure_is_tried_again_later_each_time_and_given_up_at_last(session: Session) -> None:
    tell(session, somebody(session), NOON)
    at = NOON
    for wait in BACK_OFF:
        claimed = mailing.claim(session, system(at))
        assert claimed is not None
        session.flush()
        mailing.failed(session, claimed.message_id, system(at), error="greylisted")
        session.flush()
        assert mailing.claim(session, system(at + wait - TICK)) is None
        at += wait
    claimed = mailing.claim(session, system(at))
    assert claimed is not None
    session.flush()
    mailing.failed(session, claimed.message_id, system(at), error="greylisted")
    session.flush()
    mail = session.get_one(Mail, claimed.message_id)
    assert (mail.failed_at, mail.error, mail.attempts) == (at, "greylisted", len(BACK_OFF) + 1)
    assert mailing.claim(session, system(at + timedelta(hours=1))) is None


def test_a_refusal_for_good_is_not_tried_again(session: Session) -> None:
    tell(session, somebody(session))
    claimed = mailing.claim(session, system())
    assert claimed is not None
    session.flush()
    mailing.failed(session, claimed.message_id, system(), error="no such user", for_good=True)
    session.flush()
    assert mailing.claim(session, system(NOON + timedelta(days=1))) is None


def test_who_comes_too_late_does_not_undo_what_another_has_sent(session: Session) -> None:
    tell(session, somebody(session))
    slow = mailing.claim(session, system())
    session.flush()
    quick = mailing.claim(session, system(NOON + CLAIM))
    assert slow is not None
    assert quick is not None
    mailing.sent(session, quick.message_id, system(NOON + CLAIM))
    mailing.failed(session, slow.message_id, system(NOON + CLAIM), error="timed out", for_good=True)
    session.flush()
    mail = session.get_one(Mail, slow.message_id)
    assert (mail.sent_at, mail.failed_at, mail.error) == (NOON + CLAIM, None, "")


@pytest.mark.parametrize(
    "changes", [{"email": None}, {"wants_mail": False}, {"disabled_at": NOON - timedelta(days=1)}]
)
def test_nobody_gets_mail_who_does_not_want_it(session: Session, changes: dict[str, Any]) -> None:
    tell(session, somebody(session, **changes))
    assert mailing.claim(session, system()) is None


def test_what_was_read_meanwhile_needs_no_mail(session: Session) -> None:
    reader = somebody(session)
    tell(session, reader)
    for message in session.query(outbox.Message).filter_by(person_id=reader.id):
        message.read_at = NOON
    session.flush()
    assert mailing.claim(session, system()) is None


def test_old_messages_are_no_news(session: Session) -> None:
    tell(session, somebody(session))
    assert mailing.claim(session, system(NOON + NEWS_FOR)) is None
    assert mailing.claim(session, system(NOON + NEWS_FOR - TICK)) is not None


def test_many_who_claim_at_once_never_claim_the_same(own_engine: Engine) -> None:
    sessions = make_sessions(own_engine)
    with sessions() as session, transaction(session):
        reader = somebody(session)
        for number in range(5):
            tell(session, reader, NOON - timedelta(minutes=number))
    barrier, claimed = Barrier(6), []

    def work() -> None:
        barrier.wait()
        while True:
            with sessions() as session, transaction(session):
                found = mailing.claim(session, system())
            if found is None:
                return
            claimed.append(found.message_id)

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(claimed)) == len(claimed) == 5


@pytest.mark.parametrize(
    "address", ["li", "li@", "@example.org", "li@example", "a b@example.org", "李@例子.中国"]
)
def test_an_address_that_is_none_is_refused(session: Session, address: str) -> None:
    act = act_as(session)
    mine = session.get_one(Person, act.actor.person_id)
    with pytest.raises(Invalid, match="email_wrong"):
        set_mail(session, mine, act, email=address, wants_mail=True)


@pytest.mark.parametrize("address", ["li@example.org\nBcc: all@example.org", "li@example.org\n"])
def test_an_address_holds_no_second_line(session: Session, address: str) -> None:
    act = act_as(session)
    with pytest.raises(Invalid):
        set_mail(session, session.get_one(Person, act.actor.person_id), act, email=address, wants_mail=True)


def test_an_address_is_its_owners_to_set(session: Session) -> None:
    with pytest.raises(NotAllowed):
        set_mail(session, person(session, None), act_as(session), email="a@example.org", wants_mail=True)
    with pytest.raises(NotAllowed):
        set_mail(session, person(session, None), nobody(), email="a@example.org", wants_mail=True)
