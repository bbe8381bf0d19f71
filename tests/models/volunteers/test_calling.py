"""Calls for volunteers: who may post one, what it must say, how it ends (demand 39)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act, Role
from models.calendar.clocks import local_date, start_of
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.needs.need import NeedPhase
from models.volunteers import calling, queries
from models.volunteers.call import CallPhase, VolunteerCall
from models.volunteers.calling import Ground
from models.volunteers.lifecycle import phase_at
from models.volunteers.telephone import is_office
from tests.factories import contracts, needs, parties, volunteers
from tests.factories.parties import NEXT_DOOR, NOON
from tests.factories.volunteers import LAST_DAY

MOMENT = timedelta(microseconds=1)
OVER = start_of(LAST_DAY + timedelta(days=1))
TODAY = local_date(NOON)


def listed(session: Session, act: Act, **wanted: Any) -> list[VolunteerCall]:
    return queries.board(session, act, **wanted).rows


def test_a_call_ends_by_itself_when_its_last_day_is_over_in_shanghai(session: Session) -> None:
    call = volunteers.call(session)
    for at, answerable in ((OVER - MOMENT, True), (OVER, False)):
        act = replace(parties.nobody(), at=at)
        assert call.is_over(at) is not answerable
        assert (call in listed(session, act)) == answerable
        assert (call in queries.calls_for(session, calling.subject_of(call), act)) == answerable
        assert call in queries.mine(session, needs.worker(session, at=at))


@pytest.mark.parametrize("phase", NeedPhase)
def test_a_need_is_called_for_while_it_is_public_and_not_closed(session: Session, phase: NeedPhase) -> None:
    need = needs.need(session, phase)
    act = needs.worker(session, at=NOON)
    live = need.is_public and phase is not NeedPhase.CLOSED
    assert calling.may_call(need, act) == live
    if live:
        assert volunteers.call(session, need).need is need
    else:
        with pytest.raises(Conflict, match="call_need_not_open"):
            volunteers.call(session, need)


def test_a_contractor_calls_while_its_contract_is_in_force(session: Session) -> None:
    contract = contracts.contract_row(session)
    with pytest.raises(Conflict, match="contract_not_in_force"):
        volunteers.call(session, contract)
    volunteers.put_in_force(session, contract)
    assert not calling.may_call(contract, contracts.supplier(session, contract, NOON - MOMENT))
    call = volunteers.call(session, contract)
    assert (call.organisation_id, call.need_id) == (contract.organisation_id, None)


def test_nobody_else_posts_edits_or_closes(session: Session) -> None:
    for_need, within = (
        volunteers.call(session),
        volunteers.call(session, volunteers.put_in_force(session, contracts.contract_row(session))),
    )
    other = parties.organisation(session, name="上海别家服务中心")
    others = [
        needs.worker(session, unit=NEXT_DOOR, at=NOON),
        needs.official(session, at=NOON),
        contracts.staff(session, other, NOON),
        parties.nobody(),
    ]
    refused = [
        (for_need, act) for act in [*others, contracts.supplier(session, calling_contract(within), NOON)]
    ]
    refused += [(within, act) for act in [*others, needs.worker(session, at=NOON)]]
    for call, act in refused:
        ground = Ground(calling.subject_of(call))
        steps: list[Callable[[], object]] = [
            lambda g=ground, a=act: calling.post(session, g, a, id=uuid4(), given=volunteers.given()),
            lambda c=call, a=act: calling.edit(session, c, a, given=volunteers.given(), revision=c.revision),
            lambda c=call, a=act: calling.close(session, c, a, came_forward=1),
        ]
        for step in steps:
            with pytest.raises(NotAllowed):
                step()


def calling_contract(call: VolunteerCall) -> Contract:
    assert call.contract is not None
    return call.contract


def test_what_waits_is_what_one_may_close(session: Session) -> None:
    calls = [
        volunteers.call(session),
        volunteers.call(session, volunteers.put_in_force(session, contracts.contract_row(session))),
    ]
    acts = [
        needs.worker(session, at=NOON),
        needs.worker(session, unit=NEXT_DOOR, at=NOON),
        needs.official(session, at=NOON),
        contracts.supplier(session, calling_contract(calls[1]), NOON),
        parties.act_as(session, Role.AUDITOR),
        parties.nobody(),
    ]
    for act in acts:
        assert set(queries.mine(session, act)) == {each for each in calls if can(act, P.VOLUNTEER_CALL, each)}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"people": 0}, "call_people"),
        ({"people": 1000}, "call_people"),
        ({"people": 10000}, "call_people"),
        ({"ends_on": TODAY - timedelta(days=1)}, "call_ends_on"),
        ({"ends_on": TODAY + timedelta(days=367)}, "call_ends_on"),
        ({"telephone": "13812345678"}, "call_telephone"),
        ({"telephone": "打给王阿姨"}, "call_telephone"),
        ({"place": " \x00 "}, "call_words_missing"),
        ({"title": "字" * 41}, "words_too_long"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    session: Session, changes: dict[str, Any], code: str
) -> None:
    need = needs.need(session)
    with pytest.raises(Invalid, match=code) as refused:
        volunteers.call(session, need, **changes)
    assert refused.value.field == next(iter(changes))
    assert session.scalar(select(func.count()).select_from(VolunteerCall)) == 0


def test_the_bounds_themselves_are_taken(session: Session) -> None:
    need = needs.need(session)
    for people, ends_on in ((1, TODAY), (999, TODAY + timedelta(days=366))):
        assert volunteers.call(session, need, people=people, ends_on=ends_on).people == people


@pytest.mark.parametrize(
    "number",
    ["021-5550 1234", "（021）55501234", "55501234", "0512-6550123转8", "400-820-1234", "12345", "962200"],
)
def test_numbers_of_offices_are_known(number: str) -> None:
    assert is_office(number)


@pytest.mark.parametrize(
    "number",
    ["13812345678", "+86 138 1234 5678", "123", "5550", "021", "0215550123456789", "电话"],
)
def test_a_private_mobile_or_no_number_at_all_is_none(number: str) -> None:
    assert not is_office(number)


def test_a_second_press_finds_the_first_call(session: Session) -> None:
    need, key = needs.need(session), uuid4()
    act = needs.worker(session, at=NOON)
    first, second = (
        calling.post(session, Ground(need), act, id=key, given=volunteers.given()) for _press in range(2)
    )
    assert first is second
    with pytest.raises(Conflict, match="stale"):
        calling.post(session, Ground(needs.need(session)), act, id=key, given=volunteers.given())
    assert session.scalar(select(func.count()).select_from(VolunteerCall)) == 1


def test_an_edit_on_a_page_out_of_date_is_refused_and_a_later_day_takes_an_ended_call_up(
    session: Session,
) -> None:
    call = volunteers.call(session)
    seen, act = call.revision, needs.worker(session, at=OVER)
    later = volunteers.given(ends_on=LAST_DAY + timedelta(days=5))
    calling.edit(session, call, act, given=later, revision=seen)
    assert call in listed(session, act)
    with pytest.raises(Conflict, match="stale"):
        calling.edit(session, call, act, given=later, revision=seen)


def test_a_call_is_closed_once_with_a_number(session: Session) -> None:
    call, act = volunteers.call(session), needs.worker(session, at=NOON)
    for number in (-1, 10000):
        with pytest.raises(Invalid, match="call_came_forward"):
            calling.close(session, call, act, came_forward=number)
    calling.close(session, call, act, came_forward=0)
    assert (phase_at(call, NOON), call.came_forward) == (CallPhase.CLOSED, 0)
    assert listed(session, act) == queries.mine(session, act) == []
    with pytest.raises(Conflict, match="call_closed"):
        calling.close(session, call, act, came_forward=5)
    with pytest.raises(Conflict, match="call_closed"):
        calling.edit(session, call, act, given=volunteers.given(), revision=call.revision)
    session.refresh(call)
    assert call.came_forward == 0


def test_the_list_is_that_of_a_street_when_one_is_asked_for(session: Session) -> None:
    call = volunteers.call(session)
    act = parties.nobody()
    assert [each.code for each in queries.streets(session, act)] == [parties.STREET]
    assert listed(session, act, street=parties.STREET) == [call]
    assert listed(session, act, street=parties.OTHER_STREET) == []


@pytest.mark.parametrize("change", [{"people": 0}, {"people": 1000}, {"came_forward": -1}, {"need_id": None}])
def test_the_table_takes_no_row_that_contradicts_itself(session: Session, change: dict[str, Any]) -> None:
    call = volunteers.call(session)
    for name, value in change.items():
        setattr(call, name, value)
    with pytest.raises(IntegrityError):
        session.flush()
