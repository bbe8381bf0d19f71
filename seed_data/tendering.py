"""Tenders: written from their needs, keys split among officers, published, asked about, changed, ended."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from models.bids.queries import bidders
from models.catalogue.service import CostUnit
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import Method
from models.tenders import drafting, ending, filling, keys, publishing
from models.tenders.content import (
    Basics,
    CriterionContent,
    Level,
    LotContent,
    MilestoneContent,
    RequirementContent,
)
from models.tenders.lot import FailReason
from models.tenders.tender import Tender
from models.tenders.terms import RequirementKind
from models.wording import clean
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


@dataclass
class Parts:
    """What other sheets tell of a tender when it is drafted."""

    lots: list[Row] = field(default_factory=list)
    criteria: list[Row] = field(default_factory=list)
    requirements: list[Row] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)


def steps(books: Books) -> Iterator[Step]:
    """Each tender from its draft to its publication, and to its end where it came to nothing."""
    book = books["tenders"]
    parts = {row.key("tender_id"): Parts() for row in book["tenders"]}
    for sheet in Parts.__dataclass_fields__:
        for row in book[sheet]:
            getattr(parts[row.key("tender_id")], sheet).append(row)
    for row in book["tenders"]:
        yield from _life(row, parts[row.key("tender_id")])
    for row in book["lots"]:
        if row.day("cancelled_on"):
            yield Step(when(row, "cancelled_on", 15, 30), row, _cancel_lot)


def _life(row: Row, parts: Parts) -> Iterator[Step]:
    yield Step(when(row, "drafted_on", 9, 10), row, partial(_draft, parts=parts))
    if row.day("keys_on"):
        yield Step(when(row, "keys_on", 10, 5), row, _make_keys)
        for minute, login in enumerate((*row.codes("officers"), "")):
            if login not in row.codes("waiting"):
                yield Step(when(row, "keys_on", 10, 20 + minute), row, partial(_fetch, login=login))
    if row.day("published_on"):
        yield Step(when(row, "published_on", 11, 0), row, _publish)
    if row.day("ended_on"):
        yield Step(when(row, "ended_on", 15, 20), row, _end)


def _draft(district: District, row: Row, at: datetime, parts: Parts) -> None:
    session, act = district.session, district.by(row, "drafted_by", at)
    needs = [district.needs[code] for code in row.codes("need_ids")]
    unit = session.get_one(AdministrativeUnit, row.key("unit_code"))
    tender = drafting.draft(session, unit, act, needs=needs, budget=row.decimal("budget"))
    district.tenders[row.key("tender_id")] = tender
    basics = _basics(row, tender)
    drafting.edit(session, tender, act, basics=basics)
    if parts.lots:
        lots = [_lot(district, each, tender) for each in parts.lots]
        drafting.set_lots(session, tender, act, lots=lots)
    if parts.criteria:
        drafting.set_criteria(session, tender, act, criteria=[_criterion(each) for each in parts.criteria])
    elif basics.price_weight != filling.LEAST_PRICE_WEIGHT:
        points = filling.WHOLE - basics.price_weight
        usual = tuple(filling.criteria(filling.domain_of(needs), points))
        drafting.set_criteria(session, tender, act, criteria=usual)
    if parts.requirements:
        more = [_requirement(each) for each in parts.requirements]
        drafting.set_requirements(session, tender, act, requirements=[*filling.requirements(), *more])
    if parts.milestones:
        milestones = [_milestone(each) for each in parts.milestones]
        drafting.set_milestones(session, tender, act, milestones=milestones)


def _basics(row: Row, tender: Tender) -> Basics:
    """What was filled in from the needs, with what the row says otherwise."""
    filled = Basics(**{name: getattr(tender, name) for name in Basics.__dataclass_fields__})
    method = row.choice("method", Method)
    weight = row.decimal("price_weight")
    return replace(
        filled,
        title=row.key("title"),
        description=row.text("description") or filled.description,
        method=method,
        price_weight=filling.price_weight(method) if weight is None else weight,
        method_words=row.text("method_words"),
        budget_item=row.text("budget_item"),
        fixed_price=row.yes("fixed_price") is True,
        service_starts_on=row.day("service_starts_on"),
        service_ends_on=row.day("service_ends_on"),
        consortium_allowed=row.yes("consortium_allowed") is not False,
        subcontracting_allowed=row.yes("subcontracting_allowed") is True,
        surveyed_on=row.day("surveyed_on"),
        surveyed_respondents=row.integer("surveyed_respondents"),
    )


def _lot(district: District, row: Row, tender: Tender) -> LotContent:
    needs = tuple(district.needs[code].id for code in row.codes("need_ids"))
    whole = tuple(part.need_id for lot in tender.lots for part in lot.needs)
    return LotContent(
        title=row.key("title"),
        budget=_amount(row, "budget"),
        needs=needs or whole,
        description=row.text("description") or tender.description,
        ceiling=row.decimal("ceiling"),
        quantity=row.integer("quantity"),
        quantity_unit=row.choice_or_none("quantity_unit", CostUnit),
    )


def _criterion(row: Row) -> CriterionContent:
    levels = []
    for line in row.key("levels").splitlines():
        points, _, words = line.partition(" 分：")
        levels.append(Level(clean(words), Decimal(points)))
    return CriterionContent(
        row.key("title"),
        _amount(row, "weight"),
        tuple(levels),
        row.text("description"),
        row.yes("is_objective") is True,
    )


def _requirement(row: Row) -> RequirementContent:
    return RequirementContent(
        row.choice("kind", RequirementKind), row.key("words"), row.text("evidence_words")
    )


def _milestone(row: Row) -> MilestoneContent:
    days = row.integer("due_days")
    return MilestoneContent(row.key("title"), days or 0, _amount(row, "percent"), row.text("deliverable"))


def _amount(row: Row, column: str) -> Decimal:
    found = row.decimal(column)
    return row.refuse(f"{column} is empty") if found is None else found


def _make_keys(district: District, row: Row, at: datetime) -> None:
    tender, act = district.tender(row), district.by(row, "drafted_by", at)
    possible = {person.login: person for person in keys.possible_officers(district.session, tender, act)}
    keys.make_keys(
        district.session,
        tender,
        act,
        officers=[possible[login] for login in row.codes("officers") if login in possible],
        threshold=row.integer("threshold") or row.refuse("threshold is empty"),
        escrow_place=row.key("escrow_place"),
        keeper=district.keeper,
    )


def _fetch(district: District, row: Row, at: datetime, login: str) -> None:
    """A holder fetches the phrase; the escrow's is printed by whoever made the keys."""
    tender, act = district.tender(row), district.by_login(login or row.key("drafted_by"), row, at)
    key = keys.key_of(district.session, tender.id) or row.refuse("there are no keys")
    holder = next(each for each in key.holders if district.login(each.person_id) == login)
    phrase = keys.fetch_phrase(district.session, holder, act, keeper=district.keeper)
    district.phrases.setdefault(row.key("tender_id"), {})[login] = phrase


def _publish(district: District, row: Row, at: datetime) -> None:
    until = _closing(row)
    act = district.by(row, "drafted_by", at)
    try:
        publishing.publish(district.session, district.tender(row), act, bids_until=until)
    except publishing.NotReady as error:
        row.refuse([*error.tasks, *error.findings])


def _closing(row: Row) -> datetime:
    return when(row, "closes_on", row.integer("closes_hour") or row.refuse("closes_hour is empty"))


def _end(district: District, row: Row, at: datetime) -> None:
    session, tender, act = district.session, district.tender(row), district.by(row, "drafted_by", at)
    told = bidders(session, tender, act)
    reason = row.choice_or_none("fail_reason", FailReason)
    if reason is None:
        ending.cancel(session, tender, act, words=row.text("end_words"), to=told)
    else:
        ending.fail(session, tender, act, reason=reason, words=row.key("end_words"), to=told)


def _cancel_lot(district: District, row: Row, at: datetime) -> None:
    lot = next(each for each in district.tender(row).lots if each.number == row.integer("lot"))
    act = district.by(row, "cancelled_by", at)
    told = bidders(district.session, lot.tender, act)
    ending.cancel_lot(district.session, lot, act, words=row.key("cancel_words"), to=told)
