"""The ranking of a lot as bytes that can be computed again, and when the report may be handed in."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.bids.opened import InvalidReason, OpenedBid
from models.errors import Conflict, Invalid, NotAllowed
from models.lifecycle import advance
from models.outbox import Message
from models.panels import (
    correcting,
    low_prices,
    marking_desk,
    overview,
    queries,
    reopening,
    reporting,
)
from models.panels.bidders import opened_bids
from models.panels.marking import CorrectionGround, Ranking
from models.panels.panel import Panel
from models.panels.ranking.report import recompute
from models.rulebook.methods import Method
from models.tenders.criterion import Criterion
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.lot import FailReason
from models.tenders.tender import TenderPhase
from tests.factories import panels, parties
from tests.models.panels.test_low_price import LOW
from web.cli import cli


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel with all before it."""
    return panels.priced(session)


def ranked(session: Session, panel: Panel) -> Ranking:
    """The ranking of the first lot."""
    act = panels.official(session, panel.tender, panels.RANKED)
    return reporting.rank(session, panel.tender.lots[0], act)


def test_the_question_is_what_the_command_reads_and_the_answer_what_it_writes(
    session: Session, panel: Panel
) -> None:
    ranking = ranked(session, panel)
    question = json.loads(ranking.question)
    bids = opened_bids(session, panel.tender)
    assert [bid["id"] for bid in question["bids"]] == sorted(bid.bid.reference for bid in bids)
    assert set(question["bids"][0]["marks"]) == {"m1", "m2", "m3"}
    assert [each["max"] for each in question["criteria"]] == [
        f"{c.weight:.2f}" for c in panel.tender.criteria
    ]
    assert recompute(ranking.question.encode()) == ranking.answer.encode()
    answer = json.loads(ranking.answer)
    assert [bid["rank"] for bid in answer["bids"]] == [1, 2, 3]
    assert reporting.verify(ranking)


def test_a_ranking_whose_bytes_were_changed_is_not_verified(session: Session, panel: Panel) -> None:
    ranking = ranked(session, panel)
    whole = (ranking.question, ranking.answer, ranking.digest)
    assert reporting.verify(ranking)
    ranking.question = whole[0].replace("450000.00", "450000.01")
    assert not reporting.verify(ranking)
    ranking.digest = reporting._digest(ranking.question, ranking.answer)
    assert not reporting.verify(ranking)
    ranking.question, ranking.answer, ranking.digest = whole
    ranking.answer = whole[1].replace('"rank": 1', '"rank": 2')
    assert not reporting.verify(ranking)


def test_nothing_is_ranked_before_prices_and_marks_are_there(session: Session) -> None:
    early = panels.qualified(session)
    with pytest.raises(Conflict) as refused:
        ranked(session, early)
    assert refused.value.code == "marks_not_in"
    for member in early.seated:
        panels.mark(session, member)
    with pytest.raises(Conflict) as refused:
        ranked(session, early)
    assert refused.value.code == "prices_not_open"


def test_an_official_of_the_area_ranks(session: Session, panel: Panel) -> None:
    for act in (
        panels.member_act(panel.members[0], panels.RANKED),
        parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET, at=panels.RANKED),
    ):
        with pytest.raises(NotAllowed):
            reporting.rank(session, panel.tender.lots[0], act)


def test_pressed_twice_it_is_one_ranking_and_after_a_correction_another(session: Session) -> None:
    def apart(member: int, bid: OpenedBid, criterion: Criterion) -> Decimal:
        if member == 0 and bid.alias == 3 and not criterion.is_objective:
            return Decimal(0)
        return panels.usual_points(member, bid, criterion)

    panel = panels.priced(session, points=apart)
    first = ranked(session, panel)
    assert ranked(session, panel) is first
    mark = next(row for row in overview.rows(session, panel) if row.apart).apart[0]
    act = panels.official(session, panel.tender, panels.RANKED)
    correcting.record_consensus(session, panel, act, words="没有异议")
    correcting.correct(
        session, mark, act, ground=CorrectionGround.EXTREME, points=Decimal(5), words="漏看附件"
    )
    with pytest.raises(Conflict) as stale:
        reporting.report(session, panel.tender, act)
    assert stale.value.code == "ranking_is_stale"
    second = ranked(session, panel)
    assert (second.number, first.superseded_at, second.superseded_at) == (2, panels.RANKED, None)
    assert queries.rankings(session, panel) == [first, second]
    assert reporting.verify(first)
    reporting.report(session, panel.tender, act)


def test_r32_objective_marks_that_differ_are_put_right_first(session: Session) -> None:
    def unequal(member: int, bid: OpenedBid, criterion: Criterion) -> Decimal:
        return panels.usual_points(member, bid, criterion) + (member == 0 and bid.alias == 1)

    panel = panels.qualified(session)
    panel.tender.criteria[0].is_objective = True
    for member in panel.members:
        panels.mark(session, member, points=unequal)
    panels.open_prices(session, panel.tender)
    with pytest.raises(Invalid) as refused:
        ranked(session, panel)
    assert refused.value.code == "objective_marks_unequal"
    wrong = [row for row in overview.rows(session, panel) if row.is_unequal]
    assert refused.value.facts["count"] == len(wrong)
    act = panels.official(session, panel.tender, panels.RANKED)
    for row in wrong:
        correcting.correct(
            session,
            row.marks[0],
            act,
            ground=CorrectionGround.UNEQUAL_OBJECTIVE,
            points=row.marks[1].points,
            words="按证明材料统一",
        )
    assert ranked(session, panel).number == 1


def test_r29_a_low_price_in_question_keeps_the_ranking_from_being_final(session: Session) -> None:
    panel = panels.priced(session, prices=LOW)
    act = panels.official(session, panel.tender, panels.RANKED)
    ranking = ranked(session, panel)
    assert reporting.is_provisional(ranking)
    correcting.record_consensus(session, panel, act, words="没有异议")
    with pytest.raises(Conflict) as refused:
        reporting.report(session, panel.tender, act)
    assert refused.value.code == "low_price_pending"
    bid = opened_bids(session, panel.tender)[0]
    question = low_prices.ask(session, bid, panel, panels.at(act, panels.PRICED))
    low_prices.decide(session, question, panel, act, accepted=False, words="没有说明")
    ranking = ranked(session, panel)
    answer = json.loads(ranking.answer)
    assert answer["bids"][-1]["invalid_reason"] == "abnormally_low"
    assert answer["bids"][-1]["abnormally_low"]["by"] == ["second_lowest", "ceiling"]
    reporting.report(session, panel.tender, act)
    assert phase_at(panel.tender, panels.RANKED) is TenderPhase.REPORTED


def test_the_report_wants_the_meeting_and_every_live_lot(session: Session) -> None:
    panel = panels.priced(session, lots=2)
    act = panels.official(session, panel.tender, panels.RANKED)
    with pytest.raises(Conflict) as refused:
        reporting.report(session, panel.tender, act)
    assert refused.value.code == "consensus_not_recorded"
    correcting.record_consensus(session, panel, act, words="没有异议")
    first, second = panel.tender.lots
    reporting.rank(session, first, act)
    with pytest.raises(Conflict) as refused:
        reporting.report(session, panel.tender, act)
    assert (refused.value.code, refused.value.facts["number"]) == ("lot_not_ranked", 2)
    reporting.rank(session, second, act)
    reporting.report(session, panel.tender, act)
    assert panel.tender.reported_at == panels.RANKED
    with pytest.raises(Conflict) as over:
        reporting.rank(session, first, act)
    assert over.value.code == "wrong_phase"


def test_r42_a_lot_with_too_few_valid_prices_fails_and_the_other_goes_on(session: Session) -> None:
    panel = panels.marked(session, lots=2)
    panels.open_prices(session, panel.tender)
    first, second = panel.tender.lots
    for bid in opened_bids(session, panel.tender):
        if bid.bid.lot_id == first.id and bid.alias > 1:
            bid.price = first.budget + 1
            bid.invalid_at, bid.invalid_reason = panels.PRICED, InvalidReason.ABOVE_CEILING
    act = panels.official(session, panel.tender, panels.RANKED)
    ranking = reporting.rank(session, first, act)
    answer = json.loads(ranking.answer)
    assert (answer["outcome"], answer["reason"]) == ("failed", "fewer_than_two")
    assert [bid["invalid_reason"] for bid in answer["bids"]].count("over_budget") == 2
    assert first.fail_reason is FailReason.FEW_VALID
    with pytest.raises(Conflict) as ended:
        reporting.rank(session, first, act)
    assert ended.value.code == "lot_has_ended"
    correcting.record_consensus(session, panel, act, words="没有异议")
    reporting.rank(session, second, act)
    reporting.report(session, panel.tender, act)


def test_a_bid_without_a_price_has_no_place_in_the_ranking(session: Session, panel: Panel) -> None:
    bid = opened_bids(session, panel.tender)[2]
    bid.price, bid.invalid_at, bid.invalid_reason = None, panels.PRICED, InvalidReason.PRICE_UNREADABLE
    answer = json.loads(ranked(session, panel).answer)
    assert bid.bid.reference not in [each["id"] for each in answer["bids"]]


def test_r44_in_a_negotiation_the_lowest_price_wins(session: Session) -> None:
    panel = panels.priced(session, method=Method.NEGOTIATION, prices=("480000.00", "450000.00", "462000.00"))
    assert panel.tender.criteria == []
    answer = json.loads(ranked(session, panel).answer)
    references = [bid.bid.reference for bid in opened_bids(session, panel.tender)]
    assert [each["id"] for each in answer["bids"]] == [references[1], references[2], references[0]]


def test_a_comparison_below_the_threshold_keeps_to_the_rules_of_a_consultation(session: Session) -> None:
    panel = panels.priced(session, method=Method.COMPARISON)
    ranking = ranked(session, panel)
    assert json.loads(ranking.question)["method"] == "competitive_consultation"
    assert reporting.verify(ranking)


def test_an_upheld_challenge_takes_the_panel_back_to_its_marks(session: Session) -> None:
    tender = panels.reported(session)
    panel = panels.panel_of(session, tender)
    act = panels.official(session, tender, panels.RANKED)
    first = reporting.standing(session, tender.lots[0])
    with pytest.raises(Conflict):
        reopening.reopen_marks(session, panel, act)
    advance(session, TENDER, tender, TenderMove.REPLAY, act)
    reopening.reopen_marks(session, panel, act)
    assert not marking_desk.marks_are_in(session, tender)
    assert panel.consensus_at is None
    reopened = select(Message.person_id).where(Message.kind == "panel_reopened")
    assert set(session.scalars(reopened)) == {member.person_id for member in panel.seated}
    for member in panel.seated:
        panels.mark(session, member, points=lambda _m, bid, c: panels.usual_points(0, bid, c) - 1)
    panels.report(session, panel, panels.RANKED)
    again = reporting.standing(session, tender.lots[0])
    assert first is not None
    assert again is not None
    assert (again.number, first.superseded_at) == (2, panels.RANKED)


def test_an_upheld_challenge_takes_the_panel_back_to_the_check(session: Session) -> None:
    panel = panels.declared(session)
    out = opened_bids(session, panel.tender)[2]
    panels.check(session, panel, refused=[out])
    for member in panel.seated:
        panels.mark(session, member)
    panels.open_prices(session, panel.tender)
    panels.report(session, panel)
    act = panels.official(session, panel.tender, panels.RANKED)
    advance(session, TENDER, panel.tender, TenderMove.REPLAY, act)
    reopening.reopen_check(session, panel, act)
    assert (out.invalid_at, panel.qualified_at) == (None, None)
    panels.check(session, panel, moment=panels.RANKED)
    assert out.invalid_at is None
    assert session.scalars(select(Ranking.number)).all() == [1]


def test_the_command_writes_the_recorded_bytes(session: Session, panel: Panel, tmp_path: Path) -> None:
    ranking = ranked(session, panel)
    file = tmp_path / "ranking.json"
    file.write_text(ranking.question, encoding="utf-8")
    assert CliRunner().invoke(cli, ["rank", str(file)]).stdout_bytes == ranking.answer.encode()
