"""Calls for volunteers by their verb."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.needs.need import Need
from models.volunteers import calling
from models.volunteers.call import VolunteerCall
from models.volunteers.calling import Given, Ground
from tests.factories import contracts, needs
from tests.factories.parties import NOON

LAST_DAY = local_date(NOON) + timedelta(days=10)


def given(**changes: Any) -> Given:
    """What a call says."""
    usual = Given(
        title="每周二、周四给老人送餐",
        words="从活动室取餐，送到楼里十几户老人家。先培训一次。",
        people=6,
        place="澄江一村居委会一楼活动室",
        hours="12 月每周二、周四 10:30 到 12:00",
        ends_on=LAST_DAY,
        telephone="021-5550 1234",
        office_hours="周一到周五 9:00 到 17:00",
    )
    return replace(usual, **changes)


def call(
    session: Session, subject: Need | Contract | None = None, *, at: datetime = NOON, **changes: Any
) -> VolunteerCall:
    """A call of the committee for a public need, or of the contractor within a contract."""
    subject = subject or needs.need(session)
    if isinstance(subject, Need):
        act = needs.worker(session, unit=subject.unit_code, at=at)
    else:
        act = contracts.supplier(session, subject, at)
    return calling.post(session, Ground(subject), act, id=uuid4(), given=given(**changes))


def put_in_force(session: Session, contract: Contract) -> Contract:
    """A contract signed by both at NOON, past `advance()`: the way there is not what is tested."""
    signed = {"purchaser_signed_at": NOON, "supplier_signed_at": NOON}
    session.execute(update(Contract).where(Contract.id == contract.id).values(signed))
    session.refresh(contract)
    return contract
