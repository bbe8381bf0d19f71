"""Two people at once, on connections of their own: what is written is whole, and written once."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.event import AuditEvent
from models.audit.record import verify
from models.catalogue.operations import create
from models.catalogue.service import Service
from models.errors import DomainError
from models.exchange.batch import ImportBatch, SheetKind
from models.exchange.importing import confirm, upload
from models.matching import operations as matching
from models.matching.engine import Engine as Matching
from models.matching.review import Decision, Review
from models.matching.run import Match, MatchRun
from models.needs import deliberating, handling, operations, parts
from models.needs.deliberation import Deliberation, MeetingType
from models.needs.need import Need, NeedPhase, ReturnReason
from models.reference import next_reference
from models.session import make_sessions, transaction
from tests.factories import catalogue, needs, parties
from tests.factories import matching as matches

Deed = Callable[[Session], object]
THREADS = 8


@pytest.fixture
def people(own_engine: Engine) -> dict[str, Act]:
    """A database with a place, a committee and two officials of its street."""
    with make_sessions(own_engine)() as session, transaction(session):
        parties.place(session)
        return {
            "worker": needs.worker(session, at=parties.NOON),
            "official": matches.official(session),
            "colleague": matches.official(session),
        }


def made(engine: Engine, make: Callable[[Session], Need]) -> UUID:
    """A need that both sides will work on."""
    with make_sessions(engine)() as session, transaction(session):
        return make(session).id


def at_once(engine: Engine, *deeds: Deed) -> list[object]:
    """Each deed in a transaction of its own, all begun together: what each gave, or why it was refused."""
    barrier, answers = Barrier(len(deeds)), [None] * len(deeds)
    sessions = make_sessions(engine)

    def do(place: int) -> None:
        with sessions() as session:
            barrier.wait()
            try:
                with transaction(session):
                    answers[place] = deeds[place](session)
            except (DomainError, DBAPIError) as error:
                answers[place] = error

    threads = [Thread(target=do, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def refusals(answers: list[object]) -> list[str]:
    """The codes of those that were refused; anything else that went wrong fails the test."""
    wrong = [each for each in answers if isinstance(each, Exception)]
    assert all(isinstance(each, DomainError) for each in wrong), wrong
    return [each.code for each in wrong if isinstance(each, DomainError)]


def count(engine: Engine, table: type[object]) -> int:
    with make_sessions(engine)() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_numbers_have_no_gap_and_no_twin_under_many_writers(own_engine: Engine) -> None:

    def several(session: Session) -> list[str]:
        return [next_reference(session, "XQ", parties.NOON) for _ in range(5)]

    given = [each for some in at_once(own_engine, *[several] * THREADS) for each in some]  # type: ignore[attr-defined]
    assert sorted(given) == [f"XQ-2026-{number:04d}" for number in range(1, 5 * THREADS + 1)]


def test_the_chain_is_whole_after_many_writers(own_engine: Engine, people: dict[str, Act]) -> None:
    def write(session: Session) -> object:
        need = operations.start(
            session, people["worker"], id=uuid4(), unit_code=parties.NEIGHBOURHOOD, description=needs.WORDS
        )
        operations.edit(session, need, people["worker"], affected_people=7)
        return need.reference

    answers = at_once(own_engine, *[write] * THREADS)
    assert refusals(answers) == []
    with make_sessions(own_engine)() as session:
        found = verify(session)
        last = session.scalar(select(func.max(AuditEvent.number)))
    assert found.broken_at is None
    assert found.events == last


def test_a_form_sent_twice_at_once_makes_one_need(own_engine: Engine, people: dict[str, Act]) -> None:
    key = uuid4()

    def send(session: Session) -> object:
        return operations.start(session, people["worker"], id=key, unit_code=parties.NEIGHBOURHOOD).reference

    assert at_once(own_engine, send, send, send) == ["XQ-2026-0001"] * 3
    assert count(own_engine, Need) == 1
    assert at_once(own_engine, lambda session: next_reference(session, "XQ", parties.NOON)) == [
        "XQ-2026-0002"
    ]


def test_a_service_sent_twice_at_once_is_one_service(own_engine: Engine, people: dict[str, Act]) -> None:
    with make_sessions(own_engine)() as session, transaction(session):
        act = catalogue.staff_act(parties.organisation(session))
    key = uuid4()

    def send(session: Session) -> object:
        return create(session, act, catalogue.entry(), id=key).reference

    assert at_once(own_engine, send, send) == ["FW-2026-0001"] * 2
    assert count(own_engine, Service) == 1


def test_a_meeting_announced_twice_at_once_is_one_meeting(own_engine: Engine, people: dict[str, Act]) -> None:
    need_id = made(own_engine, lambda session: needs.need(session, NeedPhase.SUBMITTED))
    key = uuid4()

    def announce(session: Session) -> object:
        return deliberating.announce(
            session,
            session.get_one(Need, need_id),
            people["worker"],
            meeting_type=MeetingType.HEARING,
            place="活动室",
            scheduled_at=parties.NOON + timedelta(days=7),
            id=key,
        ).id

    assert at_once(own_engine, announce, announce) == [key, key]
    assert count(own_engine, Deliberation) == 1


def test_of_two_officials_one_decides_and_the_other_is_told(
    own_engine: Engine, people: dict[str, Act]
) -> None:
    need_id = made(own_engine, lambda session: needs.need(session, NeedPhase.SUBMITTED))

    def standardise(session: Session) -> object:
        need = session.get_one(Need, need_id)
        handling.standardise(session, need, people["official"], standard=needs.standard(need))
        return "standardised"

    def send_back(session: Session) -> object:
        need = session.get_one(Need, need_id)
        handling.return_(session, need, people["colleague"], reason=ReturnReason.UNCLEAR, words="写清楚。")
        return "returned"

    answers = at_once(own_engine, standardise, send_back)
    assert refusals(answers) == ["wrong_phase"]
    with make_sessions(own_engine)() as session:
        need = session.get_one(Need, need_id)
        assert (need.standardised_at is None) != (need.returned_at is None)
        assert verify(session).broken_at is None


def test_of_two_who_edit_one_form_the_second_is_told(own_engine: Engine, people: dict[str, Act]) -> None:
    need_id = made(own_engine, lambda session: needs.need(session, NeedPhase.DRAFT))
    with make_sessions(own_engine)() as session:
        seen = session.get_one(Need, need_id).revision

    def edit(people_: int) -> Deed:
        def do(session: Session) -> object:
            need = session.get_one(Need, need_id)
            operations.edit(session, need, people["worker"], revision=seen, affected_people=people_)
            parts.set_terms(session, need, people["worker"], codes=["EL-03"])
            return people_

        return do

    assert refusals(at_once(own_engine, edit(5), edit(6))) == ["stale"]


def test_two_needs_folded_into_each_other_at_once_leave_one_open(
    own_engine: Engine, people: dict[str, Act]
) -> None:
    one = made(own_engine, lambda session: needs.need(session, NeedPhase.RETURNED))
    other = made(own_engine, lambda session: needs.need(session, NeedPhase.RETURNED))

    def fold(from_: UUID, into: UUID) -> Deed:
        def do(session: Session) -> object:
            target = session.get_one(Need, into)
            operations.fold(session, session.get_one(Need, from_), people["worker"], into=target)
            return "folded"

        return do

    answers = at_once(own_engine, fold(one, other), fold(other, one))
    assert len(refusals(answers)) == 1


def test_two_needs_merged_into_each_other_at_once_leave_one_open(
    own_engine: Engine, people: dict[str, Act]
) -> None:
    one = made(own_engine, lambda session: needs.need(session, NeedPhase.SUBMITTED))
    other = made(own_engine, lambda session: needs.need(session, NeedPhase.SUBMITTED))

    def merge(from_: UUID, into: UUID, who: str) -> Deed:
        def do(session: Session) -> object:
            target = session.get_one(Need, into)
            handling.merge(session, session.get_one(Need, from_), people[who], into=target)
            return "merged"

        return do

    answers = at_once(own_engine, merge(one, other, "official"), merge(other, one, "colleague"))
    assert len(refusals(answers)) == 1


def a_run(engine: Engine, act: Act) -> tuple[UUID, UUID]:
    """A need with a run, and one of its matches."""
    with make_sessions(engine)() as session, transaction(session):
        catalogue.service(session)
        run = matches.run(session, by=act)
        return run.need_id, run.matches[0].id


def test_of_two_reviews_at_once_the_second_is_told_of_the_first(
    own_engine: Engine, people: dict[str, Act]
) -> None:
    _need_id, match_id = a_run(own_engine, people["official"])

    def review(who: str, decision: Decision) -> Deed:
        def do(session: Session) -> object:
            match = session.get_one(Match, match_id)
            return matching.review(session, match, people[who], decision=decision).decision

        return do

    answers = at_once(
        own_engine, review("official", Decision.ACCEPT), review("colleague", Decision.SHORTLIST)
    )
    assert refusals(answers) == ["reviewed_meanwhile"]
    assert count(own_engine, Review) == 1


def test_matching_pressed_twice_at_once_is_one_run(own_engine: Engine, people: dict[str, Act]) -> None:
    need_id, _match_id = a_run(own_engine, people["official"])
    key, engine = uuid4(), Matching()

    def run(session: Session) -> object:
        return matching.run(session, session.get_one(Need, need_id), people["official"], engine, id=key).id

    assert at_once(own_engine, run, run) == [key, key]
    assert count(own_engine, MatchRun) == 2


def test_an_upload_confirmed_twice_at_once_is_written_once(
    own_engine: Engine, people: dict[str, Act]
) -> None:
    rows = [{"unit_code": parties.NEIGHBOURHOOD, "description": f"{needs.WORDS}{n}"} for n in range(3)]
    with make_sessions(own_engine)() as session, transaction(session):
        batch = upload(
            session,
            people["worker"],
            kind=SheetKind.NEEDS,
            file_name="needs.xlsx",
            headings=["unit_code", "description"],
            rows=rows,
        )
        session.flush()
        batch_id = batch.id

    def take(session: Session) -> object:
        return len(confirm(session, session.get_one(ImportBatch, batch_id), people["worker"]).good)

    answers = at_once(own_engine, take, take)
    assert refusals(answers) == ["batch_confirmed"]
    assert count(own_engine, Need) == 3
