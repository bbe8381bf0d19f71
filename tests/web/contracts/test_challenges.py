"""Challenges and complaints as both sides see them."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.calendar.clocks import start_of
from models.contracts.award import AwardPhase
from models.contracts.lifecycle import award_phase_at
from tests.factories import contracts, parties
from tests.factories.contracts import CHALLENGED, LAST_CHALLENGE_DAY, SIGNED
from tests.web.contracts.conftest import Come
from web.labels import message

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
AFTER = start_of(LAST_CHALLENGE_DAY + timedelta(days=1))


def test_a_bidder_challenges_and_the_purchaser_upholds_it(session: Session, come: Come) -> None:
    award = contracts.award(session)
    second = contracts.opened(session, award.lot)[1].bid.organisation
    page = come(second, at=CHALLENGED).get(f"/results/{award.lot.tender_id}/challenge")
    assert "2026年12月28日（含当天）前可以质疑" in page.text
    assert page.form().fill(window="0").submit(status=422).errors
    said = {"window": "0", "points": "评分与公布的标准不一致。", "remedy": "请重新评审。"}
    page = page.form().fill(said).submit(follow=True)
    assert "质疑已提出" in page.flashes[0]
    pages = come(at=SIGNED)
    page = pages.get("/challenges").click("ZY-2026-")
    assert "处理完之前，合同暂停签订" in page.text
    page = page.click("答复")
    page = page.form().fill(upheld="yes", words="成立。").submit(status=422)
    assert page.errors == ["质疑成立，请选明从哪一步重新开始。"]
    page = page.form().fill(upheld="yes", words="成立。", replay_from="ranking").submit(follow=True)
    assert "质疑成立" in page.text
    session.expire_all()
    assert award_phase_at(award, SIGNED) == AwardPhase.CANCELLED


@LOCALES
def test_on_the_eighth_working_day_the_page_says_it_is_over(
    session: Session, come: Come, locale: str
) -> None:
    award = contracts.award(session)
    second = contracts.opened(session, award.lot)[1].bid.organisation
    page = come(second, at=AFTER, locale=locale).get(f"/results/{award.lot.tender_id}/challenge")
    said = "质疑期都已过去（R58" if locale == "zh" else "The time for challenges is over (R58"
    assert said in page.text
    assert 'name="points"' not in page.html


def test_a_form_left_open_over_the_last_night_is_refused(session: Session, come: Come) -> None:
    award = contracts.award(session)
    second = contracts.opened(session, award.lot)[1].bid.organisation
    form = come(second, at=CHALLENGED).get(f"/results/{award.lot.tender_id}/challenge").form()
    form.fill(window="0", points="评分有误。", remedy="请重新评审。")
    late = come(second, at=AFTER)
    page = late.post(form.action, {**form.values, "csrf_token": late.token()}, status=422)
    assert "质疑期都已过去" in page.text


@LOCALES
def test_a_rejected_challenge_with_its_complaint(session: Session, come: Come, locale: str) -> None:
    award = contracts.award(session)
    challenge = contracts.challenge(session, award)
    where = f"/challenges/{challenge.id}"
    pages = come(at=SIGNED, locale=locale)
    answer = pages.get(f"{where}/answer").form().fill(upheld="no", words="经复核不成立。")
    answer.submit(follow=True)
    form = pages.get(f"{where}/complaint").form()
    form.fill(filed_on="2026-12-29", words="对答复不满意。", suspended_until="2027-01-20")
    assert form.submit(status=422).errors
    form = pages.get(f"{where}/complaint").form().fill(form.values)
    page = form.fill(within_points=True).submit(follow=True)
    assert ("暂停到" if locale == "zh" else "Suspended until") in page.text
    form = pages.get(f"{where}/complaint/decision").form().fill(upheld="no", words="驳回。")
    page = form.submit(follow=True)
    assert ("投诉不成立" if locale == "zh" else "The complaint is unfounded") in page.text
    assert "R60" in page.text
    own = come(challenge.organisation, locale=locale).get(where)
    assert "R60" not in own.text


def test_a_challenge_is_taken_back_by_its_organisation_alone(session: Session, come: Come) -> None:
    challenge = contracts.challenge(session, contracts.award(session))
    where = f"/challenges/{challenge.id}"
    come(parties.organisation(session, name="别家")).get(where, status=404)
    page = come(challenge.organisation, at=CHALLENGED).get(where)
    page = page.form(f"{where}/withdraw").submit(follow=True)
    assert "已撤回" in page.text


@LOCALES
def test_who_has_no_challenge_is_told_what_would_be_here(session: Session, come: Come, locale: str) -> None:
    parties.place(session)
    said = "没有质疑" if locale == "zh" else "No challenges"
    assert said in come(locale=locale).get("/challenges").text
    tender = contracts.reported(session)
    stranger = parties.organisation(session, name="别家")
    come(stranger, locale=locale).get(f"/results/{tender.id}/challenge")


def test_a_challenge_without_an_answer_stands_among_what_is_to_do(session: Session, come: Come) -> None:
    challenge = contracts.challenge(session, contracts.award(session))
    page = come(at=SIGNED).get("/home")
    assert page.link(f"答复质疑 {challenge.tender.title}") == f"/challenges/{challenge.id}"


def test_the_message_to_the_purchaser_names_the_last_day_as_pages_do(app: Flask) -> None:
    facts = {"reference": "ZY-2026-0001", "tender": "CG-2026-0001", "day": "2026-12-11"}
    with app.test_request_context():
        assert "请在 2026年12月11日前答复" in message("challenge_filed", facts)
