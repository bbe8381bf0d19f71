"""The pictures of the README, taken by the project itself: `make screenshots`.

A demo is started in a folder that is thrown away, on a free port; each picture is a page somebody sees there.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.matching.run import Match, MatchRun, Verdict
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase
from models.session import make_engine
from tests.support.browser import launch_options
from tests.support.portal import demo, free_port
from web import demo_accounts
from web.db import now
from web.demo import ACCOUNTS, DATABASE, address

IMAGES = Path(__file__).parent / "images"
WIDTH, HEIGHT, TALL = 1280, 900, 1360
REVIEW = "/needs/{need}/matching"


@dataclass(frozen=True)
class Picture:
    """One page: whose, where, in which language."""

    name: str
    path: str
    role: Role | None = None
    locale: str = "zh-CN"
    height: int = HEIGHT


PICTURES = (
    Picture("landing", "/"),
    Picture("board", "/needs"),
    Picture("review", REVIEW, Role.DISTRICT_OFFICIAL, "zh-CN", TALL),
    Picture("review.en", REVIEW, Role.DISTRICT_OFFICIAL, "en", TALL),
    Picture("overview", "/overview", Role.DISTRICT_OFFICIAL),
    Picture("home", "/home", Role.COMMUNITY_WORKER),
)


def a_need_to_review(var: Path) -> str:
    """The need with the best match among those that wait for a decision."""
    query = (
        select(Need.id)
        .join(MatchRun, MatchRun.need_id == Need.id)
        .join(Match, Match.run_id == MatchRun.id)
        .where(phase_sql(now()) == NeedPhase.STANDARDISED, Match.verdict == Verdict.ELIGIBLE)
        .order_by(Match.score.desc())
    )
    with Session(make_engine(address(var / DATABASE))) as session:
        return str(session.scalars(query).first())


def sign_in(page: Page, portal: str, account: demo_accounts.Account) -> None:
    """Through the page, like anybody."""
    page.goto(f"{portal}/sign-in")
    page.fill("[name=login]", account.login)
    page.fill("[name=password]", account.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{portal}/home")


def take(browser: Browser, portal: str, picture: Picture, accounts: dict[str, demo_accounts.Account]) -> None:
    """One picture, in a browser that remembers nothing of the last one."""
    context = browser.new_context(viewport={"width": WIDTH, "height": picture.height}, locale=picture.locale)
    page = context.new_page()
    if picture.role is not None:
        sign_in(page, portal, accounts[demo_accounts.ROLES[picture.role]])
    answer = page.goto(portal + picture.path)
    if answer is None or not answer.ok:
        message = f"{picture.path} does not answer"
        raise SystemExit(message)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()
    print(f"docs/images/{picture.name}.png  {picture.path}")


def main() -> None:
    """Start a demo, take every picture, stop it."""
    IMAGES.mkdir(exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="duijie-pictures-") as folder, demo(Path(folder), port):
        var = Path(folder)
        accounts = {account.role: account for account in demo_accounts.read(var / ACCOUNTS)}
        need = a_need_to_review(var)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            for picture in PICTURES:
                shown = replace(picture, path=picture.path.format(need=need))
                take(browser, f"http://127.0.0.1:{port}", shown, accounts)
            browser.close()


if __name__ == "__main__":
    main()
