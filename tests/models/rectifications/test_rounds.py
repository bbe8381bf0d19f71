"""Findings, plan, report, re-check, second round, the official's last word: who may when, who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import keeping
from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.evaluations.evaluation import Evaluation
from models.outbox import Message
from models.rectifications import checking, issuing, mending, queries
from models.rectifications.checking import Seen
from models.rectifications.clocks import clock_of
from models.rectifications.lifecycle import phase_at
from models.rectifications.mending import LONGEST_MENDING, Planned
from models.rectifications.rectification import RectificationPhase as R
from models.rectifications.rectification import Severity
from models.tenders.lot import LotNeed
from tests.factories import agencies, contracts, needs, parties, rectifications
from tests.factories.parties import NEXT_DOOR, NOON
from tests.factories.rectifications import DAY, FOUND, PLACE, PNG

MOMENT = timedelta(microseconds=1)
LATER = NOON + 30 * DAY


def told(session: Session, kind: str) -> set[object]:
    return set(session.scalars(select(Message.person_id).where(Message.kind == kind)))


def test_only_the_drawn_agency_issues_findings_of_a_final_report_once(
    session: Session, evaluation: Evaluation
) -> None:
    act = rectifications.evaluator(session, evaluation)
    other = parties.organisation(session, name="上海别家评估中心")
    stranger = parties.act_as(session, Role.EVALUATOR, organisation=other)
    with pytest.raises(NotAllowed):
        issuing.issue(session, evaluation, stranger, found=FOUND)
    with pytest.raises(Conflict, match="evaluation_not_final"):
        issuing.issue(session, evaluation, replace(act, at=NOON - MOMENT), found=FOUND)
    with pytest.raises(Invalid, match="findings_missing"):
        issuing.issue(session, evaluation, act, found=())
    with pytest.raises(Invalid, match="findings_too_many"):
        issuing.issue(session, evaluation, act, found=FOUND * 20)
    made = issuing.issue(session, evaluation, act, found=FOUND)
    assert [each.number for each in made.findings] == [1, 2]
    assert made.reference.startswith("ZG-2026-")
    with pytest.raises(Conflict, match="findings_issued_before"):
        issuing.issue(session, evaluation, act, found=FOUND)
    with pytest.raises(Conflict, match="findings_issued_before"):
        issuing.clear(session, evaluation, act, words="没有需要整改的问题。")


def test_r53_an_agency_tied_to_the_contractor_by_now_issues_and_rechecks_nothing(
    session: Session, evaluation: Evaluation
) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pd")
    agency = session.get_one(Agency, evaluation.agency_id)
    registrar, contractor = agencies.registrar(session), evaluation.organisation_id
    keeping.tie(session, agency, registrar, organisation_id=contractor, kind=Ground.PAID_WORK)
    act = rectifications.evaluator(session, evaluation)
    with pytest.raises(NotAllowed, match="agency_is_tied"):
        checking.recheck(session, made, act, seen={})
    with pytest.raises(NotAllowed, match="agency_is_tied"):
        issuing.issue(session, evaluation, act, found=FOUND)


def test_a_report_that_found_nothing_is_over_and_public_at_once(
    session: Session, evaluation: Evaluation
) -> None:
    made = issuing.clear(
        session, evaluation, rectifications.evaluator(session, evaluation), words="没有需要整改的问题。"
    )
    assert phase_at(made, NOON) is R.PASSED
    assert made.is_public


def test_a_plan_answers_every_finding_with_what_who_and_when(
    session: Session, evaluation: Evaluation
) -> None:
    made = rectifications.issued(session, evaluation)
    act = rectifications.staff(session, evaluation, NOON + DAY)
    first, second = made.findings
    today = local_date(act.at)
    whole = Planned("补齐探访。", "陈静", today)

    def refused(code: str, given: Planned) -> None:
        with pytest.raises(Invalid, match=code), session.begin_nested():
            mending.plan(session, made, act, planned={first.id: whole, second.id: given})

    with pytest.raises(Invalid, match="plan_incomplete"), session.begin_nested():
        mending.plan(session, made, act, planned={first.id: whole})
    refused("plan_day", replace(whole, due_on=today - DAY))
    refused("plan_day", replace(whole, due_on=today + LONGEST_MENDING + DAY))
    refused("words_missing", replace(whole, who=" "))
    refused("words_missing", replace(whole, what=""))
    assert phase_at(made, act.at) is R.ISSUED
    last = replace(whole, due_on=today + LONGEST_MENDING)
    mending.plan(session, made, act, planned={first.id: whole, second.id: last})
    assert phase_at(made, act.at) is R.PLANNED
    with pytest.raises(Conflict, match="wrong_phase"):
        mending.plan(session, made, act, planned={first.id: whole, second.id: last})
    with pytest.raises(NotAllowed):
        mending.report(session, made, contracts.official(session, act.at), words="替机构报告。")


def test_a_recheck_says_of_every_finding_what_was_seen_with_a_file(
    session: Session, evaluation: Evaluation
) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pd")
    act = rectifications.evaluator(session, evaluation, NOON + 3 * DAY)
    first, second = made.findings
    good = Seen("抽查十户，记录齐全。", True, "seen.png", PNG)  # passed

    def refused(code: str, seen: dict[object, Seen]) -> None:
        with pytest.raises(Invalid, match=code), session.begin_nested():
            checking.recheck(session, made, act, seen=seen)  # type: ignore[arg-type]  # ids

    refused("recheck_incomplete", {first.id: good})
    refused("words_missing", {first.id: good, second.id: replace(good, words="")})
    refused("recheck_file_missing", {first.id: good, second.id: replace(good, content=b"")})
    refused("file_not_what_it_says", {first.id: good, second.id: replace(good, content=b"<html>")})
    checking.recheck(session, made, act, seen={first.id: good, second.id: good})
    assert phase_at(made, act.at) is R.PASSED
    assert [each.passed for each in made.findings] == [True, True]
    file = first.remedies[0].file
    assert file is not None
    assert PLACE.encode() in PNG
    assert PLACE.encode() not in file.content  # where a photo was taken does not stay in it


def test_what_passed_is_shown_to_the_community_and_to_whoever_raised_the_need(
    session: Session, evaluation: Evaluation
) -> None:
    need = (
        session.scalars(select(LotNeed).where(LotNeed.lot_id == evaluation.contract.award.lot_id)).one().need
    )
    neighbour = parties.act_as(session, Role.COMMUNITY_WORKER)
    other = parties.act_as(session, Role.COMMUNITY_WORKER, unit=NEXT_DOOR)
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pd")
    assert queries.outcomes_of(session, need) == []
    assert queries.rectification(session, made.id, parties.nobody()) is None
    assert queries.rectifications(session, neighbour) == []
    rectifications.recheck(session, made, NOON + 3 * DAY)
    assert queries.outcomes_of(session, need) == [made]
    assert queries.outcomes_of(session, needs.need(session)) == []
    assert queries.rectification(session, made.id, parties.nobody()) is made
    assert queries.rectifications(session, neighbour) == [made]
    assert queries.rectifications(session, other) == []
    shown = told(session, "rectification_shown")
    assert {neighbour.actor.person_id, need.created_by} <= shown
    assert other.actor.person_id not in shown
    assert queries.remedy(session, made.findings[0].remedies[0].id, parties.nobody()) is None


def test_a_failed_recheck_asks_for_a_second_plan_of_what_failed_and_there_is_no_third(
    session: Session, evaluation: Evaluation
) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pdf")
    assert phase_at(made, LATER) is R.FAILED
    assert [each.number for each in mending.to_mend(made)] == [1]
    at = NOON + 3 * DAY
    rectifications.until(session, made, "pdf", at)
    assert phase_at(made, LATER) is R.UNMENDED
    assert [len(each.remedies) for each in made.findings] == [2, 1]
    with pytest.raises(Conflict, match="wrong_phase"):
        rectifications.plan(session, made, LATER)
    assert clock_of(made, LATER) is None
    assert not made.is_public


def test_a_second_round_can_pass(session: Session, evaluation: Evaluation) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pdfpdm")
    assert phase_at(made, LATER) is R.PASSED
    assert made.is_public


def test_the_official_decides_after_the_second_failure_or_when_the_day_has_passed(
    session: Session, evaluation: Evaluation
) -> None:
    made = rectifications.issued(session, evaluation)
    official = contracts.official(session)
    clock = clock_of(made, NOON)
    assert clock is not None
    with pytest.raises(Conflict, match="rectification_runs"):
        checking.conclude(session, made, replace(official, at=clock.ends_at - MOMENT), words="逾期。")
    late = rectifications.evaluator(session, evaluation, clock.ends_at)
    with pytest.raises(NotAllowed):
        checking.conclude(session, made, late, words="逾期。")
    with pytest.raises(Invalid, match="words_missing"):
        checking.conclude(session, made, replace(official, at=clock.ends_at), words="")
    checking.conclude(session, made, replace(official, at=clock.ends_at), words="逾期未报整改方案。")
    assert phase_at(made, clock.ends_at) is R.CONCLUDED
    assert made.is_public


def test_the_official_waits_for_an_evaluator_who_is_late(session: Session, evaluation: Evaluation) -> None:
    made = rectifications.until(session, rectifications.issued(session, evaluation), "pd")
    clock = clock_of(made, LATER)
    assert clock is not None
    late = contracts.official(session, clock.ends_at)
    with pytest.raises(Conflict, match="rectification_runs"):
        checking.conclude(session, made, late, words="不能因评估机构逾期而结束。")


def test_lists_hold_what_can_be_seen_and_nothing_else(session: Session, evaluation: Evaluation) -> None:
    assert queries.to_issue(session, rectifications.evaluator(session, evaluation)) == [evaluation]
    assert queries.to_issue(session, contracts.official(session)) == [evaluation]
    assert queries.to_issue(session, rectifications.staff(session, evaluation)) == []
    made = rectifications.issued(session, evaluation)
    assert queries.to_issue(session, rectifications.evaluator(session, evaluation)) == []
    other = parties.organisation(session, name="上海别家服务中心")
    seeing = [
        rectifications.evaluator(session, evaluation),
        rectifications.staff(session, evaluation),
        contracts.official(session),
        parties.act_as(session, Role.AUDITOR),
    ]
    blind = [
        parties.act_as(session, Role.EVALUATOR, organisation=other),
        parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other),
        contracts.official(session, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.AUDITOR, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.HUB),
        parties.nobody(),
    ]
    for act in seeing:
        assert queries.rectifications(session, act) == [made]
        assert queries.rectification(session, made.id, act) is made
    for act in blind:
        assert queries.rectifications(session, act) == []
        assert queries.rectification(session, made.id, act) is None


def test_strangers_do_nothing(session: Session, evaluation: Evaluation) -> None:
    made = rectifications.issued(session, evaluation)
    other = parties.organisation(session, name="上海别家服务中心")
    stranger = parties.act_as(session, Role.ORGANISATION_STAFF, organisation=other)
    with pytest.raises((NotAllowed, NotFound)):
        mending.plan(session, made, stranger, planned={})
    with pytest.raises((NotAllowed, NotFound)):
        checking.recheck(session, made, stranger, seen={})
    assert made.findings[0].severity is Severity.SERIOUS
