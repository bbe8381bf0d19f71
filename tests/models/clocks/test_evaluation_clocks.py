"""Everybody is reminded once of what an evaluation waits for: at the instant the clock says, not before."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies import suspending
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment
from models.calendar.clocks import start_of
from models.clocks.reminding import remind
from models.contracts.contract import Contract
from models.evaluations import answering
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.outbox import Message
from models.ratings.rating import Side
from models.ratings.releasing import BLIND_FOR
from models.rulebook.stages import Stage
from models.session import WRITES
from models.surveys.survey import Survey, SurveyInvitation
from tests.factories import agencies, contracts, evaluations, parties, ratings, rectifications, surveys
from tests.factories.parties import NEIGHBOURHOOD, NEXT_DOOR, NOON, OTHER_STREET

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 19)
"""A stage that somebody set from a Monday to a Friday; 12 March is five working days before its end."""


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[tuple[Connection, UUID]]:
    """The connection in whose transaction a contract in force stands, with an agency, and its id."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            made = agencies.running(session)
            agencies.assigned(session, made)
            session.commit()
            contract_id = made.id
        yield connection, contract_id
        outer.rollback()


@pytest.fixture
def connection(built: tuple[Connection, UUID]) -> Iterator[Connection]:
    """The connection, in a savepoint of this test."""
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def contract(session: Session, built: tuple[Connection, UUID]) -> Contract:
    return session.get_one(Contract, built[1])


@pytest.fixture
def official(session: Session, contract: Contract) -> Act:
    return contracts.official(session)


def evaluation(
    session: Session, contract: Contract, phase: EvaluationPhase = EvaluationPhase.PLANNED
) -> Evaluation:
    """A mid-term of that time, or one that came into its phase at NOON."""
    made = evaluations.evaluation(session, Stage.MIDTERM, phase, contract=contract, at=NOON)
    made.due_from, made.due_until = FIRST, LAST
    session.flush()
    session.refresh(made)
    return made


def times(session: Session, kind: str, who: Act, *moments: datetime) -> int:
    """How many messages of a kind somebody has after rounds at some moments."""
    for moment in moments:
        remind(session, parties.system(moment))
        session.flush()
    mine = (Message.person_id == who.actor.person_id, Message.kind == kind)
    return len(session.scalars(select(Message).where(*mine)).all())


def once(session: Session, kind: str, who: Act, opens: datetime) -> None:
    """Nothing the instant before; one message then, and no second one later."""
    assert times(session, kind, who, opens - TICK) == 0
    assert times(session, kind, who, opens, opens + TICK, opens + 3 * DAY) == 1


def test_a_stage_is_due_five_working_days_before_its_end(session: Session, contract: Contract) -> None:
    made = evaluation(session, contract, EvaluationPhase.STARTED)
    who = evaluations.evaluator(session, made)
    once(session, "evaluation_due", who, start_of(date(2027, 3, 12)))
    assert times(session, "evaluation_due", evaluations.supplier(session, made), start_of(LAST)) == 0


def test_a_short_stage_is_not_due_before_it_begins(session: Session, contract: Contract) -> None:
    made = evaluation(session, contract)
    made.due_from = LAST
    session.flush()
    once(session, "evaluation_due", evaluations.evaluator(session, made), start_of(LAST))


def test_days_that_were_moved_are_new_days(session: Session, contract: Contract) -> None:
    made = evaluation(session, contract)
    who = evaluations.evaluator(session, made)
    assert times(session, "evaluation_due", who, start_of(LAST)) == 1
    made.due_until = LAST + 30 * DAY
    session.flush()
    assert times(session, "evaluation_due", who, start_of(LAST + DAY)) == 1
    assert times(session, "evaluation_due", who, start_of(LAST + 30 * DAY)) == 2


def test_an_overdue_stage_goes_up_to_officials_and_auditors(
    session: Session, contract: Contract, official: Act
) -> None:
    evaluation(session, contract)
    above = [official, parties.act_as(session, Role.AUDITOR), agencies.registrar(session)]
    elsewhere = contracts.official(session, unit=OTHER_STREET)
    for who in above:
        assert times(session, "evaluation_overdue", who, start_of(LAST + DAY) - TICK) == 0
    for who in above:
        assert times(session, "evaluation_overdue", who, start_of(LAST + DAY), start_of(LAST + 9 * DAY)) == 1
    assert times(session, "evaluation_overdue", elsewhere) == 0


@pytest.mark.parametrize("phase", [EvaluationPhase.DRAFTED, EvaluationPhase.CANCELLED])
def test_what_was_handed_over_or_cancelled_is_not_due(
    session: Session, contract: Contract, official: Act, phase: EvaluationPhase
) -> None:
    made = evaluation(session, contract, phase)
    who = evaluations.evaluator(session, made)
    assert times(session, "evaluation_due", who, start_of(LAST + DAY)) == 0
    assert times(session, "evaluation_overdue", official) == 0


def test_a_stage_without_an_agency_is_told_to_the_purchaser_when_it_begins(
    session: Session, contract: Contract, official: Act
) -> None:
    made = evaluation(session, contract)
    session.execute(update(Assignment).values(declared_at=None))
    session.expire(made)
    once(session, "evaluation_undrawn", official, start_of(FIRST))


def test_the_answer_is_due_on_the_last_day_but_one(session: Session, contract: Contract) -> None:
    """It may be answered to the end of Friday, 27 November; on the Thursday before it is told."""
    made = evaluation(session, contract, EvaluationPhase.DRAFTED)
    made.answer_ends_at = start_of(date(2026, 11, 28))
    session.flush()
    who, agency = evaluations.supplier(session, made), evaluations.evaluator(session, made)
    assert times(session, "answer_due", who, start_of(date(2026, 11, 26)) - TICK) == 0
    assert times(session, "answer_due", who, start_of(date(2026, 11, 26)), made.answer_ends_at - TICK) == 1
    assert times(session, "answer_over", agency) == 0
    assert times(session, "answer_over", agency, made.answer_ends_at, made.answer_ends_at + DAY) == 1
    assert times(session, "answer_due", who) == 1


def test_who_has_answered_is_not_reminded(session: Session, contract: Contract) -> None:
    made = evaluation(session, contract, EvaluationPhase.DRAFTED)
    who, agency = evaluations.supplier(session, made), evaluations.evaluator(session, made)
    answering.answer(session, made, who, words={}, done=True)
    ends = made.answer_ends_at
    assert ends is not None
    assert times(session, "answer_due", who, ends - TICK, ends) == 0
    assert times(session, "answer_over", agency) == 0


def test_a_second_sheet_is_waited_for_five_working_days(session: Session) -> None:
    """Ordered the day before NOON, a Thursday: the fifth working day is the next Thursday."""
    made = evaluations.second_row(session)
    assert made.assignment is not None
    who = agencies.evaluator(session, made.assignment.agency)
    first = evaluations.evaluator(session, made.evaluation)
    once(session, "rescore_waits", who, start_of(date(2026, 11, 27)))
    assert times(session, "rescore_waits", first) == 0


def poll(session: Session, contract: Contract) -> Survey:
    """A survey of 30 people that closes at the end of Friday, 4 December."""
    return surveys.survey(session, contract, people=30)


def test_a_survey_that_closes_with_few_answers_is_told_to_who_can_extend_it(
    session: Session, contract: Contract, official: Act
) -> None:
    made = poll(session, contract)
    assert made.closes_at == start_of(date(2026, 12, 5))
    agency = agencies.evaluator(session, session.get_one(Agency, made.agency_id))
    once(session, "survey_closes", official, start_of(date(2026, 12, 1)))
    assert times(session, "survey_closes", agency) == 1
    assert times(session, "survey_closes", contracts.supplier(session, contract)) == 0
    (message,) = session.scalars(
        select(Message).where(Message.kind == "survey_closes", Message.person_id == official.actor.person_id)
    )
    assert (message.facts["answered"], message.facts["size"]) == ("0", "30")


@pytest.mark.parametrize(("answers", "told"), [(19, 1), (20, 0)])
def test_twenty_answers_are_enough(
    session: Session, contract: Contract, official: Act, answers: int, told: int
) -> None:
    made = poll(session, contract)
    ids = [each.id for each in made.invitations[:answers]]
    given = update(SurveyInvitation).where(SurveyInvitation.id.in_(ids))
    session.execute(given.values(answered_on=NOON.date()))
    assert times(session, "survey_closes", official, start_of(date(2026, 12, 4))) == told


def test_an_appeal_is_told_at_once_to_who_may_decide_it(session: Session, contract: Contract) -> None:
    agency = session.get_one(Agency, session.scalars(select(Assignment.agency_id)).one())
    maker, other = agencies.registrar(session), agencies.registrar(session)
    made = agencies.suspended(session, agency, by=maker)
    assert times(session, "suspension_appeal_waits", other, NOON) == 0
    suspending.appeal(session, made, agencies.evaluator(session, agency), words="差距来自抽样不同。")
    assert times(session, "suspension_appeal_waits", other, NOON, NOON + DAY) == 1
    assert times(session, "suspension_appeal_waits", maker) == 0


STEPS = [
    # issued on Friday, 20 November: a plan by 4 December
    ("", "plan_due", date(2026, 12, 2)),
    # planned on the 21st, to be done in ten days
    ("p", "mending_due", date(2026, 11, 27)),
    # done on the 22nd: looked at again within 30 days, by 22 December
    ("pd", "recheck_due", date(2026, 12, 15)),
    # failed on the 23rd: a second plan by 7 December
    ("pdf", "plan_due", date(2026, 12, 3)),
    # planned again on the 24th, to be done by 4 December
    ("pdfp", "mending_due", date(2026, 12, 2)),
    # done again on the 25th: looked at by 25 December
    ("pdfpd", "recheck_due", date(2026, 12, 18)),
]


@pytest.mark.parametrize(("steps", "kind", "opens"), STEPS, ids=[each[0] or "-" for each in STEPS])
def test_every_step_after_a_report_is_told_to_whose_it_is(
    session: Session, contract: Contract, steps: str, kind: str, opens: date
) -> None:
    final = rectifications.final(session, contract)
    made = rectifications.until(session, rectifications.issued(session, final), steps)
    assert made.agency_id is not None
    staff = evaluations.supplier(session, final)
    agency = evaluations.evaluator(session, final)
    who, other = (agency, staff) if kind == "recheck_due" else (staff, agency)
    once(session, kind, who, start_of(opens))
    assert times(session, kind, other) == 0


def test_findings_are_due_one_working_day_before_the_fifth(session: Session, contract: Contract) -> None:
    final = rectifications.final(session, contract)
    once(session, "findings_due", evaluations.evaluator(session, final), start_of(date(2026, 11, 26)))


def test_findings_that_were_issued_are_not_due(session: Session, contract: Contract) -> None:
    final = rectifications.final(session, contract)
    rectifications.issued(session, final)
    assert times(session, "findings_due", evaluations.evaluator(session, final), NOON + 20 * DAY) == 0


def test_the_sides_hear_once_that_they_may_rate(session: Session, contract: Contract, official: Act) -> None:
    rectifications.final(session, contract)
    worker, next_door = (
        parties.act_as(session, Role.COMMUNITY_WORKER, unit=unit) for unit in (NEIGHBOURHOOD, NEXT_DOOR)
    )
    for who in (contracts.supplier(session, contract), official, worker):
        assert times(session, "rating_open", who, NOON - TICK) == 0
    for who in (contracts.supplier(session, contract), official, worker):
        assert times(session, "rating_open", who, NOON, NOON + DAY) == 1
    assert times(session, "rating_open", next_door) == 0


def test_nobody_is_sent_to_rate_what_may_be_closed(
    session: Session, contract: Contract, official: Act
) -> None:
    rectifications.final(session, contract)
    assert times(session, "rating_open", official, NOON + BLIND_FOR) == 0
    assert times(session, "rating_open", official, NOON + BLIND_FOR - TICK) == 1


def test_whoever_has_rated_everybody_is_not_reminded_and_others_hear_the_same(
    session: Session, contract: Contract, official: Act
) -> None:
    rectifications.final(session, contract)
    staff = contracts.supplier(session, contract)
    for about in (Side.COMMUNITY, Side.PURCHASER):
        ratings.rating(session, contract, Side.ORGANISATION, about)
    assert times(session, "rating_open", staff, NOON) == 1  # the agency is left
    ratings.rating(session, contract, Side.PURCHASER, Side.ORGANISATION)
    ratings.rating(session, contract, Side.PURCHASER, Side.AGENCY)
    late = contracts.official(session)
    assert times(session, "rating_open", late, NOON + DAY) == 0
    assert times(session, "rating_open", official) == 1
