"""Rotation: setting its rule, and when it is another agency's turn (R84)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.rotation import RotationRule, rotation_at, upwards
from models.audit.record import record
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.calendar.clocks import local_date
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.contracts.words import LONGEST
from models.errors import Invalid
from models.parties.unit import CODE_LENGTH, AdministrativeUnit, UnitKind
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from models.wording import bounded

A_PAUSE = 1
"""Whoever has had nothing in a street for more than a year begins there anew."""

MOST = {"most_consecutive": 20, "most_years_in_street": 20}
HUNDRED = Decimal(100)


def set_rule(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    effective_on: date,
    most_consecutive: int,
    most_years_in_street: int,
    rescore_share: Decimal,
    rescore_gap: Decimal,
    words: str = "",
) -> RotationRule:
    """Set the rule of an area from a day on, today or later: what was drawn stays as it was drawn."""
    ensure(act, Permission.AGENCY_MANAGE, unit)
    if effective_on < local_date(act.at):
        raise Invalid("rotation_in_past", field="effective_on")
    whole = {"most_consecutive": most_consecutive, "most_years_in_street": most_years_in_street}
    for field, value in whole.items():
        if not 1 <= value <= MOST[field]:
            raise Invalid("rotation_out_of_range", field=field, most=MOST[field])
    for field, part in {"rescore_share": rescore_share, "rescore_gap": rescore_gap}.items():
        if not 0 < part <= HUNDRED:
            raise Invalid("rotation_not_a_share", field=field)
    made = RotationRule(
        unit_code=unit.code,
        effective_on=effective_on,
        **whole,
        rescore_share=rescore_share,
        rescore_gap=rescore_gap,
        words=bounded(words, LONGEST, field="words"),
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    record(session, act, "rotation_rule.set", made, effective_on=effective_on, **whole)
    return made


def history(session: Session, unit_code: str) -> list[RotationRule]:
    """Every rule ever set for a unit and its parents, the newest first."""
    query = select(RotationRule).where(RotationRule.unit_code.in_(upwards(unit_code)))
    return list(
        session.scalars(query.order_by(RotationRule.effective_on.desc(), RotationRule.made_at.desc()))
    )


def too_many_in_a_row(session: Session, agency: Agency, contract: Contract, day: date) -> list[str]:
    """The contractor's last projects, when all were this agency's and there are as many as allowed."""
    most = rotation_at(session, contract.unit_code, day).most_consecutive
    same = Bid.organisation_id == contract.organisation_id
    last = list(_given(session, contract, same))[-most:]
    if len(last) < most or any(each.agency_id != agency.organisation_id for each in last):
        return []
    return [each.contract.reference for each in last]


def too_long_in_street(session: Session, agency: Agency, contract: Contract, day: date) -> list[str]:
    """The day the agency began in this street, when that is as many years ago as allowed, or more."""
    street = contract.unit_code[: CODE_LENGTH[UnitKind.STREET]]
    if len(street) < CODE_LENGTH[UnitKind.STREET]:
        return []  # a whole district's project lies in no one street
    years = rotation_at(session, contract.unit_code, day).most_years_in_street
    here = Tender.unit_code.startswith(street, autoescape=True)
    began: date | None = None
    last: date | None = None
    for each in _given(session, contract, here & (Assignment.agency_id == agency.organisation_id)):
        drawn_on = local_date(each.drawn_at)
        if last is None or drawn_on > _after(last, A_PAUSE):
            began = drawn_on
        last = drawn_on
    if began is None or last is None or day > _after(last, A_PAUSE) or day < _after(began, years):
        return []
    return [began.isoformat()]


def _given(session: Session, contract: Contract, where: ColumnElement[bool]) -> Iterator[Assignment]:
    """The other projects that agencies were given and kept, in the order of their draws."""
    query = (
        select(Assignment)
        .join(Assignment.contract)
        .join(Contract.award)
        .join(Award.bid)
        .join(OpenedBid.bid)
        .join(Award.lot)
        .join(Lot.tender)
        .where(
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.recused_at.is_(None),
            Assignment.contract_id != contract.id,
            where,
        )
        .order_by(Assignment.drawn_at, Assignment.id)
    )
    return iter(session.scalars(query))


def _after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
