"""The stage of the evaluation's stories: three contracts in force, two agencies, pictures on demand."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import keeping
from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.bids.bid import Bid
from models.catalogue.taxonomy import load_taxonomy
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.parties.organisation import Organisation
from tests.factories import agencies, catalogue, contracts, needs, parties
from tests.stories.procurement.stage import OFFICIAL, Stage

WORKER = "wangliping"
CONTRACTOR, OTHER, TWICE = "leling", "nuanyang", "linli"
CONTRACTORS = {CONTRACTOR: "上海澄江乐龄服务中心", OTHER: "上海暖阳社工事务所", TWICE: "上海邻里公益发展中心"}
FIRST, SECOND = "hengzhun", "mingdu"
AGENCIES = {FIRST: "上海衡准评估中心", SECOND: "上海明度公益评估中心"}
NEXT_NEED = "澄江二村高龄老人助餐"
SIGNED = datetime(2027, 3, 2, 2, 0, tzinfo=UTC)
"""Soon after the contracts' first day; they end on 31 August 2027."""
PICTURES = "STORY_PICTURES"
"""The environment variable that names a folder to keep pictures of the main steps in."""


def furnish(session: Session) -> None:
    """Three contractors with a contract each, two agencies, one of them tied to the first contractor."""
    load_taxonomy(session, parties.system())
    parties.place(session)
    parties.person(session, Role.STREET_OFFICIAL, unit=parties.STREET, login=OFFICIAL, name="周敏")
    parties.person(session, Role.COMMUNITY_WORKER, unit=parties.NEIGHBOURHOOD, login=WORKER)
    for login, name in CONTRACTORS.items():
        contract = agencies.running(session, contracts.contract_row(session))
        supplier = contract.award.bid.bid.organisation
        supplier.name = name
        parties.person(session, Role.ORGANISATION_STAFF, organisation=supplier, login=login, name="陈静")
        catalogue.service(session, organisation=supplier)
    for login, name in AGENCIES.items():
        made = agencies.agency(session, name=name, staffed=False)
        evaluator = Role.EVALUATOR
        parties.person(session, evaluator, organisation=made.organisation, login=login, name="沈知行")
    tie(session, SECOND, CONTRACTOR, Ground.INCUBATION)
    needs.need(session, unit=parties.NEXT_DOOR, title=NEXT_NEED)


def tie(session: Session, agency: str, contractor: str, kind: Ground) -> None:
    """The district notes what ties an agency to a contractor."""
    found = session.get_one(Agency, organisation_of(session, AGENCIES[agency]).id)
    party = organisation_of(session, CONTRACTORS[contractor])
    keeping.tie(session, found, agencies.registrar(session), organisation_id=party.id, kind=kind)


def organisation_of(session: Session, name: str) -> Organisation:
    """An organisation by its name."""
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def contract_of(session: Session, login: str) -> Contract:
    """The contract of a contractor."""
    query = select(Contract).join(Contract.award).join(Award.bid).join(Bid, Bid.id == Award.bid_id)
    mine = organisation_of(session, CONTRACTORS[login])
    return session.scalars(query.where(Bid.organisation_id == mine.id)).one()


def on(day: str) -> datetime:
    """Ten in the morning of a day, in Shanghai."""
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


def contract_page(stage: Stage, login: str) -> str:
    """The address of a contractor's contract."""
    with stage.session() as session:
        found: UUID = contract_of(session, login).id
    return f"/contracts/{found}"


def picture(page: Page, name: str) -> None:
    """Keep a picture of a step, when somebody has named a folder for them."""
    if folder := os.environ.get(PICTURES):
        width = page.evaluate("innerWidth")
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
