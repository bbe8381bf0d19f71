"""A suspension has reasons and a time; its appeal is decided by somebody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import suspending
from models.agencies.agency import Agency
from models.agencies.conflicts import conflicts
from models.agencies.ground import Ground
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.outbox import inbox
from tests.factories import agencies, contracts, parties
from tests.factories.parties import NOON

UNTIL = datetime(2027, 2, 17, 16, 0, tzinfo=UTC)  # 18 February begins in Shanghai
MOMENT = timedelta(microseconds=1)


def is_drawn_from(session: Session, agency: Agency, contract: Contract, at: datetime) -> bool:
    session.flush()
    act = contracts.official(session, at)
    found = conflicts(session, agency.organisation_id, contract, act)
    return Ground.SUSPENDED not in {each.kind for each in found}


def test_a_suspended_agency_is_not_drawn_until_its_time_is_over(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    assert is_drawn_from(session, listed[0], contract, NOON - MOMENT)
    agencies.suspended(session, listed[0])
    assert is_drawn_from(session, listed[0], contract, NOON - MOMENT)
    assert not is_drawn_from(session, listed[0], contract, NOON)
    assert not is_drawn_from(session, listed[0], contract, UNTIL - MOMENT)
    assert is_drawn_from(session, listed[0], contract, UNTIL)
    assert is_drawn_from(session, listed[1], contract, NOON)


def test_a_suspension_needs_reasons_and_a_time(session: Session, listed: list[Agency]) -> None:
    act = agencies.registrar(session)
    with pytest.raises(Invalid) as refused:
        suspending.suspend(session, listed[0], act, reasons=" ", until_on=date(2027, 1, 1))
    assert refused.value.code == "words_missing"
    with pytest.raises(Invalid) as refused:
        suspending.suspend(session, listed[0], act, reasons="差距过大。", until_on=date(2026, 11, 20))
    assert refused.value.code == "suspension_without_time"


def test_streets_and_auditors_suspend_nobody(session: Session, listed: list[Agency]) -> None:
    for role in (Role.STREET_OFFICIAL, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            agencies.suspended(session, listed[0], by=parties.act_as(session, role))


def test_only_the_agency_itself_appeals_and_once(session: Session, listed: list[Agency]) -> None:
    made = agencies.suspended(session, listed[0])
    with pytest.raises(NotAllowed):
        suspending.appeal(session, made, agencies.evaluator(session, listed[1]), words="不属实。")
    session.refresh(made)
    own = agencies.evaluator(session, listed[0])
    suspending.appeal(session, made, own, words="两次差距都由补交材料引起。")
    with pytest.raises(Conflict):
        suspending.appeal(session, made, own, words="再说一次。")


def test_an_appeal_alone_lifts_nothing(session: Session, contract: Contract, listed: list[Agency]) -> None:
    made = agencies.suspended(session, listed[0])
    suspending.appeal(session, made, agencies.evaluator(session, listed[0]), words="不属实。")
    assert not is_drawn_from(session, listed[0], contract, NOON)


def test_nobody_decides_the_appeal_against_their_own_suspension(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    by = agencies.registrar(session)
    made = agencies.suspended(session, listed[0], by=by)
    own = agencies.evaluator(session, listed[0])
    suspending.appeal(session, made, own, words="不属实。")
    assert [each.kind for each in inbox(session, by)] == ["suspension_appealed"]
    with pytest.raises(NotAllowed) as refused:
        suspending.decide(session, made, by, upheld=False, words="同意。")
    assert refused.value.code == "suspension_own_decision"
    other = agencies.registrar(session, NOON + timedelta(hours=1))
    suspending.decide(session, made, other, upheld=False, words="申诉成立，解除暂停。")
    assert is_drawn_from(session, listed[0], contract, NOON + timedelta(hours=1))
    assert not is_drawn_from(session, listed[0], contract, NOON)
    assert "suspension_decided" in {each.kind for each in inbox(session, own)}
    made.reviewed_by = by.actor.person_id
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_appeal_that_is_refused_leaves_the_suspension(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    made = agencies.suspended(session, listed[0])
    suspending.appeal(session, made, agencies.evaluator(session, listed[0]), words="不属实。")
    other = agencies.registrar(session)
    suspending.decide(session, made, other, upheld=True, words="复核后维持。")
    assert not is_drawn_from(session, listed[0], contract, NOON)
    with pytest.raises(Conflict):
        suspending.decide(session, made, other, upheld=False, words="改主意了。")


def test_nothing_is_decided_before_an_appeal_but_it_may_be_taken_back(
    session: Session, contract: Contract, listed: list[Agency]
) -> None:
    by = agencies.registrar(session)
    made = agencies.suspended(session, listed[0], by=by)
    with pytest.raises(Conflict) as refused:
        suspending.decide(session, made, agencies.registrar(session), upheld=True, words="维持。")
    assert refused.value.code == "suspension_not_appealed"
    suspending.lift(session, made, by, words="登记有误，撤回。")
    assert is_drawn_from(session, listed[0], contract, NOON)
    with pytest.raises(Conflict):
        suspending.appeal(session, made, agencies.evaluator(session, listed[0]), words="不属实。")


def test_whoever_imposed_it_cannot_evade_the_appeal_by_taking_it_back(
    session: Session, listed: list[Agency]
) -> None:
    by = agencies.registrar(session)
    made = agencies.suspended(session, listed[0], by=by)
    suspending.appeal(session, made, agencies.evaluator(session, listed[0]), words="不属实。")
    with pytest.raises(Conflict) as refused:
        suspending.lift(session, made, by, words="算了。")
    assert refused.value.code == "suspension_appealed_already"


def test_an_appeal_comes_while_the_suspension_holds(session: Session, listed: list[Agency]) -> None:
    made = agencies.suspended(session, listed[0])
    with pytest.raises(Conflict) as refused:
        suspending.appeal(session, made, agencies.evaluator(session, listed[0], UNTIL), words="不属实。")
    assert refused.value.code == "suspension_over"
    suspending.appeal(session, made, agencies.evaluator(session, listed[0], UNTIL - MOMENT), words="不属实。")
