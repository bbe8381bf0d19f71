"""The check of qualification and conformity: who may, refusals in words, too few qualified."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.bids.opened import InvalidReason
from models.errors import Conflict, Invalid, NotAllowed
from models.outbox import Message
from models.panels import qualifying
from models.panels.bidders import opened_bids, valid_bids
from models.panels.panel import Panel
from models.rulebook.methods import Method
from models.tenders.lot import FailReason
from tests.factories import panels, parties


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel that has declared."""
    return panels.declared(session)


def test_a_refusal_has_words(session: Session, panel: Panel) -> None:
    act = panels.official(session, panel.tender)
    (bid, *_rest) = opened_bids(session, panel.tender)
    requirement = panel.tender.requirements[0]
    with pytest.raises(Invalid) as refused:
        qualifying.check(session, panel, act, bid=bid, requirement=requirement, meets=False, words=" ")
    assert refused.value.code == "refusal_without_words"
    found = qualifying.check(
        session, panel, act, bid=bid, requirement=requirement, meets=False, words="没有年检"
    )
    again = qualifying.check(session, panel, act, bid=bid, requirement=requirement, meets=True)
    assert again is found
    assert found.meets


def test_the_chair_or_an_official_checks(session: Session, panel: Panel) -> None:
    (bid, *_rest) = opened_bids(session, panel.tender)
    requirement = panel.tender.requirements[0]
    chair = next(member for member in panel.seated if member.is_chair)
    other = next(member for member in panel.seated if not member.is_chair)
    qualifying.check(session, panel, panels.member_act(chair), bid=bid, requirement=requirement, meets=True)
    for act in (panels.member_act(other), parties.act_as(session, Role.AUDITOR, at=panels.DRAWN)):
        with pytest.raises(NotAllowed):
            qualifying.check(session, panel, act, bid=bid, requirement=requirement, meets=True)
    with pytest.raises(NotAllowed):
        qualifying.complete(session, panel, panels.member_act(chair))


def test_the_check_is_closed_when_all_is_checked_and_once(session: Session, panel: Panel) -> None:
    act = panels.official(session, panel.tender, panels.QUALIFIED)
    with pytest.raises(Invalid) as refused:
        qualifying.complete(session, panel, act)
    assert refused.value.code == "checks_missing"
    assert refused.value.facts["missing"] == 3 * len(panel.tender.requirements)
    panels.check(session, panel)
    assert panel.qualified_at == panels.QUALIFIED
    (bid, *_rest) = opened_bids(session, panel.tender)
    for verb in (
        lambda: qualifying.complete(session, panel, act),
        lambda: qualifying.check(
            session, panel, act, bid=bid, requirement=panel.tender.requirements[0], meets=True
        ),
    ):
        with pytest.raises(Conflict) as closed:
            verb()
        assert closed.value.code == "check_is_closed"


def test_r42_two_qualified_go_on_and_one_does_not(session: Session, panel: Panel) -> None:
    (first, *_rest) = opened_bids(session, panel.tender)
    panels.check(session, panel, refused=[first])
    assert (first.invalid_reason, first.invalid_words) == (InvalidReason.NOT_QUALIFIED, "没有提供审计报告。")
    assert len(valid_bids(session, panel.tender)) == 2
    assert panel.tender.failed_at is None


def test_r42_one_qualified_ends_a_consultation_with_word_to_every_bidder(
    session: Session, panel: Panel
) -> None:
    bids = opened_bids(session, panel.tender)
    staff = parties.person(session, Role.ORGANISATION_STAFF, organisation=bids[2].bid.organisation)
    panels.check(session, panel, refused=bids[:2])
    (lot,) = panel.tender.lots
    assert lot.fail_reason is panel.tender.fail_reason is FailReason.FEW_VALID
    told = select(Message.person_id).where(Message.kind == "tender_failed")
    assert staff.id in session.scalars(told).all()


def test_r23_a_tender_needs_three_qualified(session: Session) -> None:
    panel = panels.declared(session, method=Method.OPEN_TENDER, until=panels.tenders.CLOSES)
    panels.check(session, panel, refused=opened_bids(session, panel.tender)[:1])
    assert panel.tender.fail_reason is FailReason.FEW_VALID


def test_a_lot_fails_alone_while_another_is_live(session: Session) -> None:
    panel = panels.declared(session, lots=2)
    bids = opened_bids(session, panel.tender)
    panels.check(session, panel, refused=[bid for bid in bids if bid.bid.lot.number == 1][:2])
    assert [lot.fail_reason for lot in panel.tender.lots] == [FailReason.FEW_VALID, None]
    assert panel.tender.failed_at is None
    assert {bid.bid.lot.number for bid in valid_bids(session, panel.tender)} == {2}


def test_the_panel_finds_what_no_requirement_names(session: Session, panel: Panel) -> None:
    act = panels.official(session, panel.tender)
    (bid, *_rest) = opened_bids(session, panel.tender)
    for reason, words, code in (
        (InvalidReason.NOT_CONFIRMED, "没有确认", "reason_not_the_panels"),
        (InvalidReason.COLLUSION, "", "refusal_without_words"),
    ):
        with pytest.raises(Invalid) as refused:
            qualifying.reject(session, panel, act, bid=bid, reason=reason, words=words)
        assert refused.value.code == code
    qualifying.reject(session, panel, act, bid=bid, reason=InvalidReason.COLLUSION, words="两份文件雷同")
    assert bid.invalid_reason is InvalidReason.COLLUSION
    with pytest.raises(Conflict) as again:
        qualifying.reject(session, panel, act, bid=bid, reason=InvalidReason.SUBSTANTIVE, words="缺项")
    assert again.value.code == "bid_is_invalid"


def test_a_bid_and_a_requirement_are_of_this_tender(session: Session, panel: Panel) -> None:
    other = panels.opened(session)
    act = panels.official(session, panel.tender)
    bid, strange = opened_bids(session, panel.tender)[0], opened_bids(session, other)[0]
    pairs = ((strange, panel.tender.requirements[0]), (bid, other.requirements[0]))
    for each, requirement in pairs:
        with pytest.raises(Invalid) as refused:
            qualifying.check(session, panel, act, bid=each, requirement=requirement, meets=True)
        assert refused.value.code == "not_of_this_tender"
