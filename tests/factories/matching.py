"""A small catalogue that one need can be matched against, and runs of it."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue.entry import Capacity, Price
from models.catalogue.service import CostUnit, Service
from models.matching import operations
from models.matching.engine import Engine
from models.matching.recommendation import HubRelation, Recommendation
from models.matching.review import Decision, Review
from models.matching.run import Match, MatchRun
from models.needs.need import Need
from models.parties.organisation import ListEntry, ListFlag, Organisation
from tests.factories import catalogue, needs, parties
from tests.support.stages import remembered


@remembered
def services(session: Session) -> dict[str, Service]:
    """Meals that fit, meals that are refused for one reason each, and something else altogether."""
    listed = parties.organisation(session, name="上海失联助老服务中心")
    put_on_list(session, listed, ListFlag.ABNORMAL)
    return {
        "meals": catalogue.service(
            session,
            title="失能老人送餐上门",
            organisation=parties.organisation(session, name="上海晨光助餐服务中心"),
        ),
        "kitchen": catalogue.service(
            session,
            title="社区长者食堂",
            description="高龄独居老人没人烧饭的，中午到食堂吃，也可以送到家里。",
            organisation=parties.organisation(session, name="上海邻里厨房服务社"),
            areas=(parties.STREET,),
        ),
        "dear": catalogue.service(
            session,
            title="老人营养餐配送项目",
            organisation=parties.organisation(session, name="上海金勺营养研究中心"),
            prices=(Price(Decimal(900000), CostUnit.PROJECT),),
            capacities=(Capacity(CostUnit.PROJECT, 4, 2),),
        ),
        "away": catalogue.service(
            session,
            title="独居老人午餐送餐上门",
            organisation=parties.organisation(session, name="上海望湖送餐服务中心"),
            areas=(parties.OTHER_STREET,),
        ),
        "listed": catalogue.service(session, title="独居老人送餐", organisation=listed),
        "chess": catalogue.service(
            session,
            title="青少年象棋兴趣班",
            description="暑假每周两次，教中小学生下象棋，期末比赛。",
            terms=("YO-01", "B06"),
        ),
    }


def put_on_list(session: Session, organisation: Organisation, flag: ListFlag) -> None:
    """The organisation stands on a public list since June."""
    organisation.flags.append(ListEntry(flag=flag, listed_on=date(2026, 6, 1)))
    session.flush()


def official(session: Session, unit: str = parties.STREET) -> Act:
    """An official of the street, now."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit)


def run(
    session: Session, need: Need | None = None, *, by: Act | None = None, engine: Engine | None = None
) -> MatchRun:
    """A run for a standardised need against whatever is in the catalogue."""
    made = operations.run(session, need or needs.need(session), by or official(session), engine or Engine())
    session.flush()
    return made


def match_of(of_run: MatchRun, service: Service) -> Match:
    """The run's match with a service."""
    (found,) = (match for match in of_run.matches if match.service_id == service.id)
    return found


def accept(session: Session, match: Match, by: Act) -> Review:
    """Accepted, without more ado."""
    made = operations.review(session, match, by, decision=Decision.ACCEPT)
    session.flush()
    return made


def recommendation(
    session: Session, need: Need, service: Service | None = None, **changes: Any
) -> Recommendation:
    """What the district's hub recommends for a need, in whatever phase it is."""
    act = parties.act_as(session, Role.HUB, unit=parties.DISTRICT)
    usual = {"relation": HubRelation.INCUBATED, "reason": "做了三年，居民认得他们"}
    made = Recommendation(
        need=need,
        service=service or catalogue.service(session),
        unit_code=parties.DISTRICT,
        by_id=act.actor.person_id,
        at=act.at,
        **usual | changes,
    )
    session.add(made)
    session.flush()
    return made
