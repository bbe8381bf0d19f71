"""What officials do with needs: each decision, what it wants, and what it refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models import outbox
from models.act import Act, Role
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.needs import handling, operations, parts
from models.needs.deliberation import Outcome
from models.needs.details import EvidenceKind, IndicatorCode
from models.needs.lifecycle import phase_at
from models.needs.need import ClosedReason, Need, NeedPhase, ReturnReason
from tests.factories import deliberations, needs, parties
from tests.factories.needs import standard
from tests.factories.parties import ELSEWHERE, NEXT_DOOR, NOON, OTHER_STREET


def street(session: Session, unit: str = parties.STREET) -> Act:
    """An official of a street, now."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit)


def test_returning_wants_words_and_tells_the_author(session: Session) -> None:
    worker = needs.worker(session)
    need = needs.need(session, NeedPhase.SUBMITTED, by=worker)
    with pytest.raises(Invalid, match="words_missing"):
        handling.return_(session, need, street(session), reason=ReturnReason.UNCLEAR, words="\n")


def test_a_returned_need_comes_back_and_is_standardised(session: Session) -> None:
    worker = needs.worker(session)
    need = needs.need(session, NeedPhase.SUBMITTED, by=worker)
    act = street(session)
    handling.return_(session, need, act, reason=ReturnReason.NUMBERS_MISSING, words="请写明有多少户。")
    assert phase_at(need, NOON) is NeedPhase.RETURNED
    assert [message.kind for message in outbox.inbox(session, worker)] == ["need_returned"]
    author = Act(worker.actor, NOON, "test")
    operations.edit(session, need, author, affected_people=52)
    operations.submit(session, need, author)
    assert phase_at(need, NOON) is NeedPhase.SUBMITTED
    handling.standardise(session, need, act, standard=standard(need))
    assert phase_at(need, NOON) is NeedPhase.STANDARDISED
    assert need.affected_people == 52


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"codes": []}, "codes_missing"),
        ({"groups": []}, "groups_missing"),
        ({"affected_people": None}, "people_missing"),
        ({"affected_people": 0}, "need_people_out_of_range"),
        ({"codes": ["B03"]}, "need_code_unknown"),
        ({"groups": ["EL-01"]}, "need_code_unknown"),
        ({"indicators": {IndicatorCode.N1: 5}}, "need_indicator_out_of_range"),
        ({"words": "长" * 1001}, "words_too_long"),
    ],
)
def test_a_standard_form_that_is_not_whole_is_refused(
    session: Session, changes: dict[str, object], code: str
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    form = replace(standard(need), **changes)  # type: ignore[arg-type]  # any field of it
    with pytest.raises(DomainError) as refused:
        handling.standardise(session, need, street(session), standard=form)
    assert refused.value.code == code


def test_a_need_without_evidence_or_assessment_is_not_standardised(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    act = street(session)
    parts.set_evidence(session, need, act, sources=[])
    with pytest.raises(Invalid, match="evidence_missing"):
        handling.standardise(session, need, act, standard=standard(need))
    made = deliberations.assessment(session)
    operations.edit(session, need, act, assessment_id=made.id)
    handling.standardise(session, need, act, standard=standard(need))
    assert phase_at(need, NOON) is NeedPhase.STANDARDISED


def test_standardising_opens_the_gate_and_keeps_the_indicators(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    handling.standardise(session, need, street(session), standard=standard(need))
    assert need.suitable is True
    assert {row.code: row.value for row in need.indicators}[IndicatorCode.N3] == 3


def test_a_deliberating_need_wants_a_meeting_or_a_written_reason(session: Session) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    act = street(session)
    silent = replace(standard(need), words="")
    with pytest.raises(Invalid, match="meeting_missing"):
        handling.standardise(session, need, act, standard=silent)
    session.rollback()


@pytest.mark.parametrize(
    ("outcome", "refused"),
    [
        (Outcome.SUPPORTED, False),
        (Outcome.SUPPORTED_WITH_CHANGES, False),
        (Outcome.NOT_SUPPORTED, True),
    ],
)
def test_the_last_meeting_decides_whether_words_are_wanted(
    session: Session, outcome: Outcome, refused: bool
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    deliberations.meeting(session, need, held=True, outcome=outcome)
    act = street(session)
    silent = replace(standard(need), words="")
    if refused:
        with pytest.raises(Invalid, match="meeting_not_supported"):
            handling.standardise(session, need, act, standard=silent)
        session.expire_all()
    words = "物业已同意提供场地，意见已解决。" if refused else ""
    handling.standardise(session, need, act, standard=replace(silent, words=words))
    assert need.standardised_words == (words or None)


def test_routing_closes_the_gate_and_says_whose_it_is(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    handling.route(session, need, street(session), route_code="X1", words="门禁维修由物业负责。")
    assert need.suitable is False
    assert need.closed_reason is ClosedReason.ROUTED
    assert need.route_code == "X1"


@pytest.mark.parametrize("code", ["EL-01", "X9", ""])
def test_only_a_known_route_is_a_way(session: Session, code: str) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    with pytest.raises(Invalid, match="route_unknown"):
        handling.route(session, need, street(session), route_code=code, words="不归我们。")


def test_merging_brings_the_evidence_along_and_notes_the_people(session: Session) -> None:
    one = needs.need(session, NeedPhase.SUBMITTED, affected_people=30)
    into = needs.need(session, NeedPhase.SUBMITTED, unit=NEXT_DOOR, affected_people=50)
    before = len(into.evidence)
    handling.merge(session, one, street(session), into=into, words="同一栋楼。")
    assert one.merged_into_id == into.id
    assert one.closed_reason is ClosedReason.MERGED
    assert into.affected_people == 50
    assert len(into.evidence) == before + len(one.evidence) + 1
    assert [row.count for row in into.evidence if row.kind is EvidenceKind.REPORT] == [30]


def test_a_need_is_not_merged_into_itself(session: Session) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    with pytest.raises(Invalid, match="merge_into_itself"):
        handling.merge(session, need, street(session), into=need)


def test_merging_never_runs_in_a_circle(session: Session) -> None:
    one, other = (needs.need(session, NeedPhase.SUBMITTED) for _ in range(2))
    third = needs.need(session, NeedPhase.SUBMITTED)
    act = street(session)
    handling.merge(session, one, act, into=other)
    with pytest.raises(Conflict, match="merge_target_closed"):
        handling.merge(session, other, act, into=one)
    handling.merge(session, other, act, into=third)
    with pytest.raises(Conflict, match="merge_target_closed"):
        handling.merge(session, third, act, into=one)


@pytest.mark.parametrize("phase", [NeedPhase.DRAFT, NeedPhase.RETURNED, NeedPhase.CLOSED])
def test_a_need_is_merged_only_into_one_that_is_handed_in_and_open(
    session: Session, phase: NeedPhase
) -> None:
    need, into = needs.need(session, NeedPhase.SUBMITTED), needs.need(session, phase)
    with pytest.raises(Conflict, match="merge_target_closed"):
        handling.merge(session, need, street(session), into=into)


def test_a_need_of_another_street_is_neither_handled_nor_merged_into(session: Session) -> None:
    mine = needs.need(session, NeedPhase.SUBMITTED)
    theirs = needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE)
    stranger = street(session, OTHER_STREET)
    for attempt in (
        lambda: handling.return_(session, mine, stranger, reason=ReturnReason.UNCLEAR, words="退回"),
        lambda: handling.route(session, mine, stranger, route_code="X1", words="转"),
        lambda: handling.standardise(session, mine, stranger, standard=standard(mine)),
        lambda: handling.settle(session, mine, stranger, words="好了"),
        lambda: handling.take_into_deliberation(session, mine, stranger),
        lambda: handling.merge(session, mine, stranger, into=theirs),
        lambda: handling.merge(session, mine, street(session), into=theirs),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert phase_at(mine, NOON) is NeedPhase.SUBMITTED


def test_a_worker_cannot_decide_what_officials_decide(session: Session) -> None:
    need, act = needs.need(session, NeedPhase.SUBMITTED), needs.worker(session, at=NOON)
    with pytest.raises(NotAllowed):
        handling.standardise(session, need, act, standard=standard(need))


@pytest.mark.parametrize("decide", ["return", "route", "merge", "standardise", "deliberate"])
def test_a_decision_on_a_stale_page_is_refused(session: Session, decide: str) -> None:
    need, other = needs.need(session, NeedPhase.SUBMITTED), needs.need(session, NeedPhase.SUBMITTED)
    act, seen = street(session), need.revision
    operations.edit(session, need, act, title="别人刚改过的标题")
    session.flush()
    with pytest.raises(Conflict, match="stale"):
        decided(session, need, other, act, decide, seen)


@pytest.mark.parametrize("decide", ["return", "route", "merge", "standardise", "deliberate"])
def test_a_second_click_finds_the_decision_made(session: Session, decide: str) -> None:
    need, other = needs.need(session, NeedPhase.SUBMITTED), needs.need(session, NeedPhase.SUBMITTED)
    act = street(session)
    decided(session, need, other, act, decide, None)
    with pytest.raises(Conflict, match="wrong_phase"):
        decided(session, need, other, act, decide, None)


def decided(session: Session, need: Need, other: Need, act: Act, decide: str, revision: int | None) -> None:
    """One of the decisions."""
    match decide:
        case "return":
            handling.return_(
                session, need, act, reason=ReturnReason.UNCLEAR, words="请写清楚。", revision=revision
            )
        case "route":
            handling.route(session, need, act, route_code="X1", words="物业的事。", revision=revision)
        case "merge":
            handling.merge(session, need, act, into=other, revision=revision)
        case "standardise":
            handling.standardise(session, need, act, standard=standard(need), revision=revision)
        case "deliberate":
            handling.take_into_deliberation(session, need, act, revision=revision)


def test_settling_says_how(session: Session) -> None:
    need = needs.need(session, NeedPhase.STANDARDISED)
    act = street(session)
    with pytest.raises(Invalid, match="words_missing"):
        handling.settle(session, need, act, words="")
    session.rollback()


def test_a_settled_need_is_closed(session: Session) -> None:
    need = needs.need(session, NeedPhase.UNMET)
    later = Act(street(session).actor, NOON + timedelta(days=1), "test")
    handling.settle(session, need, later, words="隔壁街道的食堂已送餐上门。")
    assert phase_at(need, later.at) is NeedPhase.CLOSED
    assert need.closed_reason is ClosedReason.SETTLED
