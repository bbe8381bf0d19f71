"""A need's first words: begun afresh, from a ticket, or after a good project; with what is known about it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import uuid4

from models.act import Act
from models.evaluations import replicating
from models.needs import operations, parts, raising, ticketing
from models.needs.details import EvidenceKind, FundingSource, ResourceKind
from models.needs.need import Engagement, Need
from models.needs.parts import Source
from models.needs.raiser import RaiserKind
from models.needs.raising import Group
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


@dataclass
class Told:
    """What other sheets tell of a need."""

    evidence: list[Row] = field(default_factory=list)
    raisers: list[Row] = field(default_factory=list)


def steps(books: Books) -> Iterator[Step]:
    """Each need as it is begun."""
    told: dict[str, Told] = defaultdict(Told)
    for sheet in Told.__dataclass_fields__:
        for row in books["needs"][sheet]:
            getattr(told[row.key("need_id")], sheet).append(row)
    for row in books["needs"]["needs"]:
        mine = told[row.key("need_id")]
        yield Step(spread(row.must_day("created_on"), 9, row), row, partial(_write, told=mine))


def _write(district: District, row: Row, at: datetime, told: Told) -> None:
    session, act = district.session, district.by(row, "created_by", at)
    need = _begin(district, row, act)
    assessment = row.text("assessment_id")
    operations.edit(
        session,
        need,
        act,
        title=row.key("title"),
        description=row.key("description"),
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
    parts.set_evidence(session, need, act, sources=_sources(told.evidence))
    kinds = {kind: row.text(f"resource_{kind}") for kind in ResourceKind if row.text(f"resource_{kind}")}
    parts.set_resources(session, need, act, resources=kinds)
    parts.set_funding(session, need, act, funding=_funding(row))
    for each in told.raisers:
        raising.set_raiser(session, need, act, group=_group(each))
    district.needs[row.key("need_id")] = need


def _begin(district: District, row: Row, act: Act) -> Need:
    """As the row says: what another neighbourhood got, what somebody rang about, or neither."""
    session, made = district.session, uuid4()
    if row.text("same_as"):
        return replicating.ask_for_the_same(session, district.need(row, "same_as"), act, id=made)
    if row.text("ticket"):
        groups = row.codes("beneficiary_codes")
        ticket = district.ticket(row, "ticket")
        return ticketing.begin_need(
            session, ticket, act, id=made, codes=row.codes("service_codes"), groups=groups
        )
    words = row.key("description")
    return operations.start(session, act, id=made, unit_code=row.key("unit_code"), description=words)


def _sources(rows: Sequence[Row]) -> list[Source]:
    return [
        Source(row.choice("kind", EvidenceKind), row.text("words"), row.integer("count"), row.day("seen_on"))
        for row in rows
    ]


def _group(row: Row) -> Group:
    return Group(
        row.choice("kind", RaiserKind), row.key("name"), row.text("covers"), row.integer("households")
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
