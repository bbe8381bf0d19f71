"""The stage of the procurement's story: a clock that the story moves, and a window of their own for all."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.catalogue.taxonomy import load_taxonomy
from models.contracts.award import Award
from models.panels import pooling
from models.parties.organisation import Certificate
from models.parties.person import Person
from models.parties.profile import add_staff
from models.parties.unit import AdministrativeUnit
from models.tenders.tender import Tender
from tests.factories import parties, tenders
from tests.factories.bids import staff
from tests.factories.parties import NOON
from tests.page import PageClient
from tests.stories.conftest import OpenPage, sign_in, sound
from web import db

OFFICIAL, OFFICERS = "zhoumin", ("wugang", "zhengjie")
BIDDERS = {
    "leling": "上海澄江乐龄服务中心",
    "nuanyang": "上海暖阳社工事务所",
    "linli": "上海邻里公益发展中心",
}
ON_A_TELEPHONE = "leling"
EXPERTS = 9
TITLE = "独居老人每周探访服务采购"
TICK = timedelta(seconds=1)
SIGNED_IN = timedelta(days=4)


@dataclass
class Clock:
    """The portal's time: a second passes with each request, days pass when the story says so."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        """Read it."""
        self.at += TICK
        return self.at


@dataclass
class Stage:
    """Everybody's windows and the clock."""

    app: Flask
    clock: Clock
    open_page: OpenPage
    windows: dict[str, Page] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)

    def window(self, login: str, where: str = "/home") -> Page:
        """Somebody's window at an address; they have signed in again where their session is over."""
        if login not in self.windows:
            self.windows[login] = self.open_page(narrow=login == ON_A_TELEPHONE)
        page = self.windows[login]
        if login not in self.since or self.clock.at - self.since[login] > SIGNED_IN:
            page.context.clear_cookies()
            sign_in(page, login)
            self.since[login] = self.clock.at
        page.goto(where)
        return page

    def visitor(self, where: str) -> Page:
        """The window of somebody who is not signed in."""
        page = self.windows.setdefault("", self.open_page())
        page.goto(where)
        return page

    def session(self) -> Session:
        """The database, to look behind the pages."""
        made: Session = self.app.extensions["sessions"]()
        return made

    def closes(self) -> datetime:
        """When the only tender closes."""
        with self.session() as session:
            until = session.scalars(select(Tender.bids_until)).one()
        assert until is not None
        return until

    def notice_ends(self) -> datetime:
        """When the notice of the award that stands has run."""
        with self.session() as session:
            query = select(Award.notice_ends_at).where(Award.cancelled_at.is_(None))
            ends = session.scalars(query).one()
        assert ends is not None
        return ends

    def client(self, login: str) -> PageClient:
        """Somebody who sends the same forms without a browser."""
        made = self.app.test_client()
        with self.session() as session, made.session_transaction() as cookie:
            person = session.scalars(select(Person).where(Person.login == login)).one()
            cookie[db.TOKEN] = parties.token_for(session, person, self.clock.at)
            cookie["locale"] = "zh"
            session.commit()
        return PageClient(made)


def furnish(session: Session) -> None:
    """A matched need, the street's officials, three charities that know each other not, a pool of experts."""
    load_taxonomy(session, parties.system())
    parties.place(session)
    for login, name in {OFFICIAL: "周敏", OFFICERS[0]: "吴刚", OFFICERS[1]: "郑洁"}.items():
        parties.person(session, Role.STREET_OFFICIAL, unit=parties.STREET, login=login, name=name)
    parties.person(session, Role.AUDITOR, unit=parties.DISTRICT, login="auditor", name="何静")
    tenders.need(session, title="独居老人每周探访")
    for login, name in BIDDERS.items():
        made = parties.organisation(session, name=name)
        parties.person(session, Role.ORGANISATION_STAFF, organisation=made, login=login, name=f"{name}经办人")
        add_staff(session, made, staff(session, made), name="李秀英", certificate=Certificate.SENIOR)
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    district = session.get_one(AdministrativeUnit, parties.DISTRICT)
    for number in range(EXPERTS):
        expert = parties.person(
            session,
            Role.PANEL_MEMBER,
            unit=parties.DISTRICT,
            login=f"expert{number}",
            name=f"评审专家{number}",
        )
        pooling.add(session, district, registrar, person_id=expert.id, employer="临澄大学")


def tick(page: Page | Locator, name: str, value: str | None = None) -> None:
    """Tick a box by its label, as a finger would."""
    chosen = f"[value='{value}']" if value else ""
    box = page.locator(f"input[name='{name}']{chosen}")
    if not box.is_checked():
        page.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked()


def send(page: Page, button: str) -> None:
    """Press the button of a form."""
    page.locator("main").get_by_role("button", name=button, exact=True).click()


def press(page: Page, button: str, sure: str = "确定") -> None:
    """Press a button that asks before it acts."""
    page.locator("main summary", has_text=button).first.click()
    page.locator("details.confirm[open]").get_by_role("button", name=sure).click()


def follow(page: Page, link: str) -> None:
    """Follow a link of the page's own part."""
    page.locator("main").get_by_role("link", name=link, exact=True).first.click()


def told(page: Page, *words: str) -> None:
    """The page says all this."""
    for each in words:
        expect(page.locator("body")).to_contain_text(each)


def seen(page: Page, *words: str) -> None:
    """The page says all this, and is sound."""
    told(page, *words)
    sound(page)


def last_of(page: Page) -> str:
    """The id in a page's address."""
    return re.findall(r"[0-9a-f-]{36}", page.url)[-1]
