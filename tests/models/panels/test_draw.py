"""The draw: sizes and shares by rule, barred people, the lot, and that anybody can draw it again."""

from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import Conflict, Invalid, NotAllowed
from models.outbox import Message
from models.panels import drawing, lottery
from models.panels.bidders import bidders
from models.panels.eligibility import drawable
from models.panels.panel import MemberKind, Panel
from models.panels.pool import TieKind
from models.parties.organisation import BoardMember, StaffMember
from models.parties.person import Person
from models.rulebook.methods import Method
from models.tenders.tender import Tender
from tests.factories import panels, parties, tenders


@pytest.fixture
def tender(session: Session) -> Tender:
    """A consultation with three bids opened."""
    return panels.opened(session)


def test_r40_a_consultation_has_three_and_two_thirds_are_experts(session: Session, tender: Tender) -> None:
    panels.experts(session)
    one, other = panels.purchaser(session, tender), panels.purchaser(session, tender)
    act = panels.official(session, tender)
    for size, code in ((1, "panel_too_small"), (4, "panel_not_odd")):
        with pytest.raises(Invalid) as refused:
            drawing.draw(session, tender, act, size=size)
        assert refused.value.code == code
    with pytest.raises(Invalid) as refused:
        drawing.draw(session, tender, act, purchaser=[one.id, other.id])
    assert refused.value.code == "panel_too_many_purchasers"
    assert refused.value.facts["most"] == 1
    panel = drawing.draw(session, tender, act, purchaser=[one.id])
    assert [member.kind for member in panel.members] == [
        MemberKind.EXPERT,
        MemberKind.EXPERT,
        MemberKind.PURCHASER,
    ]
    assert [member.is_chair for member in panel.members] == [True, False, False]


@pytest.mark.parametrize(("budget", "size"), [("9999999.99", 5), ("10000000", 7)])
def test_r24_a_tender_has_five_and_seven_from_ten_million_on(
    session: Session, budget: str, size: int
) -> None:
    tender = panels.opened(session, method=Method.OPEN_TENDER, until=tenders.CLOSES)
    tender.budget = Decimal(budget)
    panels.experts(session)
    panel = drawing.draw(session, tender, panels.official(session, tender))
    assert (panel.size, panel.experts, len(panel.members)) == (size, size, size)


def test_the_purchasers_person_works_there_and_has_no_tie(session: Session, tender: Tender) -> None:
    panels.experts(session)
    act = panels.official(session, tender)
    stranger = panels.experts(session, 1)[0]
    with pytest.raises(Invalid) as refused:
        drawing.draw(session, tender, act, purchaser=[stranger.id])
    assert refused.value.code == "purchaser_without_role"
    tied = panels.purchaser(session, tender)
    session.add(BoardMember(organisation_id=bidders(session, tender)[0].id, name=tied.name))
    session.flush()
    with pytest.raises(Invalid) as refused:
        drawing.draw(session, tender, act, purchaser=[tied.id])
    assert refused.value.code == "purchaser_is_tied"


def test_too_few_experts_are_refused_with_figures(session: Session, tender: Tender) -> None:
    panels.experts(session, 2)
    with pytest.raises(Invalid) as refused:
        drawing.draw(session, tender, panels.official(session, tender))
    assert refused.value.code == "panel_too_few_experts"
    assert refused.value.facts == {"wanted": 3, "found": 2, "rule": "R40"}


def test_a_panel_is_drawn_once_after_the_opening_by_the_purchaser(session: Session, tender: Tender) -> None:
    panels.experts(session)
    closed = tenders.tender(session)
    with pytest.raises(Conflict) as refused:
        drawing.draw(session, closed, panels.official(session, closed))
    assert refused.value.code == "wrong_phase"
    for role, unit in ((Role.STREET_OFFICIAL, parties.OTHER_STREET), (Role.AUDITOR, parties.DISTRICT)):
        with pytest.raises(NotAllowed):
            drawing.draw(session, tender, parties.act_as(session, role, unit=unit, at=panels.DRAWN))
    drawing.draw(session, tender, panels.official(session, tender))
    with pytest.raises(Conflict) as refused:
        drawing.draw(session, tender, panels.official(session, tender))
    assert refused.value.code == "panel_drawn"


def test_the_draw_is_the_documented_computation_and_can_be_replayed(session: Session, tender: Tender) -> None:
    people = panels.experts(session)
    panel = drawing.draw(session, tender, panels.official(session, tender))
    session.flush()
    tickets = {sha256(f"{panel.seed}:{person.id}".encode()).hexdigest(): person.id for person in people}
    expected = [tickets[ticket] for ticket in sorted(tickets)][:3]
    assert [member.person_id for member in panel.members] == expected == drawing.replay(panel)
    assert drawing.is_as_drawn(panel)
    listed = sorted(str(person.id) for person in people)
    assert panel.pool == [listed]
    written = '","'.join(listed)
    assert panel.pool_digest == sha256(f'[["{written}"]]'.encode()).hexdigest()
    panel.pool = [listed[1:]]
    assert not drawing.is_as_drawn(panel)
    told = set(session.scalars(select(Message.person_id).where(Message.kind == "panel_seat")))
    assert told == set(expected)


def test_every_draw_has_a_seed_of_its_own(session: Session) -> None:
    seeds = {lottery.new_seed() for _ in range(20)}
    assert len(seeds) == 20
    assert all(len(seed) == 64 for seed in seeds)


@given(st.lists(st.uuids().map(str), unique=True, max_size=20), st.text(min_size=1, max_size=8))
def test_the_order_is_of_everybody_and_does_not_depend_on_the_order_of_the_list(
    keys: list[str], seed: str
) -> None:
    order = lottery.ordering(seed, [sorted(keys)])
    assert sorted(order) == sorted(keys)
    assert lottery.ordering(seed, [sorted(keys, reverse=True)]) == order


def test_those_who_know_the_field_are_preferred_only_where_the_lot_still_decides(
    session: Session, tender: Tender
) -> None:
    codes = [term.term_code for term in tender.lots[0].needs[0].need.terms if not term.is_group]
    others = panels.experts(session, 5)
    knowing = panels.experts(session, drawing.AMPLE * 3 - 1, terms=[codes[0].split("-")[0]])
    act = panels.official(session, tender)
    everybody = drawable(session, tender, act)
    rules = drawing.panel_size(tender.method)
    assert len(drawing._first_list(tender, everybody, 3, rules)) == len(knowing) + len(others)
    knowing += panels.experts(session, 1, terms=[codes[0]])
    panel = drawing.draw(session, tender, act)
    assert panel.pool == [sorted(str(person.id) for person in knowing)]


def test_an_empty_seat_is_filled_from_the_rest_of_the_order_and_then_from_a_new_list(
    session: Session, tender: Tender
) -> None:
    people = panels.experts(session, 4)
    panel = drawing.draw(session, tender, panels.official(session, tender))
    session.flush()
    act = panels.official(session, tender)
    order = lottery.ordering(panel.seed, panel.pool)
    with pytest.raises(Conflict) as full:
        drawing.redraw(session, panel, act)
    assert full.value.code == "panel_is_full"
    _leave(panel, 0)
    (fourth,) = drawing.redraw(session, panel, act)
    assert str(fourth.person_id) == order[3]
    assert [member.is_chair for member in panel.seated].count(True) == 1
    _leave(panel, 1)
    with pytest.raises(Invalid) as refused:
        drawing.redraw(session, panel, act)
    assert refused.value.code == "panel_pool_exhausted"
    assert refused.value.facts == {"missing": 1, "size": 3}
    more = panels.experts(session, 2)
    drawing.redraw(session, panel, act)
    assert panel.pool[1] == sorted(str(person.id) for person in more)
    assert len(panel.seated) == 3
    assert len(panel.members) == 5
    assert drawing.is_as_drawn(panel)
    assert {member.person_id for member in panel.members} <= {p.id for p in (*people, *more)}


def test_whom_the_data_bar_by_now_is_passed_over_on_record(session: Session, tender: Tender) -> None:
    panels.experts(session, 5)
    panel = drawing.draw(session, tender, panels.official(session, tender))
    session.flush()
    fourth = session.get_one(Person, panels.UUID(lottery.ordering(panel.seed, panel.pool)[3]))
    session.add(StaffMember(organisation_id=bidders(session, tender)[0].id, name=fourth.name))
    _leave(panel, 2)
    (fifth,) = drawing.redraw(session, panel, panels.official(session, tender))
    passed = next(member for member in panel.members if member.person_id == fourth.id)
    assert passed.recused_at is not None
    assert [(each.kind, each.from_data) for each in passed.interests] == [(TieKind.EMPLOYMENT, True)]
    assert fifth.person_id not in {fourth.id}
    assert drawing.is_as_drawn(panel)


def _leave(panel: Panel, seat: int) -> None:
    member = panel.members[seat]
    member.recused_at, member.recused_words, member.is_chair = panels.DRAWN, "身体原因", False
