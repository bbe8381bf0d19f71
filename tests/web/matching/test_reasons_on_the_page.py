"""What the matcher knows, said on the page: why nothing suits, what would move a service, what to do."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from matcher import LIMITS, SIGNALS, STALE
from models.act import Role
from models.needs.need import Need
from tests.conftest import SignInAs
from tests.factories import catalogue, matching, needs, parties
from web.labels.matching import (
    ASKING,
    CAUTIONS,
    IN_CATALOGUE,
    LIFTS,
    LOSSES,
    OWN,
    REASONS,
    REFUSALS,
    SHORT_REASONS,
)
from web.matching import words

MAY = {"starts_on": date(2027, 5, 1).toordinal(), "ends_on": date(2027, 6, 1).toordinal(), "days": 3}


def run(session: Session, **changes: object) -> Need:
    need = needs.need(session, **changes)  # type: ignore[arg-type]  # by name
    matching.run(session, need)
    session.commit()
    return need


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_where_nothing_suits_the_page_says_so_first_and_what_each_lacks(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    services = matching.services(session)
    need = run(session, budget=Decimal(16))
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get(f"/needs/{need.id}/matching")
    first, then = ("没有合适的服务", "本来合适") if locale == "zh" else ("Nothing suitable", "Would fit")
    assert first in page.text
    assert page.text.index(first) < page.text.index(then)
    assert ("预算差 2元" if locale == "zh" else "the budget is short of ¥2") in page.text
    nearest = page.text[page.text.index(first) : page.text.index(then)]
    assert sum(service.title in nearest for service in services.values()) == 3
    page.form("unmet-form")


def test_where_something_suits_nothing_is_said_to_be_missing(session: Session, sign_in_as: SignInAs) -> None:
    matching.services(session)
    need = run(session)
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"/needs/{need.id}/matching")
    assert "没有合适的服务" not in page.text
    page.form("unmet-form")  # at the end, as ever


def test_an_empty_catalogue_suits_nobody(session: Session, sign_in_as: SignInAs) -> None:
    need = run(session)
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"/needs/{need.id}/matching")
    assert "目录里没有一项服务与这条需求沾边。" in page.text


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_service_that_is_not_first_says_what_would_move_it_up(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    services = matching.services(session)
    catalogue.service(
        session,
        title="老人探访",
        organisation=services["meals"].organisation,
        terms=("EL-04", "B03"),
        prices=(),
    )
    need = run(session)
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get(f"/needs/{need.id}/matching")
    for sentence in (
        ("怎样会更靠前：补上单价或预算", "比第一名少")
        if locale == "zh"
        else ("What would move it up: fill in", "less than the first")
    ):
        assert sentence in page.text


def test_the_text_of_a_service_is_shown_with_what_carried_it_marked(
    session: Session, sign_in_as: SignInAs
) -> None:
    matching.services(session)
    need = run(session)
    page = sign_in_as(Role.STREET_OFFICIAL).get(f"/needs/{need.id}/matching")
    marked = [each for each in page.document.all("p") if each.get("class") == "marked"]
    assert len(marked) > 1
    assert all(list(each.iter("mark")) for each in marked[:3])


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_similar_needs_are_shown_when_they_are_asked_for(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    need, other = run(session), needs.need(session)
    far = needs.need(session, unit=parties.ELSEWHERE)
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"/needs/{need.id}/matching")
    assert other.reference not in page.text
    page = page.click("看相似的需求" if locale == "zh" else "See similar needs")
    assert other.reference in page.text
    assert far.reference in page.text  # standardised needs are public


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_organisation_is_told_what_it_lacks_and_where_to_mend_it(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    services = matching.services(session)
    needs.need(session)
    session.commit()
    said = {
        "dear": ("预算差 84万元", "如果能按这个预算做，请更新收费。")
        if locale == "zh"
        else ("the budget is short of ¥840,000", "update the price"),
        "away": ("如果能到这里服务，请在服务范围里加上",) if locale == "zh" else ("add 澄江街道 to",),
    }
    for name, sentences in said.items():
        pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=services[name].organisation, locale=locale)
        page = pages.get("/fitting")
        for sentence in sentences:
            assert sentence in page.text
        assert page.link("更新这项服务" if locale == "zh" else "Update this service") == (
            f"/services/{services[name].id}/edit"
        )


def test_what_no_catalogue_entry_can_mend_has_no_link_to_it(session: Session, sign_in_as: SignInAs) -> None:
    services = matching.services(session)
    needs.need(session)
    session.commit()
    page = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["listed"].organisation).get("/fitting")
    assert "移出名单之后" in page.text
    assert "更新这项服务" not in page.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {**MAY, "available_from": date(2027, 6, 3).toordinal(), "available_to": None},
            "要到2027年6月3日才有",
        ),
        ({**MAY, "available_from": 1, "available_to": MAY["starts_on"]}, "2027年5月1日起不再提供"),
        ({"days": 3}, "与需求的日期不合，相差 3 天"),  # an earlier run kept no more
    ],
)
def test_a_service_that_is_not_offered_then_says_from_when_or_until_when(
    app: Flask, facts: dict, said: str
) -> None:
    with app.test_request_context("/"):
        (sentence,) = words.refusals([{"code": "not_available_then", "facts": facts}], {})
    assert sentence.endswith(said)


def test_every_code_has_its_words() -> None:
    refused, unknown = (set(codes) for codes in zip(*LIMITS.values(), strict=True))
    assert set(ASKING) == set(CAUTIONS) == unknown | {STALE}
    assert set(LOSSES) == set(SIGNALS)
    assert set(OWN) == refused | unknown | {STALE}
    assert set(IN_CATALOGUE) < set(OWN)
    assert set(LIFTS) < set(REFUSALS)
    assert set(SHORT_REASONS) < set(REASONS)
    assert set(words.LIMITS) == refused
