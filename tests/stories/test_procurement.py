"""Procurement, whole: from a need to a tender, sealed bids, a ranking, a challenge, a contract, a payment."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from models.audit.record import verify
from models.session import make_engine, make_sessions, transaction
from tests.conftest import MakeDatabase
from tests.stories.conftest import OpenPage, serving
from tests.stories.procurement import bidding, contracting, judging, tendering
from tests.stories.procurement.bidding import WORDS, Editor
from tests.stories.procurement.secrecy import PRICE_WORDS, everywhere, nowhere
from tests.stories.procurement.stage import BIDDERS, Clock, Stage, furnish, told
from web import create_app, db
from web.config import Config

pytestmark = pytest.mark.story
NAMES = tuple(BIDDERS.values())
"""Who challenges and wins in the end, who replaces its bid, who is first at first."""


@pytest.fixture(scope="module")
def portal(
    make_database: MakeDatabase, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A portal of the story's own, for its clock is the story's."""
    var = tmp_path_factory.mktemp("procurement")
    with make_database("procurement", of=migrated) as url:
        engine = make_engine(url)
        with make_sessions(engine)() as session, transaction(session):
            furnish(session)
        engine.dispose()
        yield create_app(Config(var=var, database_url=url, secret_key="for stories only"))


@pytest.fixture(scope="module")
def address(portal: Flask) -> Iterator[str]:
    """Where it serves."""
    with serving(portal) as address:
        yield address


@pytest.fixture
def stage(portal: Flask, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The windows, and the clock at noon of 20 November 2026."""
    clock = Clock()
    monkeypatch.setattr(db, "now", clock)
    return Stage(portal, clock, open_page)


def test_a_need_is_tendered_judged_challenged_contracted_and_paid(stage: Stage, tmp_path: Path) -> None:
    tender = tendering.draft(stage)
    nowhere(stage, tender, "独居老人每周探访服务采购", readers=("",))
    phrases = tendering.keys(stage, tender)
    tendering.publish(stage, tender)
    tendering.enquire(stage, tender, "leling", BIDDERS["leling"])

    bidding.survives_a_reload(Editor(stage, tender, "leling"))
    bidding.replaced_from_its_copy(Editor(stage, tender, "nuanyang"), tmp_path / "copy.zip")
    bidding.simply(Editor(stage, tender, "linli"))
    nowhere(stage, tender, *NAMES, *PRICE_WORDS, *WORDS.values())
    stage.clock.at = stage.closes()
    nowhere(stage, tender, *NAMES, *PRICE_WORDS, *WORDS.values())

    judging.opening(stage, tender, phrases, first="开始开标", then="没有打开")
    everywhere(stage, f"/openings/{tender}/envelopes", *NAMES)
    members = judging.draw(stage, tender)
    judging.declare(stage, members)
    judging.qualify(stage, tender)
    judging.mark(stage, members, sealed=[*NAMES, *PRICE_WORDS])
    nowhere(stage, tender, *PRICE_WORDS)
    judging.opening(stage, tender, phrases, first="开始开报价", then="¥446,800.00")
    assert judging.report(stage, tender) == [BIDDERS["linli"], BIDDERS["leling"], BIDDERS["nuanyang"]]
    nowhere(stage, tender, *PRICE_WORDS, readers=("",))

    contracting.award(stage, tender, BIDDERS["linli"], 1)
    told(stage.visitor(f"/results/{tender}"), BIDDERS["linli"], "¥471,900.00")
    stage.clock.at += timedelta(days=2)
    contracting.challenge(stage, "leling")
    contracting.uphold(stage, tender)
    judging.mark_again(stage, members)
    assert judging.report(stage, tender)[0] == BIDDERS["leling"]
    contracting.award(stage, tender, BIDDERS["leling"], 2)

    stage.clock.at = stage.notice_ends() + timedelta(days=2, hours=9)
    contract = contracting.contract(stage, tender, "leling")
    contracting.milestone(stage, contract, "leling")
    told(stage.visitor("/acceptances"), contracting.OPINION, "90%")
    told(stage.visitor(f"/results/{tender}"), BIDDERS["leling"], "履行中")
    with stage.session() as session:
        assert verify(session).broken_at is None
