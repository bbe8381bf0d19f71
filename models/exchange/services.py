"""Rows of services: an empty number writes and publishes a new entry, a number of one's own edits it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.catalogue import operations
from models.catalogue.entry import Capacity, Entry, Price
from models.catalogue.lifecycle import phase_at
from models.catalogue.service import CostUnit, Service, ServiceStatus
from models.errors import Invalid
from models.exchange.cells import Row
from models.exchange.places import unit_of

COLUMNS = {
    "service_id": False,
    "title": True,
    "description": True,
    "service_codes": True,
    "beneficiary_codes": True,
    "coverage_districts": True,
    "unit_price_yuan": False,
    "price_unit": False,
    "capacity_per_year": False,
    "languages_qualifications": False,
    "minimum_age": False,
    "maximum_age": False,
    "available_from": False,
    "available_to": False,
}
"""Columns, and whether each must be filled. No price reads "by agreement"."""

UNIT_WORDS = {
    "人次": CostUnit.PERSON_TIME,
    "人/月": CostUnit.PERSON_MONTH,
    "人/年": CostUnit.PERSON_YEAR,
    "人/期": CostUnit.PERSON_COURSE,
    "户": CostUnit.HOUSEHOLD,
    "户/月": CostUnit.HOUSEHOLD_MONTH,
    "户/年": CostUnit.HOUSEHOLD_YEAR,
    "场": CostUnit.SESSION,
    "次": CostUnit.SESSION,
    "期": CostUnit.COURSE,
    "小时": CostUnit.HOUR,
    "课时": CostUnit.HOUR,
    "月": CostUnit.MONTH,
    "年": CostUnit.YEAR,
    "项目": CostUnit.PROJECT,
    "居/年": CostUnit.PLACE_YEAR,
    "村/年": CostUnit.PLACE_YEAR,
}
"""What sheets call a unit; any other word is kept as written and counted as an item."""

LONGEST_UNIT = 40


def take(session: Session, act: Act, row: Row) -> Service:
    """Write one row through the verbs."""
    entry = _entry(session, row)
    number = row.plain("service_id").upper()
    if not number:
        service = operations.create(session, act, entry)
        operations.publish(session, service, act)
        return service
    found = session.scalar(select(Service).where(Service.reference == number))
    if found is None or not can(act, Permission.SERVICE_EDIT, found):
        raise Invalid("service_not_yours", field="service_id", typed=number[:30])
    operations.edit(session, found, act, entry)
    if phase_at(found, act.at) == ServiceStatus.DRAFT:
        operations.publish(session, found, act)
    return found


def _entry(session: Session, row: Row) -> Entry:
    words = row.text("price_unit")[:LONGEST_UNIT]
    unit = UNIT_WORDS.get(row.plain("price_unit"), CostUnit.ITEM)
    price, capacity = row.amount("unit_price_yuan"), row.whole("capacity_per_year", least=1)
    if price is not None and not words:
        raise Invalid("cell_missing", field="price_unit")
    areas = row.listed("coverage_districts")
    if not areas:
        raise Invalid("cell_missing", field="coverage_districts")
    return Entry(
        title=row.required("title"),
        description=row.required("description"),
        terms=[*row.listed("service_codes"), *row.listed("beneficiary_codes")],
        areas=[unit_of(session, typed, field="coverage_districts").code for typed in areas],
        prices=[Price(price, unit, words)] if price is not None else [],
        capacities=[Capacity(unit, capacity, unit_words=words)] if capacity is not None else [],
        licences=row.text("languages_qualifications"),
        minimum_age=row.whole("minimum_age"),
        maximum_age=row.whole("maximum_age"),
        available_from=row.day("available_from"),
        available_to=row.day("available_to"),
    )
