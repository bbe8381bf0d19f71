"""The catalogue: each organisation's own staff write, publish, confirm and retire its services."""

from collections.abc import Iterator
from datetime import datetime

from models.catalogue import operations
from models.catalogue.entry import Capacity, Entry, Price
from models.catalogue.service import CostUnit
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Published, confirmed since, and some taken out again."""
    for row in books["services"]["services"]:
        published = row.must_day("published_on")
        yield Step(spread(published, 9, row), row, _publish)
        if row.must_day("verified_on") > published:
            yield Step(spread(row.must_day("verified_on"), 10, row), row, _confirm)
        if row.day("retired_on"):
            yield Step(spread(row.must_day("retired_on"), 11, row), row, _retire)


def _publish(district: District, row: Row, at: datetime) -> None:
    act = district.by_staff(row, at)
    service = operations.create(district.session, act, _entry(row))
    operations.publish(district.session, service, act)
    district.services[row.key("service_id")] = service


def _confirm(district: District, row: Row, at: datetime) -> None:
    operations.confirm(district.session, district.services[row.key("service_id")], district.by_staff(row, at))


def _retire(district: District, row: Row, at: datetime) -> None:
    operations.retire(district.session, district.services[row.key("service_id")], district.by_staff(row, at))


def _entry(row: Row) -> Entry:
    unit, price = row.choice("cost_unit", CostUnit), row.decimal("unit_price_yuan")
    maximum = row.integer("capacity_per_year") or row.refuse("capacity_per_year is empty")
    capacity = Capacity(unit, maximum, row.integer("capacity_available"), row.text("capacity_unit"))
    return Entry(
        title=row.key("title"),
        description=row.key("description"),
        terms=(*row.codes("service_codes"), *row.codes("beneficiary_codes")),
        areas=row.codes("coverage_codes"),
        prices=() if price is None else (Price(price, unit, row.text("price_unit")),),
        capacities=(capacity,),
        minimum_age=row.integer("minimum_age"),
        maximum_age=row.integer("maximum_age"),
        licences=row.text("licences"),
    )
