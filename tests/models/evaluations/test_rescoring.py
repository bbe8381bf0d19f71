"""A second sheet: blind, compared, and reviewed when the gap is over the limit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Role
from models.agencies.rotation import RotationRule
from models.audit.event import AuditEvent
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations import answering, queries, reporting, rescoring
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import standing_report
from models.evaluations.gaps import needs_review
from models.evaluations.lifecycle import rescore_phase_at, rescore_phase_sql
from models.evaluations.marking import Given, Sent
from models.evaluations.rescore import Rescore, RescoreOrigin, RescorePhase, ScoreStanding
from models.evaluations.sheet import ReportKind
from models.rulebook.stages import Stage
from tests.factories import agencies, evaluations, parties
from tests.factories.parties import DISTRICT, NOON

MOMENT = timedelta(microseconds=1)
SUMMARY = "服务按约定完成。"
WHY = "分数与走访看到的不一致。"


def marked_again(session: Session, made: Evaluation, **changed: Given) -> Rescore:
    """The second sheet handed in, with the best marks but those changed."""
    second = evaluations.second(session, made)
    act = evaluations.evaluator(session, second)  # type: ignore[arg-type]  # it has an agency too
    marks = evaluations.best(made, **changed)
    rescoring.save(session, second, act, given=marks, sent=Sent(second.sheet_revision))
    rescoring.submit(session, second, act)
    return second


@pytest.mark.parametrize(("outcome", "gap", "reviewed"), [("0", "7.00", False), ("miss", "10.01", True)])
def test_a_gap_over_the_limit_is_reviewed_and_one_within_is_not(
    session: Session, outcome: str, gap: str, reviewed: bool
) -> None:
    made = evaluations.finalised(session)
    changed = {"E6_1": Given(points=Decimal(0))}
    if outcome == "miss":
        changed |= {"E4_1": Given(points=Decimal("0.99"))}
    second = marked_again(session, made, **changed)
    assert (str(second.gap), needs_review(session, second)) == (gap, reviewed)


def test_a_gap_of_exactly_the_limit_needs_no_review(session: Session) -> None:
    made = evaluations.finalised(session)
    second = marked_again(session, made, E6_1=Given(points=Decimal(0)), E4_1=Given(points=Decimal(1)))
    assert second.gap == 10
    assert not needs_review(session, second)
    with pytest.raises(Conflict, match="rescore_no_gap"):
        rescoring.review(
            session, second, evaluations.official(session), stands=ScoreStanding.FIRST, words="无。"
        )
    reporting.publish(session, made, evaluations.official(session))


def test_an_area_can_set_its_own_limit(session: Session) -> None:
    made = evaluations.finalised(session)
    rule = RotationRule(
        unit_code=DISTRICT,
        effective_on=NOON.date(),
        most_consecutive=2,
        most_years_in_street=3,
        rescore_share=Decimal(10),
        rescore_gap=Decimal(5),
        made_at=NOON,
    )
    session.add(rule)
    second = marked_again(session, made, E6_1=Given(points=Decimal(0)))
    assert needs_review(session, second)


def test_the_official_says_with_reasons_which_score_stands_before_it_is_published(session: Session) -> None:
    made = evaluations.finalised(session)
    second = marked_again(
        session, made, E6_1=Given(missing="没有前后数据。"), E4_2=Given(missing="没有凭证。")
    )
    by = evaluations.official(session)
    with pytest.raises(Conflict, match="rescore_open"):
        reporting.publish(session, made, by)
    with pytest.raises(Invalid, match="words_missing"):
        rescoring.review(session, second, by, stands=ScoreStanding.SECOND, words="")
    rescoring.review(session, second, by, stands=ScoreStanding.SECOND, words="第一次没有核对凭证。")
    assert (made.score, made.grade, second.gap) == (Decimal("70.00"), "pass", Decimal("13.00"))
    report = standing_report(session, made)
    assert report is not None
    assert report.kind is ReportKind.RESCORE
    reporting.publish(session, made, by)
    with pytest.raises(Conflict, match="wrong_phase"):
        rescoring.review(session, second, by, stands=ScoreStanding.FIRST, words="再改。")


def test_the_first_score_can_stand(session: Session) -> None:
    made = evaluations.finalised(session)
    second = marked_again(session, made, E6_1=Given(points=Decimal(0)), E4_2=Given(points=Decimal(0)))
    by = evaluations.official(session)
    rescoring.review(session, second, by, stands=ScoreStanding.FIRST, words="复评漏看了凭证。")
    assert made.score == Decimal("83.00")
    assert standing_report(session, made).kind is ReportKind.FINAL  # type: ignore[union-attr]  # it is final


def test_the_gap_is_there_when_both_scores_are_whichever_comes_last(session: Session) -> None:
    made = evaluations.drafted(session)
    second = marked_again(session, made, E6_1=Given(points=Decimal(0)))
    assert second.gap is None
    answering.answer(session, made, evaluations.supplier(session, made), words={}, done=True)
    reporting.finalise(session, made, evaluations.evaluator(session, made), summary=SUMMARY)
    assert second.gap == 7


def test_the_second_agency_sees_evidence_and_neither_marks_nor_score(session: Session) -> None:
    made = evaluations.finalised(session)
    second = evaluations.second(session, made)
    act = evaluations.evaluator(session, second)  # type: ignore[arg-type]  # it has an agency too
    assert queries.may_read_evidence(session, made, act)
    assert queries.evaluation(session, made.id, act) is None
    assert queries.own_evaluation(session, made.id, act) is None
    assert not can(act, P.EVALUATION_VIEW, made)
    assert queries.rescore(session, second.id, act) is second
    first = evaluations.evaluator(session, made)
    assert queries.rescore(session, second.id, first) is None
    assert queries.rescores(session, act) == [second]
    assert queries.rescores(session, first) == []


def test_nobody_else_fills_in_the_second_sheet(session: Session) -> None:
    made = evaluations.finalised(session)
    second = evaluations.second(session, made)
    for act in (evaluations.evaluator(session, made), evaluations.official(session)):
        with pytest.raises(NotFound):
            rescoring.save(session, second, act, given={}, sent=Sent(0))
        with pytest.raises(NotFound):
            rescoring.submit(session, second, act)


def test_a_final_is_marked_again_once_between_its_draft_and_its_publication(session: Session) -> None:
    by = evaluations.official(session)
    with pytest.raises(Conflict, match="rescore_wrong_time"):
        rescoring.order(session, evaluations.started(session), by, words=WHY)
    with pytest.raises(Conflict, match="rescore_wrong_time"):
        rescoring.order(session, evaluations.final(session), by, words=WHY)
    with pytest.raises(Conflict, match="rescore_not_final"):
        rescoring.order(session, evaluations.started(session, Stage.MIDTERM), by, words=WHY)
    made = evaluations.finalised(session)
    rescoring.order(session, made, by, words=WHY)
    with pytest.raises(Conflict, match="rescore_ordered"):
        rescoring.order(session, made, by, words=WHY)
    with pytest.raises(NotAllowed):
        rescoring.order(session, made, evaluations.evaluator(session, made), words=WHY)


def test_what_is_ordered_by_hand_has_its_reason_and_is_told_from_what_was_drawn(session: Session) -> None:
    made = evaluations.finalised(session)
    by = evaluations.official(session)
    with pytest.raises(Invalid, match="words_missing"):
        rescoring.order(session, made, by, words=" ")
    second = rescoring.order(session, made, by, words=WHY)
    assert (second.origin, second.reason, second.ordered_by) == (
        RescoreOrigin.ORDERED,
        WHY,
        by.actor.person_id,
    )
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "rescore.order")).one()
    assert event.facts["origin"] == "ordered"


def test_a_second_sheet_that_does_not_come_is_waived_with_a_reason(session: Session) -> None:
    made = evaluations.finalised(session)
    second = rescoring.order(session, made, evaluations.official(session), words=WHY)
    assert second.agency_id is None
    by = evaluations.official(session)
    rescoring.waive(session, second, by, words="没有其他机构可以抽取。")
    reporting.publish(session, made, by)
    assert rescore_phase_at(second, NOON) is RescorePhase.WAIVED


def test_python_and_sql_say_the_same_phase_of_a_second_sheet(session: Session) -> None:
    made = evaluations.finalised(session)
    second = marked_again(session, made)
    for at in (NOON - MOMENT, NOON, NOON + MOMENT):
        said = session.scalar(select(rescore_phase_sql(at)).where(Rescore.id == second.id))
        assert said == rescore_phase_at(second, at).value


def test_a_handed_in_sheet_is_closed(session: Session) -> None:
    made = evaluations.finalised(session)
    second = marked_again(session, made)
    act = evaluations.evaluator(session, second)  # type: ignore[arg-type]  # it has an agency too
    with pytest.raises(Conflict, match="evaluation_sheet_closed"):
        rescoring.save(session, second, act, given={}, sent=Sent(1))
    stranger = parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET)
    with pytest.raises(NotAllowed):
        rescoring.waive(session, second, stranger, words="？")
    assert agencies.agency(session) is not None


def test_the_second_agency_is_drawn_once_a_second_sheet_is_ordered_and_not_before(session: Session) -> None:
    made = evaluations.drafted(session)
    agencies.agency(session, name="上海明度公益评估中心")
    act = evaluations.official(session)
    with pytest.raises(Conflict, match="rescore_wrong_time"):
        rescoring.draw(session, made, act)
    rescoring.order(session, made, act, words=WHY)
    assert rescoring.draw(session, made, act).agency_id != made.agency_id
    with pytest.raises(Conflict, match="agency_is_drawn"):
        rescoring.draw(session, made, act)
