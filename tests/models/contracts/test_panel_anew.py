"""An upheld challenge before the report, and one against the panel itself (R58, 94 art 10)."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.bids.opened import InvalidReason
from models.contracts import challenging
from models.contracts.challenge import Challenge, ChallengeStage, ReplayStep
from models.errors import Conflict, Invalid
from models.outbox import Message
from models.panels import declaring, drawing, marking_desk, pool_queries, qualifying, queries, reporting
from models.panels.bidders import opened_bids
from models.panels.current import current_panel, earlier_panels
from models.panels.marking import Mark, Ranking
from models.panels.panel import Panel
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase
from tests.factories import contracts, panels

LATER = panels.RANKED + timedelta(hours=20)
AGAIN = LATER + timedelta(hours=1)


def challenge(session: Session, tender: Tender) -> Challenge:
    """The second bidder challenges the procedure."""
    organisation = opened_bids(session, tender)[1].bid.organisation
    return challenging.file(
        session,
        tender,
        contracts.staff(session, organisation, LATER),
        stage=ChallengeStage.PROCEDURE,
        points="评审过程不符合规定。",
        remedy="请重新评审。",
        lot=tender.lots[0],
    )


def uphold(session: Session, tender: Tender, step: ReplayStep) -> None:
    act = panels.official(session, tender, LATER)
    made = challenge(session, tender)
    challenging.answer(session, made, act, upheld=True, words="经复核，质疑成立。", replay_from=step)
    session.flush()


def told(session: Session, kind: str) -> int:
    return session.scalar(select(func.count(Message.id)).where(Message.kind == kind)) or 0


def judge(session: Session, panel: Panel) -> None:
    """A panel declares, checks, marks and reports."""
    for member in panel.seated:
        declaring.declare(session, member, panels.member_act(member, AGAIN), interests=())
    panels.check(session, panel, moment=AGAIN)
    for member in panel.seated:
        panels.mark(session, member, points=lambda _member, _bid, criterion: criterion.weight / 2)
    panels.report(session, panel, AGAIN + timedelta(hours=5))


def test_before_the_report_an_upheld_challenge_of_the_marks_opens_the_sheets(session: Session) -> None:
    panel = panels.marked(session)
    uphold(session, panel.tender, ReplayStep.MARKING)
    assert phase_at(panel.tender, LATER) == TenderPhase.EVALUATION
    assert panel.tender.replayed_at == LATER
    assert [member.submitted_at for member in panel.seated] == [None] * panel.size
    assert panel.qualified_at is not None
    assert told(session, "panel_reopened") == panel.size


def test_before_the_report_an_upheld_challenge_of_the_check_lets_the_refused_in(session: Session) -> None:
    panel = panels.declared(session)
    first, second, third = opened_bids(session, panel.tender)
    act = panels.official(session, panel.tender, panels.QUALIFIED)
    qualifying.reject(session, panel, act, bid=second, reason=InvalidReason.SUBSTANTIVE, words="缺方案。")
    for bid in (first, third):
        for requirement in panel.tender.requirements:
            qualifying.check(session, panel, act, bid=bid, requirement=requirement, meets=True)
    qualifying.complete(session, panel, act)
    uphold(session, panel.tender, ReplayStep.QUALIFICATION)
    assert panel.qualified_at is None
    assert second.invalid_at is None
    with pytest.raises(Invalid, match="checks_missing"):  # it is checked like the others
        qualifying.complete(session, panel, panels.official(session, panel.tender, AGAIN))
    assert told(session, "panel_reopened") == 0  # nobody had handed in


def test_a_challenge_of_the_panel_needs_one(session: Session) -> None:
    tender = panels.opened(session)
    with pytest.raises(Invalid, match="replay_without_panel") as refused:
        uphold(session, tender, ReplayStep.PANEL)
    assert refused.value.field == "replay_from"


def test_an_upheld_challenge_against_the_panel_seats_other_people(session: Session) -> None:
    """The old panel and its marks stay on record; the new ranking is made of the new marks alone."""
    tender = panels.reported(session)
    old = panels.panel_of(session, tender)
    (first,) = session.scalars(select(Ranking))
    marks = session.scalar(select(func.count(Mark.id)))
    uphold(session, tender, ReplayStep.PANEL)

    assert (old.superseded_at, current_panel(session, tender)) == (LATER, None)
    assert earlier_panels(session, tender) == [old]
    assert session.scalar(select(func.count(Mark.id))) == marks
    assert first.superseded_at == LATER
    assert phase_at(tender, LATER) == TenderPhase.EVALUATION
    assert told(session, "panel_set_aside") == old.size
    assert not marking_desk.marks_are_in(session, tender)

    new = drawing.draw(session, tender, panels.official(session, tender, LATER))
    session.flush()
    assert not {each.person_id for each in new.members} & {each.person_id for each in old.members}
    assert drawing.is_as_drawn(new)
    assert queries.panel_of(session, tender, panels.official(session, tender, LATER)) is new
    judge(session, new)

    assert phase_at(tender, AGAIN + timedelta(hours=5)) == TenderPhase.REPORTED
    ranking = reporting.standing(session, tender.lots[0])
    assert ranking is not None
    assert ranking.number == 2
    bids = json.loads(ranking.question)["bids"]
    halves = {f"{criterion.weight / 2:.2f}" for criterion in tender.criteria}
    given = {mark for bid in bids for member in bid["marks"].values() for mark in member.values()}
    assert given == halves


def test_a_panel_that_was_set_aside_decides_nothing_more(session: Session) -> None:
    panel = panels.qualified(session)
    uphold(session, panel.tender, ReplayStep.PANEL)
    member = panel.seated[0]
    with pytest.raises(Conflict, match="panel_superseded"):
        marking_desk.submit(session, member, panels.member_act(member, LATER))
    act = panels.official(session, panel.tender, LATER)
    with pytest.raises(Conflict, match="panel_superseded"):
        drawing.redraw(session, panel, act)
    bid = opened_bids(session, panel.tender)[0]
    with pytest.raises(Conflict, match="panel_superseded"):
        qualifying.reject(session, panel, act, bid=bid, reason=InvalidReason.COLLUSION, words="雷同。")
    assert not queries.is_at_work(member, panels.member_act(member, LATER))
    assert [row.panel for row in queries.evaluating(session, act)] == [None]


def test_nobody_of_the_old_panel_sits_on_the_new_one(session: Session) -> None:
    """With a purchaser's person on it, and only so many experts that the rest of the pool just suffices."""
    tender = panels.opened(session)
    person = panels.purchaser(session, tender)
    panels.experts(session, 5)
    act = panels.official(session, tender)
    old = drawing.draw(session, tender, act, purchaser=[person.id])
    session.flush()
    uphold(session, tender, ReplayStep.PANEL)
    act = panels.official(session, tender, LATER)
    assert person not in pool_queries.purchasers(session, tender, act)
    with pytest.raises(Invalid, match="purchaser_sat_before"):
        drawing.draw(session, tender, act, purchaser=[person.id])
    new = drawing.draw(session, tender, act)
    session.flush()
    gone = new.seated[0]
    declaring.recuse(session, gone, act, words="参与过前期论证。")
    assert len(new.seated) == new.size - 1  # two sat before: the pool of five holds nobody else
    assert not {each.person_id for each in new.members} & {each.person_id for each in old.members}


def test_nothing_is_ranked_while_the_price_of_a_valid_bid_is_shut(session: Session) -> None:
    panel = panels.priced(session)
    first = opened_bids(session, panel.tender)[0]
    first.priced_at = None
    act = panels.official(session, panel.tender, panels.RANKED)
    with pytest.raises(Conflict, match="prices_not_open"):
        reporting.rank(session, panel.tender.lots[0], act)
    first.invalid_at, first.invalid_reason = panels.RANKED, InvalidReason.NOT_QUALIFIED
    assert reporting.rank(session, panel.tender.lots[0], act).number == 1
