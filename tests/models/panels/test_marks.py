"""Marking alone: range, notes, submission; and what may be put right afterwards."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.bids.opened import InvalidReason, OpenedBid
from models.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from models.panels import correcting, declaring, marking_desk, overview, qualifying, queries
from models.panels.bidders import opened_bids
from models.panels.marking import CorrectionGround
from models.panels.marking_desk import marks_are_in
from models.panels.panel import Panel
from models.tenders.criterion import Criterion, CriterionLevel
from tests.factories import panels


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel that marks."""
    return panels.qualified(session)


def refusal(session: Session, panel: Panel, *, seat: int = 0, **changes: object) -> DomainError:
    """What is said to a mark."""
    member = panel.members[seat]
    usual = {
        "bid": opened_bids(session, panel.tender)[0],
        "criterion": panel.tender.criteria[0],
        "points": Decimal(10),
    }
    with pytest.raises(DomainError) as refused:
        marking_desk.save_mark(
            session,
            member,
            panels.member_act(member, panels.MARKED),
            **{**usual, **changes},  # type: ignore[arg-type]  # the test's own words
        )
    return refused.value


@pytest.mark.parametrize("points", ["-0.01", "31.51", "NaN", "Infinity", "1E+9"])
def test_r27_a_mark_outside_the_range_is_refused(session: Session, panel: Panel, points: str) -> None:
    error = refusal(session, panel, points=Decimal(points))
    assert (error.code, error.facts["rule"]) == ("mark_out_of_range", "R27")


def test_a_mark_has_two_decimals(session: Session, panel: Panel) -> None:
    assert refusal(session, panel, points=Decimal("10.005")).code == "mark_not_two_decimals"


@given(st.decimals(min_value=0, max_value=20, places=2))
def test_every_mark_of_two_decimals_within_the_weight_is_taken(points: Decimal) -> None:
    marking_desk.check_points(Criterion(weight=Decimal(20)), points)


def test_r27_nought_and_the_weight_itself_are_marks(session: Session, panel: Panel) -> None:
    member, criterion = panel.members[0], panel.tender.criteria[0]
    bid = opened_bids(session, panel.tender)[0]
    for points in (Decimal(0), criterion.weight):
        found = marking_desk.save_mark(
            session, member, panels.member_act(member), bid=bid, criterion=criterion, points=points
        )
        assert found is not None
        assert found.points == points


def test_who_has_not_declared_marks_nothing(session: Session) -> None:
    panel = panels.drawn(session)
    assert refusal(session, panel).code == "mark_before_declaring"


def test_nothing_is_marked_before_the_check_is_closed(session: Session) -> None:
    panel = panels.declared(session)
    assert refusal(session, panel).code == "mark_before_check"


def test_a_recused_member_marks_nothing(session: Session, panel: Panel) -> None:
    act = panels.official(session, panel.tender, panels.QUALIFIED)
    declaring.recuse(session, panel.members[0], act, words="身体不适")
    assert refusal(session, panel).code == "mark_by_recused"


def test_a_submitted_sheet_is_not_changed(session: Session, panel: Panel) -> None:
    panels.mark(session, panel.members[0])
    assert refusal(session, panel).code == "marks_submitted"
    with pytest.raises(Conflict):
        marking_desk.submit(session, panel.members[0], panels.member_act(panel.members[0]))


def test_an_invalid_bid_is_not_marked(session: Session, panel: Panel) -> None:
    bid = opened_bids(session, panel.tender)[0]
    act = panels.official(session, panel.tender, panels.QUALIFIED)
    qualifying.reject(session, panel, act, bid=bid, reason=InvalidReason.SUBSTANTIVE, words="缺实质内容")
    assert refusal(session, panel, bid=bid).code == "mark_on_invalid_bid"


def test_another_tenders_bid_or_criterion_is_not_marked(session: Session, panel: Panel) -> None:
    other = panels.opened(session)
    assert refusal(session, panel, bid=opened_bids(session, other)[0]).code == "not_of_this_tender"
    assert refusal(session, panel, criterion=other.criteria[0]).code == "not_of_this_tender"


def test_nobody_marks_in_anothers_seat(session: Session, panel: Panel) -> None:
    bid, criterion = marking_desk.cells(session, panel.tender)[0]
    for act in (panels.member_act(panel.members[1]), panels.official(session, panel.tender)):
        with pytest.raises(NotFound):
            marking_desk.save_mark(
                session, panel.members[0], act, bid=bid, criterion=criterion, points=Decimal(1)
            )


def test_all_is_submitted_at_once_when_it_is_complete(session: Session, panel: Panel) -> None:
    member = panel.members[0]
    act = panels.member_act(member, panels.MARKED)
    panels.mark(session, member, submit=False)
    bid, criterion = marking_desk.cells(session, panel.tender)[0]
    marking_desk.save_mark(session, member, act, bid=bid, criterion=criterion, points=None)
    with pytest.raises(Invalid) as refused:
        marking_desk.submit(session, member, act)
    assert refused.value.code == "marks_missing"
    assert refused.value.facts == {"done": 14, "total": 15}
    marking_desk.save_mark(session, member, act, bid=bid, criterion=criterion, points=criterion.weight)
    with pytest.raises(Invalid) as bare:
        marking_desk.submit(session, member, act)
    assert (bare.value.code, bare.value.facts) == ("notes_missing", {"count": 1})
    marking_desk.save_mark(
        session, member, act, bid=bid, criterion=criterion, points=criterion.weight, note="方案最完整"
    )
    marking_desk.submit(session, member, act)
    assert member.submitted_at == panels.MARKED


def test_a_note_is_wanted_where_points_are_the_extreme_of_the_levels() -> None:
    levels = [CriterionLevel(points=Decimal(points)) for points in ("18", "12.50", "6")]
    criterion = Criterion(weight=Decimal(20), levels=levels)
    wanted = [points for points in ("5.99", "6", "6.01", "12.50", "17.99", "18", "20")
              if marking_desk.needs_note(criterion, Decimal(points))]  # fmt: skip
    assert wanted == ["5.99", "6", "18", "20"]
    plain = Criterion(weight=Decimal(20), levels=[])
    assert marking_desk.needs_note(plain, Decimal(0))
    assert not marking_desk.needs_note(plain, Decimal("0.01"))
    assert marking_desk.needs_note(plain, Decimal(20))


def test_marks_are_in_with_the_last_member_of_a_full_panel(session: Session, panel: Panel) -> None:
    for member in panel.members[:2]:
        panels.mark(session, member)
        assert not marks_are_in(session, panel.tender)
    act = panels.official(session, panel.tender, panels.MARKED)
    declaring.recuse(session, panel.members[2], act, words="身体不适")
    assert not marks_are_in(session, panel.tender)
    late = panel.seated[-1]
    declaring.declare(session, late, panels.member_act(late, panels.MARKED), interests=())
    panels.mark(session, late)
    assert marks_are_in(session, panel.tender)


def test_nobody_sees_a_mark_before_all_have_submitted(session: Session, panel: Panel) -> None:
    official = panels.official(session, panel.tender, panels.MARKED)
    acts = [official, *(panels.member_act(member, panels.MARKED) for member in panel.members)]
    for member in panel.members:
        for act in acts:
            with pytest.raises(Conflict) as refused:
                overview.overview(session, panel, act)
            assert refused.value.code == "marks_not_in"
        panels.mark(session, member)
    for act in acts:
        assert len(overview.overview(session, panel, act)) == 15
    with pytest.raises(NotFound):
        overview.overview(session, panel, panels.parties.act_as(session, at=panels.MARKED))


def apart(member: int, bid: OpenedBid, criterion: Criterion) -> Decimal:
    """The last member thinks much less of the first bid."""
    if member == 2 and bid.alias == 1 and not criterion.is_objective:
        return criterion.weight / 10
    return panels.usual_points(member, bid, criterion)


def test_who_differs_from_the_median_by_more_than_a_fifth_stands_apart_and_counts(session: Session) -> None:
    panel = panels.marked(session, points=apart)
    act = panels.official(session, panel.tender, panels.MARKED)
    table = overview.overview(session, panel, act)
    found = [(row.bid.alias, row.marks.index(mark)) for row in table for mark in row.apart]
    subjective = sum(not criterion.is_objective for criterion in panel.tender.criteria)
    assert found == [(1, 2)] * subjective
    assert all(len(row.marks) == 3 for row in table)


def test_a_fifth_of_the_weight_exactly_is_not_apart(session: Session) -> None:
    panel = panels.marked(session)
    row = overview.rows(session, panel)[0]
    row.criterion.weight = Decimal(30)
    row.marks[2].points = row.marks[0].points - Decimal(6)
    assert row.apart == []
    row.marks[2].points -= Decimal("0.01")
    assert row.apart == [row.marks[2]]


def test_r32_an_extreme_mark_is_put_right_and_what_it_was_stays(session: Session) -> None:
    panel = panels.marked(session, points=apart)
    act = panels.official(session, panel.tender, panels.MARKED)
    row = next(row for row in overview.rows(session, panel) if row.apart)
    (mark,) = row.apart
    before = mark.points
    for ground in (CorrectionGround.SUM, CorrectionGround.OUT_OF_RANGE, CorrectionGround.UNEQUAL_OBJECTIVE):
        with pytest.raises(Invalid) as refused:
            correcting.correct(session, mark, act, ground=ground, points=Decimal(9), words="复核")
        assert refused.value.code == "correction_ground_absent"
    wrong: list[tuple[Decimal, str, str]] = [
        (Decimal(9), " ", "correction_without_words"),
        (before, "复核", "correction_changes_nothing"),
        (row.criterion.weight + 1, "复核", "mark_out_of_range"),
    ]
    for points, words, code in wrong:
        with pytest.raises(Invalid) as refused:
            correcting.correct(
                session, mark, act, ground=CorrectionGround.EXTREME, points=points, words=words
            )
        assert refused.value.code == code
    made = correcting.correct(
        session, mark, act, ground=CorrectionGround.EXTREME, points=Decimal(9), words="看漏了附件"
    )
    assert (made.before, made.after, mark.points) == (before, Decimal(9), Decimal(9))
    assert queries.corrections(session, panel) == [made]
    other = next(mark for mark in row.marks if mark is not made and not row.stands_apart(mark))
    with pytest.raises(Invalid):
        correcting.correct(
            session, other, act, ground=CorrectionGround.EXTREME, points=Decimal(1), words="复核"
        )


def test_r32_a_mark_out_of_range_is_put_right(session: Session) -> None:
    panel = panels.marked(session)
    mark = overview.rows(session, panel)[0].marks[0]
    mark.points = mark.criterion.weight + 1
    act = panels.official(session, panel.tender, panels.MARKED)
    made = correcting.correct(
        session, mark, act, ground=CorrectionGround.OUT_OF_RANGE, points=Decimal(9), words="超出范围"
    )
    assert made.after == mark.points == Decimal(9)


def test_r32_nothing_is_corrected_before_all_have_submitted_or_by_a_member(
    session: Session, panel: Panel
) -> None:
    panels.mark(session, panel.members[0])
    mark = marking_desk.marks_of(session, panel.members[0])[0]
    act = panels.official(session, panel.tender, panels.MARKED)
    ground = CorrectionGround.EXTREME
    with pytest.raises(Conflict) as refused:
        correcting.correct(session, mark, act, ground=ground, points=Decimal(1), words="复核")
    assert refused.value.code == "marks_not_in"
    other = next(member for member in panel.members if not member.is_chair)
    with pytest.raises(NotAllowed):
        correcting.correct(
            session, mark, panels.member_act(other), ground=ground, points=Decimal(1), words="复核"
        )


def test_the_consensus_meeting_has_words(session: Session) -> None:
    panel = panels.marked(session)
    act = panels.official(session, panel.tender, panels.MARKED)
    with pytest.raises(Invalid) as refused:
        correcting.record_consensus(session, panel, act, words="")
    assert refused.value.code == "consensus_without_words"
    chair = next(member for member in panel.members if member.is_chair)
    correcting.record_consensus(session, panel, panels.member_act(chair, panels.MARKED), words="没有异议")
    assert (panel.consensus_at, panel.consensus_words) == (panels.MARKED, "没有异议")
