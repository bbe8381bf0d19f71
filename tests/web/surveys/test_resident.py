"""The resident's page: no account, one question a screen, sent once; each closed door says why."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.surveys import guessing, running
from models.surveys.answer import SurveyAnswer
from models.surveys.items import BEST, ITEMS, UNKNOWN
from models.surveys.survey import Channel, Survey, SurveyPhase
from tests.conftest import SignInAs
from tests.factories import contracts, parties
from tests.factories import surveys as make
from tests.page import Page, PageClient
from web import db

SENT = {"zh": ("开始回答", "好了，下一步", "交上去"), "en": ("Start", "Next", "Send")}


@pytest.fixture
def survey(session: Session) -> Survey:
    made = make.survey(session)
    session.commit()
    return made


def address(survey: Survey, place: int = 0) -> str:
    return f"/s/{make.token(survey.invitations[place])}"


def words(place: int, value: int, locale: str = "zh") -> str:
    """What stands on the button of an answer; 0 for "I do not know"."""
    return ITEMS[place].scale[locale][BEST - value] if value else UNKNOWN[locale]


def press(page: Page, button: str) -> Page:
    """Press a button, and go where it leads."""
    return page.form(0).submit(button, follow=True)


def answered(pages: PageClient, where: str, values: str = "54001", locale: str = "zh") -> Page:
    """Answer questions from the first on."""
    page = press(pages.get(where), SENT[locale][0])
    for place, value in enumerate(values):
        page = press(page, words(place, int(value), locale))
    return page


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SurveyAnswer)) or 0


@pytest.mark.parametrize(
    ("locale", "first", "last"),
    [("zh", "第 1 题，共 6 题", "谢谢您"), ("en", "Question 1 of 6", "Thank you")],
)
def test_a_resident_answers_in_either_language(
    visitor: PageClient, session: Session, survey: Survey, locale: str, first: str, last: str
) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie["locale"] = locale
    begin, on, send = SENT[locale]
    assert first in press(visitor.get(address(survey)), begin).text
    page = answered(visitor, address(survey), locale=locale)
    page = page.form(0).fill(words="请打13817654321，饭菜很好。").submit(on, follow=True)
    assert "13817654321" in page.text  # the own words, until they are sent
    assert count(session) == 0
    thanks = press(page, send)
    assert last in thanks.h1
    assert survey.reference in thanks.text
    kept = session.scalars(select(SurveyAnswer)).one()
    given = {item.item: item.value for item in kept.items}
    assert given == {"quality": 5, "punctuality": 4, "manner": None, "help": None, "again": 1}
    assert (kept.words, kept.channel) == ("请打＊＊＊，饭菜很好。", Channel.ONLINE)


def test_a_second_click_sends_nothing(visitor: PageClient, session: Session, survey: Survey) -> None:
    page = press(answered(visitor, address(survey)), "好了，下一步")
    assert "谢谢您" in press(page, "交上去").h1
    assert "已经交过" in page.form(0).submit("交上去", status=409).h1
    assert count(session) == 1
    assert "已经交过" in visitor.get(address(survey), status=409).h1
    assert "谢谢您" in visitor.get(f"{address(survey)}/thanks").h1


def test_answers_come_back_with_the_browser_s_own_way_back(visitor: PageClient, survey: Survey) -> None:
    answered(visitor, address(survey), "54")
    before = visitor.get(f"{address(survey)}?step=1")
    assert "第 1 题" in before.text
    assert "很好 已选" in before.text
    assert "大多准时 已选" in press(before, words(0, 3)).text
    assert "第 3 题" in visitor.get(f"{address(survey)}?step=7").text  # no question is passed over


def test_an_older_page_takes_no_newer_answer_away(visitor: PageClient, survey: Survey) -> None:
    first = press(visitor.get(address(survey)), "开始回答")
    answered(visitor, address(survey), "54321")
    assert "大多准时 已选" in press(first, words(0, 4)).text


def test_an_answer_is_changed_before_it_is_sent(
    visitor: PageClient, session: Session, survey: Survey
) -> None:
    page = press(answered(visitor, address(survey), "54321"), "好了，下一步")
    press(press(page, f"改 {ITEMS[3].question['zh']}"), words(3, 5))
    press(visitor.get(f"{address(survey)}?step=7"), "交上去")
    kept = session.scalars(select(SurveyAnswer)).one()
    assert {item.item: item.value for item in kept.items}["help"] == 5


def test_without_a_cookie_the_form_carries_everything(app: Flask, session: Session, survey: Survey) -> None:
    page = PageClient(app.test_client(use_cookies=False)).get(address(survey))
    page = page.form(0).submit("English", status=200)
    page = page.form(0).submit("Start", status=200)
    for place in range(len(ITEMS)):
        page = page.form(0).submit(words(place, 5, "en"), status=200)
    page = page.form(0).fill(words="ok").submit("Next", status=200)
    assert page.form(0).submit("Send").location == f"{address(survey)}/thanks"
    assert count(session) == 1


def test_the_language_is_changed_without_losing_an_answer(visitor: PageClient, survey: Survey) -> None:
    page = press(answered(visitor, address(survey), "54321"), "English")
    page = page.form(0).fill(words="三楼的灯").submit("中文", follow=True)
    assert page.form(0).values["words"] == "三楼的灯"
    assert "How good was the service? Very good" in press(press(page, "好了，下一步"), "English").text


def test_answers_of_another_link_or_changed_ones_begin_anew(visitor: PageClient, survey: Survey) -> None:
    state = answered(visitor, address(survey), "54").form(0).values["state"]
    for sent in (state, "nonsense", ""):
        answer = visitor.client.post(address(survey, 1), data={"state": sent, "pick": "5"})
        assert answer.headers["Location"] == address(survey, 1)


def test_nothing_is_sent_before_every_question_is_answered(
    visitor: PageClient, session: Session, survey: Survey
) -> None:
    state = answered(visitor, address(survey), "54").form(0).values["state"]
    visitor.client.post(address(survey), data={"state": state, "send": "yes"})
    assert count(session) == 0


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_each_closed_door_says_why(
    visitor: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    survey = make.survey(session, phase=SurveyPhase.DRAWN)
    session.commit()
    with visitor.client.session_transaction() as cookie:
        cookie["locale"] = locale
    said = [visitor.get(address(survey), status=409).h1]
    official = contracts.official(session, parties.NOON)
    running.open_(session, survey, official, telephone=make.TELEPHONE)
    make.answer_row(session, survey.invitations[0])
    running.void(session, survey, official, number=2, words="已经搬走。")
    session.commit()
    said += [visitor.get(address(survey, place), status=409).h1 for place in (0, 1)]
    said.append(visitor.get("/s/nobodygotthisone", status=404).h1)
    closes_at = survey.closes_at
    monkeypatch.setattr(db, "now", lambda: closes_at)
    said.append(visitor.get(address(survey, 2), status=409).h1)
    assert len(set(said)) == len(said)


def test_the_contractor_s_account_is_refused(sign_in_as: SignInAs, session: Session, survey: Survey) -> None:
    supplier = survey.contract.award.bid.bid.organisation
    pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=supplier)
    assert "请居民自己回答" in pages.get(address(survey), status=403).h1
    assert pages.client.post(address(survey), data={"send": "yes"}).status_code == 403
    assert count(session) == 0


def test_guessing_ends_with_a_page_that_says_when_to_come_back(visitor: PageClient, survey: Survey) -> None:
    for place in range(guessing.MOST):
        assert visitor.client.get(f"/s/guess{place}").status_code == 404
    page = visitor.get(address(survey), status=429)
    assert "请稍等" in page.h1
    assert "15" in page.text


def test_addresses_hold_no_answer_and_the_cookie_none_that_was_sent(
    visitor: PageClient, survey: Survey
) -> None:
    page = press(visitor.get(address(survey)), "开始回答")
    for place in range(len(ITEMS)):
        moved = page.form(0).submit(words(place, 3))
        assert moved.location == f"{address(survey)}?step={place + 2}"
        page = visitor.get(moved.location)
    press(press(page, "好了，下一步"), "交上去")
    with visitor.client.session_transaction() as cookie:
        assert "survey_answers" not in cookie


def test_no_cookie_is_too_large_for_a_browser(visitor: PageClient, survey: Survey) -> None:
    """The longest words there can be, as hard to compress as words are: 4093 bytes is what browsers keep."""
    page = answered(visitor, address(survey), "54321")
    longest = "".join(chr(0x4E00 + 37 * place % 20000) for place in range(500))
    page = page.form(0).fill(words=longest).submit("好了，下一步", follow=True)
    assert longest in page.text
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    assert len(cookie.value) < 4000
