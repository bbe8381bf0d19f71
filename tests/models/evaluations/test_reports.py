"""From the draft to the published result: the answer period, replies, what is computed again."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations import answering, marking, reporting
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import report_of, score_of, standing_report
from models.evaluations.lifecycle import phase_at, phase_sql
from models.evaluations.marking import Given, Sent
from models.evaluations.page import evaluation_page
from models.evaluations.sheet import ReportKind
from models.outbox import Message
from models.rulebook.stages import Stage
from models.scoring.score import evaluate, two
from models.surveys.survey import SurveyPhase
from tests.factories import agencies, evaluations, parties, surveys
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)
BEFORE_SPRING_FESTIVAL = datetime(2026, 2, 12, 2, 0, tzinfo=UTC)  # Thursday; 15 to 23 February are off
PERIOD_OVER = datetime(2026, 2, 26, 16, 0, tzinfo=UTC)  # 27 February begins in Shanghai
SUMMARY = "服务按约定完成。"


def test_a_draft_is_answered_within_five_working_days_across_spring_festival(session: Session) -> None:
    """13, 14 (a Saturday on which people work), 24, 25 and 26 February (R37)."""
    made = evaluations.drafted(session, at=BEFORE_SPRING_FESTIVAL)
    assert made.answer_ends_at == PERIOD_OVER
    assert reporting.answer_until(BEFORE_SPRING_FESTIVAL).day == date(2026, 2, 26)
    act = evaluations.evaluator(session, made, PERIOD_OVER - MOMENT)
    with pytest.raises(Conflict, match="answer_period_runs") as refused:
        reporting.finalise(session, made, act, summary=SUMMARY)
    assert refused.value.facts["until"] == date(2026, 2, 26)
    reporting.finalise(session, made, agencies.later(act, PERIOD_OVER), summary=SUMMARY)
    assert phase_at(made, PERIOD_OVER) is EvaluationPhase.FINAL


def test_the_contractor_can_answer_until_the_last_instant_and_not_after(session: Session) -> None:
    made = evaluations.drafted(session, at=BEFORE_SPRING_FESTIVAL)
    act = evaluations.supplier(session, made, PERIOD_OVER - MOMENT)
    answering.answer(session, made, act, words={"E1.1": "需求编号没有变。"})
    late = agencies.later(act, PERIOD_OVER)
    with pytest.raises(Conflict, match="answer_period_over"):
        answering.answer(session, made, late, words={"E1.3": "有变更记录。"})
    assert set(answering.answers_of(session, made)) == {"E1.1"}


def test_python_and_sql_say_the_same_phase_around_the_end_of_the_period(session: Session) -> None:
    made = evaluations.drafted(session, at=BEFORE_SPRING_FESTIVAL)
    for at in (BEFORE_SPRING_FESTIVAL, PERIOD_OVER - MOMENT, PERIOD_OVER):
        said = session.scalar(select(phase_sql(at)).where(Evaluation.id == made.id))
        assert said == phase_at(made, at).value


def test_a_contractor_with_nothing_to_add_may_say_so_earlier(session: Session) -> None:
    made = evaluations.drafted(session)
    act = evaluations.supplier(session, made)
    answering.answer(session, made, act, words={}, done=True)
    assert phase_at(made, NOON) is EvaluationPhase.ANSWERED
    with pytest.raises(Conflict, match="answer_period_over"):
        answering.answer(session, made, act, words={"E1.1": "补充。"})
    reporting.finalise(session, made, evaluations.evaluator(session, made), summary=SUMMARY)
    assert (made.score, made.grade) == (
        Decimal("83.00"),
        "good",
    )  # 100 less 12 and 5 of no survey, no meeting


def test_nothing_is_published_before_it_is_final(session: Session) -> None:
    by = evaluations.official(session)
    drafted = evaluations.drafted(session)
    with pytest.raises(Conflict, match="wrong_phase"):
        reporting.publish(session, drafted, by)
    final = evaluations.finalised(session)
    assert not final.is_public
    with pytest.raises(NotAllowed):
        reporting.publish(session, final, evaluations.evaluator(session, final))
    reporting.publish(session, final, by)
    assert final.is_public


def test_every_answer_is_replied_to_and_the_points_before_and_after_are_kept(session: Session) -> None:
    made = evaluations.drafted(session, E1_1=Given(points=Decimal(2)), E4_1=Given(missing="没有看到专账。"))
    supplier = evaluations.supplier(session, made)
    said = {"E1.1": "需求编号仍有效，见附件。", "E4.1": "专账在财务室。", "E3.1": "调查时间太短。"}
    answering.answer(session, made, supplier, words=said, done=True)
    act = evaluations.evaluator(session, made)
    answers = answering.answers_of(session, made)
    with pytest.raises(Conflict, match="answers_unreplied"):
        reporting.finalise(session, made, act, summary=SUMMARY)
    answering.reply(
        session, answers["E1.1"], act, words="核对无误，改分。", given=Given(points=Decimal("3.5"))
    )
    answering.reply(
        session, answers["E4.1"], act, words="仍未见账本。", given=Given(missing="没有看到专账。")
    )
    with pytest.raises(Invalid, match="mark_is_counted"):
        answering.reply(session, answers["E3.1"], act, words="改。", given=Given(points=Decimal(12)))
    answering.reply(session, answers["E3.1"], act, words="调查由平台进行，不调整。")
    kept = {code: (each.points_before, each.points_after) for code, each in answers.items()}
    assert kept == {
        "E1.1": (Decimal("2.00"), Decimal("3.50")),
        "E4.1": (Decimal("0.00"), Decimal("0.00")),
        "E3.1": (Decimal("0.00"), Decimal("0.00")),
    }
    report = reporting.finalise(session, made, act, summary=SUMMARY)
    draft = report_of(session, made, ReportKind.DRAFT)
    assert draft is not None
    assert two(score_of(report).total) - two(score_of(draft).total) == Decimal("1.50")
    with pytest.raises(Conflict, match="evaluation_sheet_closed"):
        answering.reply(session, answers["E1.1"], act, words="再改。", given=Given(points=Decimal(4)))


def test_points_above_the_maximum_are_refused_in_a_reply_too(session: Session) -> None:
    made = evaluations.drafted(session)
    supplier = evaluations.supplier(session, made)
    answering.answer(session, made, supplier, words={"E1.1": "应得更多。"})
    (answer,) = answering.answers_of(session, made).values()
    act = evaluations.evaluator(session, made)
    with pytest.raises(Conflict, match="answer_still_open"):
        answering.reply(session, answer, act, words="同意。")
    answering.answer(session, made, supplier, words={}, done=True)
    with pytest.raises(Invalid, match="mark_above_maximum"):
        answering.reply(session, answer, act, words="同意。", given=Given(points=Decimal(5)))


def test_an_answer_can_be_changed_and_taken_back_until_the_end(session: Session) -> None:
    made = evaluations.drafted(session)
    act = evaluations.supplier(session, made)
    answering.answer(session, made, act, words={"E1.1": "一", "E1.3": "二"})
    answering.answer(session, made, act, words={"E1.1": "三", "E1.3": " "})
    assert {code: each.words for code, each in answering.answers_of(session, made).items()} == {"E1.1": "三"}
    with pytest.raises(Invalid, match="mark_item_unknown"):
        answering.answer(session, made, act, words={"E9.9": "？"})


def test_only_the_contractor_answers(session: Session) -> None:
    made = evaluations.drafted(session)
    stranger = parties.act_as(
        session, parties.Role.ORGANISATION_STAFF, organisation=parties.organisation(session)
    )
    for act in (stranger, evaluations.official(session), evaluations.evaluator(session, made)):
        with pytest.raises((NotAllowed, NotFound)):
            answering.answer(session, made, act, words={"E1.1": "插话。"})


def test_publishing_shows_the_survey_too_and_tells_both_sides(session: Session) -> None:
    made = evaluations.filled(session)
    survey = surveys.survey(session, made.contract, answers=25, phase=SurveyPhase.CLOSED)
    act = evaluations.evaluator(session, made)
    reporting.draft(session, made, act, summary=SUMMARY)
    supplier = evaluations.supplier(session, made)
    answering.answer(session, made, supplier, words={}, done=True)
    reporting.finalise(session, made, act, summary=SUMMARY)
    reporting.publish(session, made, evaluations.official(session))
    assert survey.published_at == NOON
    told = session.scalars(select(Message.kind).where(Message.person_id == supplier.actor.person_id)).all()
    assert {"evaluation_final", "evaluation_published"} <= set(told)


def test_a_mid_term_has_a_score_and_no_grade(session: Session) -> None:
    made = evaluations.filled(session, evaluations.started(session, Stage.MIDTERM))
    act = evaluations.evaluator(session, made)
    reporting.draft(session, made, act, summary=SUMMARY)
    answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    reporting.finalise(session, made, act, summary=SUMMARY)
    assert (made.score, made.grade) == (Decimal("68.00"), None)


def test_a_veto_fails_a_final_and_leaves_its_score(session: Session) -> None:
    made = evaluations.filled(session)
    act = evaluations.evaluator(session, made)
    marking.veto(session, made, act, code="subcontracting", words="整体交给另一家机构做。")
    reporting.draft(session, made, act, summary=SUMMARY)
    answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    reporting.finalise(session, made, act, summary=SUMMARY)
    assert (made.score, made.grade) == (Decimal("83.00"), "fail")


def test_a_veto_can_be_lifted_and_not_found_after_the_contractor_has_answered(session: Session) -> None:
    made = evaluations.filled(session)
    act = evaluations.evaluator(session, made)
    marking.veto(session, made, act, code="false_data", words="签到表为后补。")
    reporting.draft(session, made, act, summary=SUMMARY)
    with pytest.raises(Conflict, match="evaluation_sheet_closed"):
        marking.veto(session, made, act, code="false_data", words="")
    answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    with pytest.raises(Conflict, match="evaluation_sheet_closed"):
        marking.veto(session, made, act, code="subcontracting", words="整体转包。")
    marking.veto(session, made, act, code="false_data", words="")
    reporting.finalise(session, made, act, summary=SUMMARY)
    assert made.grade == "good"


def test_an_agency_that_stood_aside_is_followed_by_the_one_drawn_instead(session: Session) -> None:
    made = evaluations.started(session)
    first = made.assignment
    by = evaluations.official(session)
    with pytest.raises(Conflict, match="evaluation_not_drawn"):
        reporting.reassign(session, made, by)
    assert first is not None
    first.recused_at, first.recused_words = NOON - MOMENT, "新发现有业务往来。"
    session.flush()
    next_one = agencies.agency(session)
    second = agencies.Assignment(
        draw=first.draw,
        contract=made.contract,
        agency=next_one,
        kind=first.kind,
        position=1,
        drawn_at=NOON - MOMENT,
        declared_at=NOON - MOMENT,
    )
    session.add(second)
    session.flush()
    assert evaluation_page(session, made, by).may_reassign
    reporting.reassign(session, made, by)
    session.refresh(made)
    assert made.agency_id == next_one.organisation_id


def test_before_the_draft_nobody_but_the_agency_sees_a_report(session: Session) -> None:
    made = evaluations.filled(session)
    page = evaluation_page(session, made, evaluations.official(session))
    assert (page.score, page.evidence) == (None, [])
    assert evaluation_page(session, made, evaluations.evaluator(session, made)).evidence != []


FIGURES = st.one_of(
    st.builds(Given, points=st.decimals(0, 2, places=2)),
    st.builds(Given, missing=st.just("没有材料。")),
    st.just(Given()),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["E1.1", "E1.3", "E2.1", "E4.2", "E6.1"]), FIGURES))
def test_the_downloaded_file_gives_the_same_digits(session: Session, changed: dict[str, Given]) -> None:
    """The report's own answer, its score, and `duijie evaluate` on what the button downloads."""
    with session.begin_nested() as undo:
        made = evaluations.started(session)
        act = evaluations.evaluator(session, made)
        evaluations.proved(session, made, act)
        marks = evaluations.best(made) | changed
        marking.save(session, made, act, given=marks, sent=Sent(0))
        reporting.draft(session, made, act, summary=SUMMARY)
        answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
        reporting.finalise(session, made, act, summary=SUMMARY)
        report = standing_report(session, made)
        assert report is not None
        out = evaluate(report.question.encode())
        assert out.decode() == report.answer
        assert json.loads(out)["total"] == str(made.score)
        assert json.loads(out)["grade"] == made.grade
        undo.rollback()


def test_reports_are_kept_apart(session: Session) -> None:
    made = evaluations.finalised(session)
    kinds = select(func.count()).select_from(reporting.EvaluationReport)
    assert session.scalar(kinds.where(reporting.EvaluationReport.evaluation_id == made.id)) == 2
