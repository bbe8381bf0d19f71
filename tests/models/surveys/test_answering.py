"""One invitation, one answer, by whatever channel; never the contractor's; nothing leads to a person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.event import AuditEvent
from models.catalogue.taxonomy import load_taxonomy
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotAllowed
from models.migrate import upgrade
from models.parties import accounts
from models.parties.person import Person
from models.session import make_sessions, transaction
from models.surveys import answering, guessing, queries, running
from models.surveys.answer import SurveyAnswer, SurveyAnswerItem
from models.surveys.items import CODES
from models.surveys.survey import Channel, Survey, SurveyInvitation, SurveyPhase
from tests.factories import agencies, contracts, parties
from tests.factories import surveys as make
from tests.factories.parties import NOON

GOOD = dict.fromkeys(CODES, 5)
MIXED = {"quality": 5, "punctuality": 4, "manner": None, "help": 1, "again": None}


@pytest.fixture
def survey(session: Session) -> Survey:
    return make.survey(session)


def worker(session: Session) -> Act:
    return parties.act_as(session, Role.COMMUNITY_WORKER)


def first(survey: Survey) -> SurveyInvitation:
    return survey.invitations[0]


def kept(session: Session) -> SurveyAnswer:
    return session.scalars(select(SurveyAnswer)).one()


def test_a_link_gives_one_answer(session: Session, survey: Survey) -> None:
    answering.answer(session, first(survey), parties.nobody(), values=MIXED, words="多来几次。")
    found = kept(session)
    assert {item.item: item.value for item in found.items} == MIXED
    assert (found.channel, found.entered_by, found.words) == (Channel.ONLINE, None, "多来几次。")
    assert first(survey).answered_on == NOON.date()
    with pytest.raises(Conflict, match="sheet_used"):
        answering.answer(session, first(survey), parties.nobody(), values=GOOD)


@pytest.mark.parametrize("channel", [Channel.PAPER, Channel.TELEPHONE])
def test_a_sheet_on_paper_or_by_telephone_counts_the_same(
    session: Session, survey: Survey, channel: Channel
) -> None:
    by = worker(session)
    answering.enter(session, survey, by, number=1, channel=channel, values=GOOD)
    assert kept(session).entered_by == by.actor.person_id
    with pytest.raises(Conflict, match="sheet_used"):
        answering.enter(session, survey, by, number=1, channel=channel, values=GOOD)
    with pytest.raises(Conflict, match="sheet_used"):
        answering.answer(session, first(survey), parties.nobody(), values=GOOD)
    assert queries.result(session, survey).answered == 1


def test_an_answer_holds_nothing_that_leads_to_a_person(session: Session, survey: Survey) -> None:
    answering.answer(session, first(survey), parties.act_as(session, Role.HUB), values=GOOD)
    columns = set(SurveyAnswer.__table__.columns.keys())
    assert columns == {"id", "survey_id", "stratum", "channel", "entered_by", "words"}
    assert set(SurveyAnswerItem.__table__.columns.keys()) == {"answer_id", "item", "value"}
    assert {fk.column.table.name for fk in SurveyAnswer.__table__.foreign_keys} == {
        "survey",
        "taxonomy_term",
        "person",
    }
    assert not SurveyAnswer.__table__.dialect_options["sqlite"]["with_rowid"]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "survey.answer")).one()
    assert (event.subject_id, event.person_id, event.facts) == (str(survey.id), None, {})


def test_the_order_of_answers_says_nothing(session: Session, survey: Survey) -> None:
    for place, invitation in enumerate(survey.invitations):
        answering.answer(session, invitation, parties.nobody(), values=GOOD, words=f"第{place}句")
    said = [each.words for each in queries.answers_of(session, survey)]
    assert sorted(said) == sorted(f"第{place}句" for place in range(survey.size))
    assert said != [f"第{place}句" for place in range(survey.size)]
    assert [each.id for each in queries.answers_of(session, survey)] == sorted(
        each.id for each in queries.answers_of(session, survey)
    )


def test_the_contractor_answers_nothing(session: Session, survey: Survey) -> None:
    for act in (contracts.supplier(session, survey.contract, NOON), moonlighting(session, survey.contract)):
        with pytest.raises(NotAllowed, match="survey_of_own_work"):
            answering.answer(session, first(survey), act, values=GOOD)


def moonlighting(session: Session, contract: Contract) -> Act:
    """A community worker who also works for the contractor."""
    act = worker(session)
    person = session.get_one(Person, act.actor.person_id)
    accounts.give_role(
        session,
        person,
        parties.system(NOON - timedelta(days=1)),
        role=Role.ORGANISATION_STAFF,
        organisation=contract.award.bid.bid.organisation,
    )
    session.flush()
    return act


def test_the_contractor_keys_in_nothing(session: Session, survey: Survey) -> None:
    staff = contracts.supplier(session, survey.contract, NOON)
    for act, code in ((staff, "not_allowed"), (moonlighting(session, survey.contract), "survey_of_own_work")):
        with pytest.raises(NotAllowed, match=code):
            answering.enter(session, survey, act, number=1, channel=Channel.PAPER, values=GOOD)


def test_who_keys_in_works_in_the_area_or_evaluates_the_contract(session: Session, survey: Survey) -> None:
    agency = agencies.agency(session, name="上海公正评估中心")
    agencies.assigned(session, survey.contract, agency)
    session.expire(survey)
    allowed = [worker(session), contracts.official(session, NOON), agencies.evaluator(session, agency)]
    for number, act in enumerate(allowed, 1):
        answering.enter(session, survey, act, number=number, channel=Channel.PAPER, values=GOOD)
    other = agencies.agency(session, name="上海别家评估中心")
    refused = [
        parties.act_as(session, Role.COMMUNITY_WORKER, unit=parties.ELSEWHERE),
        parties.act_as(session, Role.AUDITOR),
        agencies.evaluator(session, other),
        parties.nobody(),
    ]
    for act in refused:
        with pytest.raises(NotAllowed):
            answering.enter(session, survey, act, number=9, channel=Channel.PAPER, values=GOOD)


@pytest.mark.parametrize(
    ("values", "code"), [({"price": 5}, "item_unknown"), ({"quality": 6}, "item_out_of_range")]
)
def test_nothing_else_than_five_points_is_kept(
    session: Session, survey: Survey, values: dict[str, int], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        answering.answer(session, first(survey), parties.nobody(), values=values)
    assert first(survey).answered_on is None


def test_sheets_that_do_not_exist_and_the_link_s_own_channel_are_refused(
    session: Session, survey: Survey
) -> None:
    by = worker(session)
    with pytest.raises(Invalid, match="sheet_unknown"):
        answering.enter(session, survey, by, number=99, channel=Channel.PAPER, values=GOOD)
    with pytest.raises(Invalid, match="channel_not_keyed_in"):
        answering.enter(session, survey, by, number=1, channel=Channel.ONLINE, values=GOOD)
    running.void(session, survey, contracts.official(session, NOON), number=1, words="已经搬走。")
    with pytest.raises(Conflict, match="sheet_withdrawn"):
        answering.enter(session, survey, by, number=1, channel=Channel.PAPER, values=GOOD)


def test_an_open_answer_is_masked_before_it_is_kept(session: Session, survey: Survey) -> None:
    names = f"{first(survey).person.label}和{survey.contract.workers[0].name}"
    words = f"请打13817654321找{names}"
    answering.answer(session, first(survey), parties.nobody(), values={}, words=words)
    assert kept(session).words == "请打＊＊＊找＊＊＊和＊＊＊"


def reason(invitation: SurveyInvitation, act: Act) -> str:
    with pytest.raises(Conflict) as refused:
        guessing.ensure_answerable(invitation, act)
    return refused.value.code


def test_a_link_says_why_it_takes_no_answer(session: Session) -> None:
    survey = make.survey(session, phase=SurveyPhase.DRAWN)
    nobody, official = parties.nobody(), contracts.official(session, NOON)
    used, void, open_, *_rest = survey.invitations
    assert reason(open_, nobody) == "link_too_early"
    running.open_(session, survey, official, telephone=make.TELEPHONE)
    answering.answer(session, used, nobody, values=GOOD)
    running.void(session, survey, official, number=void.number, words="已经搬走。")
    assert (reason(used, nobody), reason(void, nobody)) == ("link_used", "link_withdrawn")
    guessing.ensure_answerable(open_, nobody)
    assert survey.closes_at is not None
    assert reason(open_, parties.nobody(survey.closes_at)) == "link_expired"
    running.withdraw(session, survey, official, words="抽错了。")
    assert reason(open_, nobody) == "link_withdrawn"


def test_guessing_is_counted_by_address_and_stopped(session: Session, survey: Survey) -> None:
    token, nobody = make.token(first(survey)), parties.nobody()

    def try_(wanted: str, address: str = "10.0.0.7", act: Act = nobody) -> SurveyInvitation | None:
        return guessing.look_up(session, wanted, act, address=address)

    for place in range(guessing.MOST):
        assert try_(token) == first(survey)
        assert try_(f"guess{place}") is None
    with pytest.raises(Invalid, match="too_many_attempts"):
        try_(token)
    assert try_(token, "10.0.0.8") == first(survey)
    moment = timedelta(microseconds=1)
    with pytest.raises(Invalid, match="too_many_attempts"):
        try_(token, act=parties.nobody(NOON + guessing.WINDOW - moment))
    assert try_(token, act=parties.nobody(NOON + guessing.WINDOW)) == first(survey)


def test_two_at_once_give_one_answer(own_engine: Engine) -> None:
    """The link opened on two telephones, both sent in the same moment."""
    sessions = make_sessions(own_engine)
    upgrade(own_engine)
    with sessions() as session, transaction(session):
        load_taxonomy(session, parties.system())
        invitation_id = first(make.survey(session)).id
    start = Barrier(2)

    def send(_telephone: int) -> str:
        start.wait()
        try:
            with sessions() as session, transaction(session):
                found = session.get_one(SurveyInvitation, invitation_id)
                answering.answer(session, found, parties.nobody(), values=GOOD)
        except Conflict as refused:
            return refused.code
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == ["kept", "sheet_used"]
    with sessions() as session:
        assert len(session.scalars(select(SurveyAnswer)).all()) == 1


def test_when_it_is_closed_no_row_says_with_which_other_it_was_written(
    session: Session, survey: Survey
) -> None:
    """PostgreSQL keeps with each row the transaction that wrote it (xmin)."""
    if session.get_bind().dialect.name != "postgresql":
        pytest.skip("SQLite keeps no transaction with a row")
    for invitation in survey.invitations:
        answering.answer(session, invitation, parties.nobody(), values=GOOD)
        session.commit()
    written = text("SELECT DISTINCT xmin::text FROM survey_answer")
    used = text("SELECT DISTINCT xmin::text FROM survey_invitation")
    assert len(session.scalars(written).all()) == survey.size
    running.close(session, survey, contracts.official(session, NOON))
    session.commit()
    assert session.scalars(written).all() == session.scalars(used).all()
