"""A small area to plan: two needs for meals, one for chess, each of them run; and plans of it."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.catalogue.entry import Capacity, Price
from models.catalogue.service import CostUnit, Service
from models.matching.engine import Engine
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.planning import operations
from models.planning.plan import Plan, PlanLine
from models.planning.solving import Parameters
from tests.factories import catalogue, matching, needs, parties
from tests.support.stages import remembered


def official(session: Session) -> Act:
    """An official of the district, now."""
    return parties.act_as(session, Role.DISTRICT_OFFICIAL)


def later(act: Act, minutes: int = 1) -> Act:
    """The same person, some minutes after."""
    return Act(act.actor, act.at + timedelta(minutes=minutes), act.request_id)


def offer(session: Session, title: str, *, places: int = 1, price: int = 18, **values: object) -> Service:
    """A service for so many needs at a price each; the words decide how well it fits."""
    return catalogue.service(
        session,
        title=title,
        organisation=values.pop("organisation", None)
        or parties.organisation(session, name=f"上海{title[:4]}服务社"),
        prices=(Price(Decimal(price), CostUnit.PROJECT),),
        capacities=(Capacity(CostUnit.PROJECT, places, places),),
        **values,
    )


@remembered
def matched(session: Session, *, count: int = 2, **values: object) -> list[Need]:
    """Needs for meals, each run against whatever is in the catalogue."""
    engine, by = Engine(), official(session)
    made = [needs.need(session, title=f"高龄老人助餐第 {number + 1} 片", **values) for number in range(count)]
    for need in made:
        matching.run(session, need, by=by, engine=engine)
    return made


def unit(session: Session, code: str = parties.DISTRICT) -> AdministrativeUnit:
    """The district."""
    return session.get_one(AdministrativeUnit, code)


def build(session: Session, by: Act, **parameters: object) -> Plan:
    """A plan of the district."""
    made = operations.build(session, unit(session), by, parameters=Parameters(**parameters))  # type: ignore[arg-type]  # by name
    session.flush()
    return made


def line_of(plan: Plan, need: Need) -> PlanLine:
    """What a plan says about a need."""
    (found,) = (line for line in plan.lines if line.need_id == need.id)
    return found


def chosen(plan: Plan) -> dict[str, str | None]:
    """The title of each need's service, by the need's title."""
    return {line.need.title: line.service.title if line.service else None for line in plan.lines}
