"""The register: kept by the contractor, read by who evaluates, and forgotten in time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Role
from models.calendar.clocks import start_of
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.needs.deliberation import MeetingType
from models.needs.need import NeedPhase
from models.surveys import queries, registering, reviewing
from models.surveys.register import ServedPerson
from models.surveys.registering import Entry
from models.surveys.reviewing import Opinion
from models.surveys.survey import SurveyPhase
from models.tenders.lot import LotNeed
from tests.factories import agencies, contracts, deliberations, needs, parties
from tests.factories import surveys as make
from tests.factories.parties import NOON


@pytest.fixture
def contract(session: Session) -> Contract:
    return agencies.running(session)


def people(session: Session, contract: Contract) -> list[tuple[int, str, str, date | None]]:
    query = select(ServedPerson).where(ServedPerson.contract_id == contract.id).order_by(ServedPerson.number)
    return [(each.number, each.label, each.stratum, each.left_on) for each in session.scalars(query)]


def test_whoever_is_there_already_is_corrected_and_comes_back(session: Session, contract: Contract) -> None:
    act, register = contracts.supplier(session, contract, NOON), make.of(contract)
    registering.keep(
        session, register, act, [Entry(1, " 张 阿婆 ", "B02"), Entry(7, "", "B03", "age:80_plus")]
    )
    assert people(session, contract) == [(1, "张 阿婆", "B02", None), (7, "", "B03", None)]
    (first, _second) = session.scalars(select(ServedPerson).order_by(ServedPerson.number))
    registering.leave(session, first, register, act)
    assert first.left_on == NOON.date()
    with pytest.raises(Conflict, match="person_left"):
        registering.leave(session, first, register, act)
    registering.keep(session, register, act, [Entry(1, "张阿婆", "B03")])
    assert people(session, contract)[0] == (1, "张阿婆", "B03", None)
    assert registering.next_number(session, contract) == 8


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(0, "", "B02"), "person_number"),
        (Entry(1_000_000, "", "B02"), "person_number"),
        (Entry(1, "", "B99"), "group_unknown"),
        (Entry(1, "", "EL-01"), "group_unknown"),
        (Entry(1, "", "B02", "age:90"), "age_band_unknown"),
        (Entry(1, "长" * 41, "B02"), "words_too_long"),
    ],
)
def test_one_wrong_person_keeps_all_out(
    session: Session, contract: Contract, entry: Entry, code: str
) -> None:
    act = contracts.supplier(session, contract, NOON)
    with pytest.raises(Invalid, match=code), session.begin_nested():
        registering.keep(session, make.of(contract), act, [Entry(2, "", "B02"), entry])
    assert people(session, contract) == []


def test_the_contractor_alone_writes(session: Session, contract: Contract) -> None:
    other = contracts.staff(session, parties.organisation(session, name="上海别家"), NOON)
    for act in (contracts.official(session, NOON), other, parties.nobody()):
        with pytest.raises(NotAllowed):
            registering.keep(session, make.of(contract), act, [Entry(1, "", "B02")])


def test_who_reads_a_register_and_who_reads_its_surveys(session: Session, contract: Contract) -> None:
    agency = agencies.agency(session, name="上海公正评估中心")
    agencies.assigned(session, contract, agency)
    both = [contracts.official(session, NOON), agencies.evaluator(session, agency)]
    supplier = contracts.supplier(session, contract, NOON)
    worker, auditor = parties.act_as(session, Role.COMMUNITY_WORKER), parties.act_as(session, Role.AUDITOR)
    for act in (*both, supplier, worker, auditor, parties.nobody()):
        assert bool(queries.register(session, contract.id, act)) == (act in {*both, supplier})
        assert bool(queries.desk(session, contract.id, act)) == (act in {*both, worker, auditor})


def test_labels_are_forgotten_after_the_last_survey_and_the_end(session: Session, contract: Contract) -> None:
    make.survey(session, contract, people=30, phase=SurveyPhase.PUBLISHED)
    last_closed = make.A_MONTH_AGO.date() + timedelta(days=14)
    ended = date(2026, 11, 30)
    assert last_closed < ended
    session.execute(update(Contract).where(Contract.id == contract.id).values(ends_on=ended, starts_on=ended))
    kept_until = start_of(ended + timedelta(days=registering.KEPT_DAYS + 1))
    before = parties.system(kept_until - timedelta(microseconds=1))
    assert registering.forget(session, before) == 0
    assert people(session, contract)[0][1] == "1号阿婆"
    assert registering.forget(session, parties.system(kept_until)) == 1
    assert {label for _number, label, *_rest in people(session, contract)} == {""}
    assert registering.forget(session, parties.system(kept_until)) == 0


def test_labels_stay_while_a_survey_waits(session: Session, contract: Contract) -> None:
    make.survey(session, contract, people=30, phase=SurveyPhase.DRAWN)
    much_later = parties.system(NOON + timedelta(days=2000))
    assert registering.forget(session, much_later) == 0


def review(session: Session, contract: Contract, *, kind: MeetingType = MeetingType.REVIEW) -> object:
    need = needs.need(session, NeedPhase.DELIBERATING)
    session.add(LotNeed(lot_id=contract.award.lot_id, need_id=need.id))
    meeting = deliberations.meeting(session, need, held=True, meeting_type=kind)
    session.flush()
    return meeting


def test_a_review_meeting_is_written_down_once(session: Session, contract: Contract) -> None:
    act = contracts.official(session, NOON)
    meeting = review(session, contract)
    review(session, contract, kind=MeetingType.HEARING)
    (found,) = reviewing.meetings(session, contract, act)
    assert found is meeting
    present = found.present or 0
    with pytest.raises(Invalid, match="opinion_counts"):
        reviewing.write_down(session, make.of(contract), act, meeting=found, opinion=Opinion(present, 1, 0))
    opinion = Opinion(present - 1, 1, 0, "请打13817654321")
    made = reviewing.write_down(session, make.of(contract), act, meeting=found, opinion=opinion)
    assert (made.voters, made.words) == (present, "请打＊＊＊")
    assert reviewing.opinions(session, contract) == [made]
    with pytest.raises(Conflict, match="meeting_not_reviewable"):
        reviewing.write_down(session, make.of(contract), act, meeting=found, opinion=opinion)


def test_the_contractor_writes_no_opinion_down(session: Session, contract: Contract) -> None:
    act = contracts.supplier(session, contract, NOON)
    review(session, contract)
    (meeting,) = reviewing.meetings(session, contract, act)
    with pytest.raises(NotAllowed):
        reviewing.write_down(session, make.of(contract), act, meeting=meeting, opinion=Opinion(1, 0, 0))
