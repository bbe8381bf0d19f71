"""The hub's page, its home, and what the official reads on the review page (D43)."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.matching.recommendation import Recommendation
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import matching, needs
from tests.factories.parties import DISTRICT
from tests.page import PageClient

REASON = "凌云做了三年，居民认得他们"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_hub_recommends_and_the_official_reads_who_why_and_what_ties_them(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    services, need = matching.services(session), needs.need(session)
    matching.run(session, need)
    session.commit()
    hub = sign_in_as(Role.HUB, unit=DISTRICT, locale=locale)
    page = hub.get(f"/needs/{need.id}").click("推荐一项服务" if locale == "zh" else "Recommend a service")
    answers = {"service": str(services["meals"].id), "relation": "incubated", "reason": REASON}
    page = page.form("recommend").fill(answers).submit(follow=True)
    assert page.flashes
    assert REASON in page.text
    assert services["meals"].title in hub.get("/home").text

    official = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    told = official.get(f"/needs/{need.id}/matching")
    for words in (REASON, "孵化" if locale == "zh" else "incubated", services["meals"].organisation.name):
        assert words in told.text
    for pages in (visitor, sign_in_as(Role.COMMUNITY_WORKER, locale=locale)):
        assert REASON not in pages.get(f"/needs/{need.id}").text

    made = session.scalars(select(Recommendation)).one()
    withdraw = f"/recommendations/{made.id}/withdraw"
    page = hub.get(f"/needs/{need.id}/recommend").form(withdraw).submit(follow=True)
    assert REASON not in page.text
    assert REASON not in official.get(f"/needs/{need.id}/matching").text
    session.refresh(made)
    assert made.withdrawn_at is not None


def test_services_are_found_by_words(session: Session, sign_in_as: SignInAs) -> None:
    services, need = matching.services(session), needs.need(session)
    session.commit()
    hub = sign_in_as(Role.HUB, unit=DISTRICT)
    found = hub.get(f"/needs/{need.id}/recommend?q=象棋")
    assert services["chess"].title in found.text
    assert services["meals"].title not in found.text
    assert "没有找到服务" in hub.get(f"/needs/{need.id}/recommend?q=没有这种服务").text


@pytest.mark.parametrize(
    "missing", [{"relation": None}, {"reason": " "}, {"service": None}, {"service": "nonsense"}]
)
def test_what_is_missing_is_named_and_nothing_is_written(
    session: Session, sign_in_as: SignInAs, missing: dict[str, str | None]
) -> None:
    services, need = matching.services(session), needs.need(session)
    session.commit()
    hub = sign_in_as(Role.HUB, unit=DISTRICT)
    answers = {"service": str(services["meals"].id), "relation": "none", "reason": REASON} | missing
    sent = {name: value for name, value in answers.items() if value is not None}
    sent["csrf_token"] = hub.get(f"/needs/{need.id}/recommend").form("recommend").values["csrf_token"]
    status = hub.client.post(f"/needs/{need.id}/recommend", data=sent).status_code
    assert status == (404 if answers["service"] == "nonsense" else 422)
    assert session.scalars(select(Recommendation)).all() == []


def test_before_and_after_there_is_nothing_to_recommend(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.MATCHED)
    session.commit()
    hub = sign_in_as(Role.HUB, unit=DISTRICT)
    assert "才能推荐" in hub.get(f"/needs/{need.id}/recommend").text
    assert "推荐一项服务" not in hub.get(f"/needs/{need.id}").text
