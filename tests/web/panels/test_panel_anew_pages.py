"""The pages of a panel that was set aside, and of the one that is drawn after it."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.contracts import challenging
from models.contracts.challenge import ChallengeStage
from models.panels.bidders import opened_bids
from models.panels.current import current_panel
from tests.factories import contracts, panels
from tests.web.panels.conftest import Clock, Come

LATER = panels.RANKED + timedelta(hours=20)
WORDS = {
    "zh": (
        "另抽评审小组，重新评审",
        "原来的成员不会再抽到",
        "这个评审小组被替换",
        "您不用再评",
        "被替换的评审小组",
    ),
    "en": (
        "With a panel drawn anew",
        "nobody of the old one can be drawn",
        "this panel was replaced",
        "you need not mark any more",
        "Panels that were replaced",
    ),
}


@pytest.mark.parametrize("locale", list(WORDS))
def test_an_upheld_challenge_leads_to_another_panel(
    session: Session, clock: Clock, come: Come, locale: str
) -> None:
    step, drawing, replaced, thanks, earlier = WORDS[locale]
    old = panels.qualified(session)
    tender = old.tender
    organisation = opened_bids(session, tender)[1].bid.organisation
    challenge = challenging.file(
        session,
        tender,
        contracts.staff(session, organisation, LATER),
        stage=ChallengeStage.PROCEDURE,
        points="小组成员应当回避而没有回避。",
        remedy="请更换评审小组。",
        lot=tender.lots[0],
    )
    session.flush()
    clock(LATER)
    pages = come(Role.STREET_OFFICIAL, locale=locale)
    page = pages.get(f"/challenges/{challenge.id}/answer")
    assert step in page.text
    page.form().fill(upheld="yes", replay_from="panel", words="质疑成立。").submit(follow=True)

    page = pages.get(f"/panels/{old.id}")
    assert replaced in page.text
    assert f'action="/panels/{old.id}' not in page.html
    member = come(old.seated[0], locale=locale)
    assert thanks in member.get(f"/marking/{old.seated[0].id}").text
    assert "/sheet/" not in member.get("/home").html

    page = pages.get(f"/panels/tenders/{tender.id}")
    assert drawing in page.text
    page.form(f"/panels/tenders/{tender.id}").submit(follow=True)
    new = current_panel(session, tender)
    assert new is not None
    page = pages.get(f"/panels/{new.id}")
    assert earlier in page.text
    assert f"/panels/{old.id}" in page.html
    assert pages.client.get(f"/panels/tenders/{tender.id}").location.endswith(f"/panels/{new.id}")
