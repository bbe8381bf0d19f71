"""Records from the database: what counts, from which instant on, and what it comes to."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.contracts.challenge import Challenge, ChallengeStage
from models.contracts.contract import ContractMilestone
from models.evaluations.evaluation import Evaluation
from models.evaluations.rescore import Rescore, RescoreOrigin
from models.evaluations.sheet import EvaluationVeto
from models.ratings.rating import Side
from models.records.book import book, morning_of
from models.records.outcome import Outcome, Waiting
from models.records.queries import record_page
from models.records.reading import outcomes
from models.rectifications import deciding
from models.scoring.composition import ACCEPTANCE, EVALUATION, RATING
from models.scoring.grades import Grade
from tests.factories import parties, ratings, records, rectifications
from tests.factories.parties import NOON

# Published on Thursday 1 October 2026 at noon in Shanghai; the week of the National Day is off until the 8th
# and the 10th is worked: the 7th working day is Thursday 15 October.
PUBLISHED = datetime(2026, 10, 1, 4, tzinfo=UTC)
COUNTS_FROM = datetime(2026, 10, 15, 16, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def the(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Outcome:
    (found,) = [each for each in outcomes(session, morning_of(at)) if each.evaluation_id == evaluation.id]
    return found


def counted(session: Session, evaluation: Evaluation, at: datetime = NOON) -> int:
    known = book(session, at).records.get((str(evaluation.organisation_id), "EL-01"))
    return len(known.lines) if known else 0


def test_a_result_counts_once_the_window_to_object_is_over(session: Session) -> None:
    """R58: seven working days; the day itself is in it whole."""
    made = records.delivered(session, at=PUBLISHED)
    assert counted(session, made, COUNTS_FROM - MOMENT) == 0
    assert the(session, made, COUNTS_FROM - MOMENT).waits == {Waiting.WINDOW}
    assert counted(session, made, COUNTS_FROM) == 1
    assert the(session, made, COUNTS_FROM).waits == set()


def test_a_result_nobody_has_published_is_no_record(session: Session) -> None:
    made = rectifications.final(session, at=records.SETTLED)
    assert made.finalised_at is not None
    assert outcomes(session, NOON) == []


def test_a_result_waits_until_the_appeal_is_decided_and_counts_from_the_day_after(session: Session) -> None:
    made = records.delivered(session)
    decided = rectifications.consequence(session, made, at=NOON)
    appealed = NOON + timedelta(days=1)
    deciding.appeal(session, decided, rectifications.staff(session, made, appealed), words="事实不清。")
    session.flush()
    assert counted(session, made, appealed) == 1  # that morning it was not appealed
    next_day = appealed + timedelta(days=1)
    assert the(session, made, next_day).waits == {Waiting.APPEAL}
    assert counted(session, made, next_day) == 0
    act = parties.act_as(session, Role.DISTRICT_OFFICIAL, at=next_day)
    deciding.review(session, decided, act, lifted=False, words="维持原决定。")
    session.flush()
    assert counted(session, made, next_day) == 0
    assert counted(session, made, next_day + timedelta(days=1)) == 1


def rescore(session: Session, evaluation: Evaluation, **values: object) -> None:
    session.add(Rescore(evaluation_id=evaluation.id, ordered_at=records.SETTLED, origin=RescoreOrigin.DRAWN))
    session.flush()
    session.execute(update(Rescore).values(assignment_id=evaluation.assignment_id, **values))


@pytest.mark.parametrize(
    ("gap", "score", "waits"), [(None, None, True), ("10.00", "76.50", False), ("10.01", "76.49", True)]
)
def test_a_result_waits_for_its_second_sheet_and_for_the_review_of_a_gap_over_ten_points(
    session: Session, gap: str | None, score: str | None, waits: bool
) -> None:
    made = records.delivered(session)
    if gap and score:
        submitted = {"submitted_at": records.SETTLED, "gap": Decimal(gap), "score": Decimal(score)}
        rescore(session, made, **submitted)
    else:
        rescore(session, made)
    assert (the(session, made).waits == {Waiting.RESCORE}) is waits


def challenge(session: Session, evaluation: Evaluation) -> None:
    lot = evaluation.contract.award.lot
    made = Challenge(
        reference="ZY-T-1",
        tender=lot.tender,
        lot=lot,
        organisation=parties.organisation(session),
        stage=ChallengeStage.RESULT,
        points="评分有误。",
        remedy="请复核。",
        reply="答复。",
        filed_at=records.SETTLED,
    )
    session.add(made)
    session.flush()


def test_a_challenge_of_the_result_holds_it_back_and_once_upheld_costs_five_points(session: Session) -> None:
    made = records.delivered(session)
    before = the(session, made).composed.points
    challenge(session, made)
    assert the(session, made).waits == {Waiting.CHALLENGE}
    session.execute(update(Challenge).values(upheld_at=records.SETTLED))
    found = the(session, made)
    assert found.counts
    assert found.composed.points == before - 5


def test_acceptance_counts_the_share_of_the_price_that_was_due_and_accepted(session: Session) -> None:
    """R10. What is not due yet says nothing."""
    made = records.delivered(session)
    assert [name for name, _, _ in the(session, made).composed.parts] == [EVALUATION]
    first, *others = made.contract.milestones
    due = (NOON - timedelta(days=10)).date()
    session.execute(
        update(ContractMilestone)
        .where(ContractMilestone.id == first.id)
        .values(due_on=due, reported_at=records.SETTLED, accepted_at=records.SETTLED, users_asked=9)
    )
    assert others
    parts = {name: points for name, points, _ in the(session, made).composed.parts}
    assert parts[ACCEPTANCE] == 100
    session.execute(update(ContractMilestone).where(ContractMilestone.id == others[0].id).values(due_on=due))
    parts = {name: points for name, points, _ in the(session, made).composed.parts}
    whole = first.percent + others[0].percent
    assert parts[ACCEPTANCE] == pytest.approx(100 * float(first.percent / whole))


def test_ratings_count_from_the_morning_after_they_are_released(session: Session) -> None:
    made = records.delivered(session)
    ratings.rating(session, made.contract, Side.PURCHASER, Side.ORGANISATION, at=NOON, points=4)
    session.flush()
    released = NOON + timedelta(days=14)
    assert RATING not in {name for name, _, _ in the(session, made, released).composed.parts}
    parts = {
        name: points for name, points, _ in the(session, made, released + timedelta(days=1)).composed.parts
    }
    assert parts[RATING] == 75


def test_a_veto_counts_as_nothing_delivered(session: Session) -> None:
    made = records.delivered(session, score="92.00")
    session.add(EvaluationVeto(evaluation_id=made.id, code="V1", words="台账造假。", made_at=records.SETTLED))
    session.flush()
    assert the(session, made).composed.points == 92  # a second sheet without a veto stands
    session.execute(update(Evaluation).values(grade=Grade.FAIL))
    assert the(session, made).composed.points == 0
    known = book(session, NOON).records[str(made.organisation_id), "EL-01"]
    assert known.lines[0].counted == known.spread.mean - 15


def test_a_contract_counts_in_every_service_code_of_its_needs(session: Session) -> None:
    made = records.delivered(session, codes=("EL-01", "DM-01"))
    assert {mark.code for mark in the(session, made).marks} == {"EL-01", "DM-01"}
    keys = {
        code
        for organisation, code in book(session, NOON).records
        if organisation == str(made.organisation_id)
    }
    assert keys == {"EL-01", "DM-01"}


def test_only_those_it_concerns_see_what_does_not_count_yet(session: Session) -> None:
    made = records.delivered(session, at=NOON - timedelta(days=1))
    organisation = made.contract.award.bid.bid.organisation

    def pending(act: Act) -> int:
        page = record_page(session, organisation, act)
        assert page.records == []
        return len(page.pending)

    assert pending(parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation)) == 1
    assert pending(parties.act_as(session, Role.STREET_OFFICIAL)) == 1
    assert pending(parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET)) == 0
    assert pending(parties.nobody()) == 0
    stranger = parties.organisation(session, name="上海旁观服务中心")
    assert pending(parties.act_as(session, Role.ORGANISATION_STAFF, organisation=stranger)) == 0
