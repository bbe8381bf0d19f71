"""Services in catalogues, made through the verbs by the organisation's own staff."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.act import Act, Actor, Role
from models.catalogue import operations
from models.catalogue.entry import Capacity, Entry, Price
from models.catalogue.service import CostUnit, Service
from models.parties.organisation import Organisation
from tests.factories import parties
from tests.support.stages import remembered

LONG_AGO = parties.NOON - timedelta(days=100)


def staff_act(organisation: Organisation, at: datetime = LONG_AGO) -> Act:
    """Somebody of the organisation's staff, without an account."""
    return Act(Actor(role=Role.ORGANISATION_STAFF, organisation_id=organisation.id), at, "test")


def entry(**values: Any) -> Entry:
    """A complete entry: meals for frail elders in the whole district."""
    return Entry(
        **{
            "title": "老人午餐送餐上门",
            "description": "为行动不便的老人每天送一顿热午餐，电话预订，当天十点前可以退订。",
            "terms": ("EL-01", "B03"),
            "areas": (parties.DISTRICT,),
            "prices": (Price(Decimal(18), CostUnit.PERSON_TIME),),
            "capacities": (Capacity(CostUnit.PERSON_TIME, 20000, 12000),),
            **values,
        }
    )


@remembered
def service(
    session: Session,
    *,
    organisation: Organisation | None = None,
    at: datetime = LONG_AGO,
    published: bool = True,
    terms: Sequence[str] = ("EL-01", "B03"),
    areas: Sequence[str] = (parties.DISTRICT,),
    **values: Any,
) -> Service:
    """A service in the public catalogue; `published=False` leaves it a draft."""
    parties.place(session)
    act = staff_act(organisation or parties.organisation(session), at)
    made = operations.create(session, act, entry(terms=terms, areas=areas, **values))
    if published:
        operations.publish(session, made, act)
    session.flush()
    return made
