"""Abnormally low prices (R29): who is asked, how long there is to answer, and what is decided."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.bids.opened import InvalidReason, OpenedBid
from models.errors import Conflict, Invalid, NotAllowed
from models.outbox import Message
from models.panels import low_prices, queries
from models.panels.bidders import opened_bids
from models.panels.marking import LowPriceQuestion
from models.panels.panel import Panel
from tests.factories import panels, parties

LOW = ("200000.00", "462000.00", "480000.00")
MOMENT = timedelta(microseconds=1)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel with a low price before it: under 50% of the second lowest and 45% of the budget."""
    return panels.priced(session, prices=LOW)


@pytest.fixture
def bid(session: Session, panel: Panel) -> OpenedBid:
    """The bid with the low price."""
    return opened_bids(session, panel.tender)[0]


def bidder(session: Session, bid: OpenedBid) -> Act:
    """Somebody of the organisation that bids."""
    organisation = bid.bid.organisation
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation, at=panels.PRICED)


def asked(session: Session, panel: Panel, bid: OpenedBid, **changes: int) -> LowPriceQuestion:
    """The question."""
    act = panels.official(session, panel.tender, panels.PRICED)
    return low_prices.ask(session, bid, panel, act, **changes)


def test_the_figures_say_who_is_low(session: Session, panel: Panel, bid: OpenedBid) -> None:
    (lot,) = panel.tender.lots
    found = low_prices.review(session, lot, panel)
    assert [each.bid.alias for each in found if each.finding.low_by] == [1]
    staff = bidder(session, bid)
    question = asked(session, panel, bid)
    assert question.triggers == "second_lowest,ceiling"
    assert question.due_at - question.asked_at == HALF_AN_HOUR
    told = session.scalars(select(Message.person_id).where(Message.kind == "low_price_asked")).all()
    assert told == [staff.actor.person_id]
    assert queries.questions_to(session, staff) == [question]
    with pytest.raises(Conflict) as refused:
        asked(session, panel, bid)
    assert refused.value.code == "low_price_asked"


def test_the_panel_may_ask_where_no_figure_does(session: Session, panel: Panel) -> None:
    assert asked(session, panel, opened_bids(session, panel.tender)[1]).triggers == "panel"


def test_there_are_thirty_minutes_at_least(session: Session, panel: Panel, bid: OpenedBid) -> None:
    with pytest.raises(Invalid) as refused:
        asked(session, panel, bid, minutes=29)
    assert refused.value.code == "low_price_time_too_short"
    assert asked(session, panel, bid, minutes=30).due_at == panels.PRICED + HALF_AN_HOUR


def test_nobody_is_asked_before_prices_are_open(session: Session) -> None:
    panel = panels.marked(session)
    with pytest.raises(Conflict) as refused:
        asked(session, panel, opened_bids(session, panel.tender)[0])
    assert refused.value.code == "prices_not_open"


def test_an_answer_is_late_at_the_microsecond(session: Session, panel: Panel, bid: OpenedBid) -> None:
    question = asked(session, panel, bid)
    staff = bidder(session, bid)
    with pytest.raises(Invalid) as empty:
        low_prices.answer(session, question, staff, words=" ")
    assert empty.value.code == "low_price_answer_empty"
    last = panels.at(staff, question.due_at - MOMENT)
    low_prices.answer(session, question, last, words="场地由街道免费提供。")
    assert question.answered_at == question.due_at - MOMENT
    assert queries.questions_to(session, last) == [question]
    late = panels.at(staff, question.due_at)
    with pytest.raises(Conflict) as refused:
        low_prices.answer(session, question, late, words="补充说明")
    assert refused.value.code == "low_price_answer_late"
    assert question.answer == "场地由街道免费提供。"
    assert queries.questions_to(session, late) == []


def test_the_bidder_alone_answers(session: Session, panel: Panel, bid: OpenedBid) -> None:
    question = asked(session, panel, bid)
    stranger = bidder(session, opened_bids(session, panel.tender)[1])
    for act in (stranger, panels.official(session, panel.tender, panels.PRICED)):
        assert queries.low_price(session, bid.bid_id, act) is None
        assert queries.questions_to(session, act) == []
        with pytest.raises(NotAllowed):
            low_prices.answer(session, question, act, words="说明")


def test_it_is_decided_when_answered_or_when_time_is_up(
    session: Session, panel: Panel, bid: OpenedBid
) -> None:
    question = asked(session, panel, bid)
    official = panels.official(session, panel.tender, question.due_at - MOMENT)
    with pytest.raises(Conflict) as running:
        low_prices.decide(session, question, panel, official, accepted=False, words="没有说明")
    assert running.value.code == "low_price_time_runs"
    official = panels.at(official, question.due_at)
    with pytest.raises(Invalid) as unexplained:
        low_prices.decide(session, question, panel, official, accepted=True, words="可以接受")
    assert unexplained.value.code == "low_price_unexplained"
    with pytest.raises(Invalid) as wordless:
        low_prices.decide(session, question, panel, official, accepted=False, words="")
    assert wordless.value.code == "low_price_without_words"
    low_prices.decide(session, question, panel, official, accepted=False, words="没有说明")
    assert (bid.invalid_reason, bid.invalid_words) == (InvalidReason.LOW_PRICE_UNPROVED, "没有说明")
    with pytest.raises(Conflict) as again:
        low_prices.decide(session, question, panel, official, accepted=True, words="可以接受")
    assert again.value.code == "low_price_decided"


def test_an_accepted_explanation_leaves_the_bid_valid(session: Session, panel: Panel, bid: OpenedBid) -> None:
    question = asked(session, panel, bid)
    staff = bidder(session, bid)
    low_prices.answer(session, question, staff, words="场地由街道免费提供。")
    official = panels.official(session, panel.tender, panels.PRICED)
    low_prices.decide(session, question, panel, official, accepted=True, words="成本测算完整")
    assert bid.invalid_at is None
    assert question.is_accepted
    with pytest.raises(Conflict):
        low_prices.answer(session, question, staff, words="再补充")
