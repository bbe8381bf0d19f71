"""The form of taking part that a need's words speak of (demand 48)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.needs.board import BoardFilter, board
from models.needs.engagement import propose_engagement
from models.needs.need import Engagement, NeedPhase
from models.tenders.filling import engagement_of
from tests.factories import needs
from tests.factories.parties import nobody

ACTIVITY, PROJECT = Engagement.ACTIVITY, Engagement.PROJECT
ENTRUSTED, ON_POST = Engagement.ENTRUSTED, Engagement.ON_POST


@pytest.mark.parametrize(
    ("text", "codes", "proposed"),
    [
        ("想给保姆专门办一次急救课。", (), ACTIVITY),
        ("春节前请书法老师来一场活动", (), ACTIVITY),
        ("希望每周有治疗师来带着练走路", (), PROJECT),
        ("要有人隔天敲敲门", (), PROJECT),
        ("一千四百平方，要有本事的团队整体接。", (), ENTRUSTED),
        ("党群中心想托管，全年开门", (), ENTRUSTED),
        ("地方空着没人管", ("CP-04",), ENTRUSTED),
        ("要求有人驻在小区里，一个门洞一个门洞推", (), ON_POST),
        ("要有人坐在居委，每天手把手教", (), ON_POST),
        ("想託管", (), ENTRUSTED),
    ],
)
def test_what_is_evident_is_proposed(text: str, codes: tuple[str, ...], proposed: Engagement) -> None:
    found = propose_engagement(text, codes)
    assert found is not None
    assert found.engagement is proposed


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ()),
        ("下水道堵了", ()),
        ("先办一场试试，好的话每周都办", ()),
        ("托管活动中心，再派驻一名社工", ()),
        ("暑假没人托管孩子", ("WF-02",)),
        ("找工作，要有岗位", ("EM-01",)),
    ],
)
def test_what_could_be_two_things_is_left_to_people(text: str, codes: tuple[str, ...]) -> None:
    assert propose_engagement(text, codes) is None


@given(st.text(max_size=60))
def test_any_text_is_read_and_its_words_are_shown(text: str) -> None:
    found = propose_engagement(text)
    assert found is None or found.words


def test_the_board_finds_what_is_wanted_in_one_form(session: Session) -> None:
    wanted = needs.need(session, NeedPhase.STANDARDISED)
    other = needs.need(session, NeedPhase.STANDARDISED)
    wanted.engagement, other.engagement = ON_POST, PROJECT
    session.flush()
    found = board(session, nobody(), BoardFilter(engagement=ON_POST))
    assert found.rows == [wanted]
    assert board(session, nobody(), BoardFilter()).total == 2


def test_a_tender_takes_the_form_over_where_its_needs_agree(session: Session) -> None:
    one, two = needs.need(session, NeedPhase.STANDARDISED), needs.need(session, NeedPhase.STANDARDISED)
    one.engagement = two.engagement = ON_POST
    assert engagement_of([one, two]) is ON_POST
    two.engagement = None
    assert engagement_of([one, two]) is None
