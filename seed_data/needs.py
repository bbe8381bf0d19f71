"""Needs once they are written: the neighbourhood's own worker hands in, the street's official handles."""

from collections.abc import Callable, Iterator
from datetime import datetime

from models.needs import handling, operations
from models.needs.details import IndicatorCode
from models.needs.need import ClosedReason, ReturnReason
from models.needs.standard import Standard
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row

Do = Callable[[District, Row, datetime], object]


def steps(books: Books) -> Iterator[Step]:
    """From handing in to the end, as far as each need has come."""
    for row in books["needs"]["needs"]:
        moves: list[tuple[str, int, Do]] = [
            ("submitted_on", 10, _submit),
            ("deliberating_on", 11, _deliberate),
            ("returned_on", 14, _return),
            ("standardised_on", 15, _standardise),
            ("closed_on", 15, _CLOSINGS.get(row.text("closed_reason"), _settle)),
        ]
        for column, hour, do in moves:
            if row.day(column):
                yield Step(spread(row.must_day(column), hour, row), row, do)


def _submit(district: District, row: Row, at: datetime) -> None:
    operations.submit(district.session, district.need(row), district.by(row, "created_by", at))


def _deliberate(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "handled_by", at)
    handling.take_into_deliberation(district.session, district.need(row), act)


def _return(district: District, row: Row, at: datetime) -> None:
    handling.return_(
        district.session,
        district.need(row),
        district.by(row, "handled_by", at),
        reason=row.choice("return_reason", ReturnReason),
        words=row.key("return_words"),
    )


def _standardise(district: District, row: Row, at: datetime) -> None:
    values = {code: row.integer(code.lower()) for code in IndicatorCode}
    standard = Standard(
        title=row.key("title"),
        codes=row.codes("service_codes"),
        groups=row.codes("beneficiary_codes"),
        affected_people=row.integer("affected_people"),
        indicators={code: value for code, value in values.items() if value is not None},
    )
    act = district.by(row, "handled_by", at)
    handling.standardise(district.session, district.need(row), act, standard=standard)


def _withdraw(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "created_by", at)
    operations.withdraw(district.session, district.need(row), act, words=row.text("closed_words"))


def _merge(district: District, row: Row, at: datetime) -> None:
    handling.merge(
        district.session,
        district.need(row),
        district.by(row, "handled_by", at),
        into=district.need(row, "duplicate_of"),
        words=row.text("closed_words"),
    )


def _route(district: District, row: Row, at: datetime) -> None:
    handling.route(
        district.session,
        district.need(row),
        district.by(row, "handled_by", at),
        route_code=row.key("route"),
        words=row.key("closed_words"),
    )


def _settle(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "handled_by", at)
    handling.settle(district.session, district.need(row), act, words=row.key("closed_words"))


_CLOSINGS: dict[str, Do] = {
    ClosedReason.WITHDRAWN: _withdraw,
    ClosedReason.MERGED: _merge,
    ClosedReason.ROUTED: _route,
    ClosedReason.SETTLED: _settle,
}
