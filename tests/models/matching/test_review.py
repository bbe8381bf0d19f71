"""What an official may make of a match, and each refusal by its name."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue import operations as catalogue_operations
from models.errors import Conflict, DomainError, NotAllowed
from models.matching import operations
from models.matching.engine import Engine
from models.matching.operations import live_review
from models.matching.queries import review_page
from models.matching.review import Decision, RejectReason, Review
from models.matching.run import Match
from models.parties.organisation import ListFlag
from models.session import make_sessions, transaction
from tests.factories import catalogue, matching, needs, parties


def refusal(verb: Callable[[], object]) -> str:
    """The code of the refusal a verb gives."""
    with pytest.raises(DomainError) as refused:
        verb()
    return refused.value.code


def test_a_rejection_needs_a_reason(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])

    def reject(**said: object) -> Review:
        return operations.review(session, match, by, decision=Decision.REJECT, **said)  # type: ignore[arg-type]  # by name

    assert refusal(reject) == "reject_reason_missing"
    assert refusal(lambda: reject(reason=RejectReason.OTHER, words=" ")) == "reject_words_missing"
    assert refusal(lambda: reject(reason=RejectReason.TOO_FAR, words="远" * 1001)) == "words_too_long"
    assert reject(reason=RejectReason.TOO_FAR).reason == RejectReason.TOO_FAR


def test_an_acceptance_has_no_reason_for_rejection(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    code = refusal(
        lambda: operations.review(session, match, by, decision=Decision.ACCEPT, reason=RejectReason.TOO_FAR)
    )
    assert code == "reason_without_reject"


@pytest.mark.parametrize("name", ["dear", "away", "listed"])
def test_a_refused_match_is_accepted_only_with_written_words(session: Session, name: str) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services[name])
    for decision in (Decision.ACCEPT, Decision.SHORTLIST):
        code = refusal(lambda d=decision: operations.review(session, match, by, decision=d))
        assert code == "refused_needs_words"
    made = operations.review(session, match, by, decision=Decision.ACCEPT, words="机构已答应下月增加本街道。")
    assert made.decision == Decision.ACCEPT


def test_an_organisation_on_the_dishonest_list_is_not_accepted_at_all(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    matching.put_on_list(session, services["meals"].organisation, ListFlag.DISHONEST)
    code = refusal(
        lambda: operations.review(session, match, by, decision=Decision.ACCEPT, words="只有这一家。")
    )
    assert code == "organisation_dishonest"
    operations.review(session, match, by, decision=Decision.REJECT, reason=RejectReason.RECORD)


def test_a_retired_service_is_not_accepted(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    staff = catalogue.staff_act(services["meals"].organisation, parties.NOON)
    catalogue_operations.retire(session, services["meals"], staff)
    code = refusal(lambda: operations.review(session, match, by, decision=Decision.ACCEPT))
    assert code == "service_not_offered"


def test_changing_ones_mind_withdraws_and_adds(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    first = matching.accept(session, match, by)
    later = Act(by.actor, by.at + timedelta(minutes=1), "test")
    second = operations.review(session, match, later, decision=Decision.SHORTLIST, replaces=first.id)
    session.flush()
    assert first.withdrawn_at == later.at
    assert live_review(session, match) is second
    operations.withdraw(session, match, later, replaces=second.id)
    assert live_review(session, match) is None
    assert session.scalar(select(func.count(Review.id))) == 2


def test_pressing_accept_twice_accepts_once(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    first = matching.accept(session, match, by)
    assert operations.review(session, match, by, decision=Decision.ACCEPT) is first


def test_the_second_of_two_officials_is_told_of_the_first(session: Session) -> None:
    services, one, other = (
        matching.services(session),
        matching.official(session),
        parties.act_as(session, Role.DISTRICT_OFFICIAL),
    )
    match = matching.match_of(matching.run(session, by=one), services["meals"])
    first = matching.accept(session, match, one)
    reject = {"decision": Decision.REJECT, "reason": RejectReason.TOO_SMALL}
    assert refusal(lambda: operations.review(session, match, other, **reject)) == "reviewed_meanwhile"  # type: ignore[arg-type]  # by name
    assert refusal(lambda: operations.withdraw(session, match, other)) == "reviewed_meanwhile"
    assert live_review(session, match) is first


def test_only_the_latest_run_is_reviewed_and_remembers_what_was_thought(session: Session) -> None:
    services, by, engine = matching.services(session), matching.official(session), Engine()
    need = needs.need(session)
    first = matching.run(session, need, by=by, engine=engine)
    old = matching.match_of(first, services["meals"])
    matching.accept(session, old, by)
    later = Act(by.actor, by.at + timedelta(minutes=5), "test")
    second = matching.run(session, need, by=later, engine=engine)
    assert refusal(lambda: operations.withdraw(session, old, later)) == "run_superseded"
    page = review_page(session, need, later)
    shown = next(one for one in page.ranked if one.service is services["meals"])
    assert (page.run, page.is_latest, shown.live, shown.previous) == (second, True, None, Decision.ACCEPT)
    earlier = review_page(session, need, later, run_id=first.id)
    assert (earlier.run, earlier.is_latest, earlier.decisions[Decision.ACCEPT]) == (first, False, 1)


def test_a_concluded_need_is_not_reviewed_any_more(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    operations.conclude(session, run.need, by)
    other = matching.match_of(run, services["kitchen"])
    with pytest.raises(Conflict) as refused:
        operations.review(session, other, by, decision=Decision.ACCEPT)
    assert refused.value.code == "wrong_phase"


def test_reviewing_is_for_officials_of_the_area(session: Session) -> None:
    services = matching.services(session)
    match = matching.match_of(matching.run(session), services["meals"])
    strangers = [
        matching.official(session, parties.OTHER_STREET),
        needs.worker(session),
        parties.act_as(session, Role.AUDITOR),
        parties.act_as(session, Role.ORGANISATION_STAFF, organisation=services["meals"].organisation),
        parties.nobody(),
    ]
    for act in strangers:
        with pytest.raises(NotAllowed):
            operations.review(session, match, act, decision=Decision.ACCEPT)


def test_the_database_keeps_one_live_review(session: Session) -> None:
    services, by = matching.services(session), matching.official(session)
    match = matching.match_of(matching.run(session, by=by), services["meals"])
    matching.accept(session, match, by)
    session.add(Review(match=match, decision=Decision.SHORTLIST, at=by.at, reviewer_id=by.actor.person_id))
    with pytest.raises(IntegrityError):
        session.flush()


def test_two_officials_reviewing_one_match_at_once_leave_one_live_review(own_engine: Database) -> None:
    sessions = make_sessions(own_engine)
    with sessions() as session, transaction(session):
        matching.services(session)
        by = [matching.official(session), parties.act_as(session, Role.DISTRICT_OFFICIAL)]
        match_id = matching.run(session, by=by[0]).matches[0].id
    start, told = Barrier(2), []

    def decide(act: Act, decision: Decision) -> None:
        with sessions() as mine:
            start.wait(timeout=20)
            try:
                with transaction(mine):
                    operations.review(mine, mine.get_one(Match, match_id), act, decision=decision)
                told.append("done")
            except Conflict as error:
                told.append(error.code)

    threads = [
        Thread(target=decide, args=pair)
        for pair in zip(by, (Decision.ACCEPT, Decision.SHORTLIST), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["done", "reviewed_meanwhile"]
    with sessions() as session:
        live = session.scalars(select(Review).where(Review.match_id == match_id)).all()
        assert len(live) == 1
