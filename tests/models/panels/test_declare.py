"""Declarations of interest, recusal with a redraw from the same order, and the chair."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.panels import declaring, drawing
from models.panels.bidders import bidders
from models.panels.declaring import Declared
from models.panels.panel import MemberKind, Panel
from models.panels.pool import TieKind
from models.parties.organisation import StaffMember
from tests.factories import panels, parties


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel that has just been drawn."""
    return panels.drawn(session)


def test_no_interest_at_all_is_an_answer(session: Session, panel: Panel) -> None:
    member = panel.members[0]
    declaring.declare(session, member, panels.member_act(member), interests=())
    assert member.declared_at == panels.DRAWN
    assert member.recused_at is None
    with pytest.raises(Conflict) as refused:
        declaring.declare(session, member, panels.member_act(member), interests=())
    assert refused.value.code == "member_has_declared"


@pytest.mark.parametrize("kind", TieKind)
def test_r53_each_ground_recuses_and_the_next_in_the_order_takes_the_seat(
    session: Session, panel: Panel, kind: TieKind
) -> None:
    member = panel.members[1]
    named = Declared(bidders(session, panel.tender)[0].id, kind, "曾在该机构任职")
    declaring.declare(session, member, panels.member_act(member), interests=[named])
    assert (member.recused_at, member.recused_words) == (panels.DRAWN, "曾在该机构任职")
    (interest,) = member.interests
    assert (interest.kind, interest.from_data, interest.words) == (kind, False, "曾在该机构任职")
    assert len(panel.seated) == panel.size
    assert len(panel.members) == panel.size + 1
    assert drawing.is_as_drawn(panel)


def test_r53_what_the_data_show_by_now_recuses_whoever_says_nothing(session: Session, panel: Panel) -> None:
    member = panel.members[0]
    tied = bidders(session, panel.tender)[2]
    session.add(StaffMember(organisation_id=tied.id, name=member.person.name))
    session.flush()
    declaring.declare(session, member, panels.member_act(member), interests=())
    (interest,) = member.interests
    assert (interest.organisation_id, interest.kind, interest.from_data) == (
        tied.id,
        TieKind.EMPLOYMENT,
        True,
    )
    assert member.recused_at is not None
    assert not member.is_chair
    assert [each.is_chair for each in panel.seated].count(True) == 1


def test_a_declaration_stands_also_when_nobody_is_left_for_the_seat(session: Session) -> None:
    panel = panels.drawn(session, pool=3)
    member = panel.members[0]
    named = Declared(bidders(session, panel.tender)[0].id, TieKind.KINSHIP)
    declaring.declare(session, member, panels.member_act(member), interests=[named])
    assert member.recused_at is not None
    assert len(panel.seated) == 2


def test_an_interest_is_in_a_bidder_and_declared_by_the_member_alone(session: Session, panel: Panel) -> None:
    member, other = panel.members[0], panel.members[1]
    for key in (parties.organisation(session).id, uuid4()):
        with pytest.raises(Invalid) as refused:
            declaring.declare(
                session, member, panels.member_act(member), interests=[Declared(key, TieKind.BOARD)]
            )
        assert refused.value.code == "interest_in_no_bidder"
    for act in (panels.member_act(other), panels.official(session, panel.tender)):
        with pytest.raises(NotFound):
            declaring.declare(session, member, act, interests=())


def test_an_official_recuses_a_member_with_words(session: Session, panel: Panel) -> None:
    member = panel.members[0]
    act = panels.official(session, panel.tender)
    with pytest.raises(Invalid) as refused:
        declaring.recuse(session, member, act, words=" ")
    assert refused.value.code == "recuse_without_words"
    with pytest.raises(NotAllowed):
        declaring.recuse(session, member, panels.member_act(member), words="身体不适")
    declaring.recuse(session, member, act, words="身体不适")
    assert member.recused_words == "身体不适"
    with pytest.raises(Conflict) as again:
        declaring.recuse(session, member, act, words="身体不适")
    assert again.value.code == "member_recused"
    with pytest.raises(Conflict):
        declaring.declare(session, member, panels.member_act(member), interests=())


def test_nobody_is_replaced_once_prices_are_open(session: Session) -> None:
    panel = panels.priced(session)
    act = panels.official(session, panel.tender, panels.PRICED)
    with pytest.raises(Conflict) as refused:
        declaring.recuse(session, panel.members[0], act, words="亲属在投标人处任职")
    assert refused.value.code == "recuse_after_prices"


def test_r24_the_purchasers_person_is_never_chair(session: Session) -> None:
    tender = panels.opened(session)
    panels.experts(session)
    panel = drawing.draw(
        session, tender, panels.official(session, tender), purchaser=[panels.purchaser(session, tender).id]
    )
    session.flush()
    act = panels.official(session, tender)
    ours = next(member for member in panel.members if member.kind is MemberKind.PURCHASER)
    with pytest.raises(Invalid) as refused:
        declaring.choose_chair(session, ours, act)
    assert refused.value.code == "chair_is_purchaser"
    declaring.choose_chair(session, panel.members[1], act)
    assert [member.is_chair for member in panel.members] == [False, True, False]
    with pytest.raises(NotAllowed):
        declaring.choose_chair(session, panel.members[0], parties.act_as(session, Role.AUDITOR))
