"""Needs: the neighbourhood's own worker writes, the street's official handles."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from models.needs import handling, operations, parts
from models.needs.details import EvidenceKind, FundingSource, IndicatorCode, ResourceKind
from models.needs.need import ClosedReason, Engagement, ReturnReason
from models.needs.parts import Source
from models.needs.standard import Standard
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row

Do = Callable[[District, Row, datetime], object]


def steps(books: Books) -> Iterator[Step]:
    """From the first words to the end, as far as each need has come."""
    sources: dict[str, list[Row]] = {}
    for row in books["needs"]["evidence"]:
        sources.setdefault(row.key("need_id"), []).append(row)
    for row in books["needs"]["needs"]:
        heard = sources.get(row.key("need_id"), [])
        start = spread(row.must_day("created_on"), 9, row)
        yield Step(start, row, partial(_write, heard=heard))
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


def _write(district: District, row: Row, at: datetime, heard: Sequence[Row]) -> None:
    session, act = district.session, district.by(row, "created_by", at)
    need = operations.start(
        session, act, id=uuid4(), unit_code=row.key("unit_code"), description=row.key("description")
    )
    assessment = row.text("assessment_id")
    operations.edit(
        session,
        need,
        act,
        title=row.key("title"),
        existing_supply=row.text("existing_supply"),
        affected_people=row.integer("affected_people"),
        severity=row.integer("severity"),
        urgency=row.integer("urgency_level"),
        since=row.day("since"),
        starts_on=row.day("starts_on"),
        ends_on=row.day("ends_on"),
        budget=row.decimal("budget_yuan"),
        engagement=row.choice_or_none("engagement", Engagement),
        assessment_id=district.assessments[assessment].id if assessment else None,
    )
    parts.set_terms(
        session, need, act, codes=row.codes("service_codes"), groups=row.codes("beneficiary_codes")
    )
    parts.set_evidence(session, need, act, sources=[_source(each) for each in heard])
    kinds = {kind: row.text(f"resource_{kind}") for kind in ResourceKind if row.text(f"resource_{kind}")}
    parts.set_resources(session, need, act, resources=kinds)
    parts.set_funding(session, need, act, funding=_funding(row))
    district.needs[row.key("need_id")] = need


def _source(row: Row) -> Source:
    return Source(
        row.choice("kind", EvidenceKind), row.text("words"), row.integer("count"), row.day("seen_on")
    )


def _funding(row: Row) -> dict[FundingSource, Decimal | None]:
    """`street_budget:21000;donation:9000`; without a number the amount is not known."""
    found: dict[FundingSource, Decimal | None] = {}
    for part in row.codes("funding"):
        source, _, amount = part.partition(":")
        if source not in set(FundingSource) or not (amount.isdecimal() or not amount):
            row.refuse(f"funding cannot be {part!r}")
        found[FundingSource(source)] = Decimal(amount) if amount else None
    return found


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
