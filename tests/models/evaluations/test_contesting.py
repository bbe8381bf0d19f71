"""A veto is contested within the five working days (R37), and nothing is final before each has its reply."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations import answering, contesting, marking, reporting, rescoring
from models.evaluations.contesting import contests_of
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import report_of, score_of
from models.evaluations.marking import Given, Sent
from models.evaluations.rescore import ScoreStanding
from models.evaluations.sheet import ReportKind
from tests.factories import agencies, evaluations

MOMENT = timedelta(microseconds=1)
SUMMARY = "服务按约定完成。"


def vetoed(session: Session) -> Evaluation:
    """A draft with a veto and the best marks."""
    made = evaluations.filled(session)
    act = evaluations.evaluator(session, made)
    marking.veto(session, made, act, code="false_data", words="签到表为后补。")
    reporting.draft(session, made, act, summary=SUMMARY)
    return made


def contested(session: Session) -> Evaluation:
    """The same, and the contractor has said all it has to say."""
    made, said = vetoed(session), {"false_data": "签到由志愿者代签，有录像。"}
    act = evaluations.supplier(session, made)
    answering.answer(session, made, act, words={}, vetoes=said, done=True)
    return made


def test_r37_a_veto_is_contested_until_the_last_instant_and_not_after(session: Session) -> None:
    made = vetoed(session)
    ends = made.answer_ends_at
    assert ends is not None
    act = evaluations.supplier(session, made, ends - MOMENT)
    said = {"false_data": "不是后补。"}
    answering.answer(session, made, act, words={}, vetoes=said)
    with pytest.raises(Conflict, match="answer_period_over"):
        answering.answer(session, made, agencies.later(act, ends), words={}, vetoes=said)
    assert contests_of(session, made)["false_data"].veto_words == "签到表为后补。"


def test_only_a_veto_of_the_draft_is_contested_and_only_by_the_contractor(session: Session) -> None:
    made = vetoed(session)
    with pytest.raises(Invalid, match="veto_unknown"):
        contesting.contest(
            session, made, evaluations.supplier(session, made), code="subcontracting", words="没有。"
        )
    with pytest.raises(NotAllowed):
        contesting.contest(
            session, made, evaluations.evaluator(session, made), code="false_data", words="没有。"
        )


def test_what_was_said_of_a_veto_can_be_changed_and_taken_back(session: Session) -> None:
    made = vetoed(session)
    act = evaluations.supplier(session, made)
    for words in ("一", "二"):
        contesting.contest(session, made, act, code="false_data", words=words)
        assert contests_of(session, made)["false_data"].words == words
    contesting.contest(session, made, act, code="false_data", words=" ")
    assert contests_of(session, made) == {}


def test_nothing_is_final_before_a_contested_veto_has_its_reply(session: Session) -> None:
    made = contested(session)
    act = evaluations.evaluator(session, made)
    answer = contests_of(session, made)["false_data"]
    with pytest.raises(Conflict, match="answers_unreplied"):
        reporting.finalise(session, made, act, summary=SUMMARY)
    with pytest.raises(Conflict, match="veto_contested"):
        marking.veto(session, made, act, code="false_data", words="")
    with pytest.raises(Invalid, match="words_missing"):
        contesting.reply(session, answer, act, upheld=True, words=" ")
    session.refresh(answer)
    contesting.reply(session, answer, act, upheld=True, words="录像里没有这些人。")
    reporting.finalise(session, made, act, summary=SUMMARY)
    assert (made.score, made.grade) == (Decimal("83.00"), "fail")


def test_a_withdrawn_veto_gives_the_grade_of_the_score(session: Session) -> None:
    made = contested(session)
    act = evaluations.evaluator(session, made)
    answer = contests_of(session, made)["false_data"]
    for upheld in (False, True, False):  # until the report is final the reply can be changed
        contesting.reply(session, answer, act, upheld=upheld, words="看了录像。")
        assert ("false_data" in marking.vetoes_of(session, made)) is upheld
    reporting.finalise(session, made, act, summary=SUMMARY)
    assert (made.score, made.grade) == (Decimal("83.00"), "good")
    with pytest.raises(Conflict, match="evaluation_sheet_closed"):
        contesting.reply(session, answer, act, upheld=True, words="改回去。")


def test_a_veto_is_replied_to_by_its_agency_when_the_contractor_has_answered(session: Session) -> None:
    made = vetoed(session)
    act = evaluations.supplier(session, made)
    contesting.contest(session, made, act, code="false_data", words="不是后补。")
    answer = contests_of(session, made)["false_data"]
    with pytest.raises(Conflict, match="answer_still_open"):
        contesting.reply(session, answer, evaluations.evaluator(session, made), upheld=True, words="维持。")
    session.refresh(answer)
    answering.answer(session, made, act, words={}, done=True)
    for other in (act, evaluations.official(session)):
        with pytest.raises((NotAllowed, NotFound)):
            contesting.reply(session, answer, other, upheld=True, words="维持。")


def test_a_veto_withdrawn_after_the_second_sheet_came_in_does_not_fail_it(session: Session) -> None:
    made = contested(session)
    second = evaluations.second(session, made)
    by = evaluations.evaluator(session, second)
    given = evaluations.best(made, E6_1=Given(points=Decimal(0)), E4_1=Given(points=Decimal("0.99")))
    rescoring.save(session, second, by, given=given, sent=Sent(second.sheet_revision))
    report = rescoring.submit(session, second, by)
    assert score_of(report).sheet.vetoes
    act = evaluations.evaluator(session, made)
    contesting.reply(session, contests_of(session, made)["false_data"], act, upheld=False, words="录像属实。")
    reporting.finalise(session, made, act, summary=SUMMARY)
    official = evaluations.official(session)
    rescoring.review(session, second, official, stands=ScoreStanding.SECOND, words="第二次更细。")
    kept = report_of(session, made, ReportKind.RESCORE)
    assert kept is not None
    assert (made.grade, made.score) == (score_of(kept).grade, second.score)
    assert not score_of(kept).sheet.vetoes
    assert made.grade != "fail"
