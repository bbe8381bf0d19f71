"""Tenders in any phase of the purchaser's own, brought there by the verbs that lead to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act, Actor, Role
from models.needs.need import Need, NeedPhase
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import Method
from models.sealing.drafts import DraftKeeper
from models.tenders import drafting, ending, filling, keys, publishing
from models.tenders.content import Basics, LotContent
from models.tenders.lot import FailReason
from models.tenders.tender import Tender, TenderPhase
from tests.factories import deliberations, needs, parties
from tests.factories.parties import NEIGHBOURHOOD, NOON, STREET
from tests.support.stages import remembered

CLOSES = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
"""The deadline of a tender published at NOON: a Monday, nine o'clock in Shanghai."""

KEEPER = DraftKeeper([bytes(range(32))])
BUDGET = Decimal(500000)
ESCROW = "街道档案室保险柜"

_phrases: dict[UUID, dict[UUID | None, str]] = {}


def official(session: Session, at: datetime = NOON, unit: str = STREET) -> Act:
    """Somebody new who may do everything to the usual street's tenders."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit, at=at)


def officers(session: Session, count: int = 3, unit: str = STREET) -> list[Person]:
    """People who can hold phrases."""
    names = ("周敏", "吴刚", "郑洁", "冯涛", "陈静")
    return [
        parties.person(session, Role.STREET_OFFICIAL, unit=unit, name=names[number % len(names)])
        for number in range(count)
    ]


def act_of(person: Person, at: datetime = NOON) -> Act:
    """The act of somebody in their only role."""
    (membership,) = person.memberships
    return Act(
        Actor(
            person_id=person.id,
            role=membership.role,
            unit_code=membership.unit_code,
            organisation_id=membership.organisation_id,
            membership_id=membership.id,
        ),
        at,
        "test",
    )


@remembered
def need(session: Session, *, unit: str = NEIGHBOURHOOD, **changes: Any) -> Need:
    """A matched need that rests on an assessment of its neighbourhood (R07)."""
    parties.place(session)
    made = deliberations.assessment(session, unit=unit, at=needs.LONG_AGO)
    usual = {"budget": BUDGET, "assessment_id": made.id}
    return needs.need(session, changes.pop("phase", NeedPhase.MATCHED), unit=unit, **{**usual, **changes})


def basics(tender: Tender, **changes: Any) -> Basics:
    """What stands in the first section, with changes."""
    standing = Basics(**{name: getattr(tender, name) for name in Basics.__dataclass_fields__})
    return replace(standing, **changes)


@remembered
def draft(
    session: Session,
    *,
    lots: int = 1,
    method: Method = Method.COMPETITIVE_CONSULTATION,
    by: Act | None = None,
    of: Sequence[Need] | None = None,
    at: datetime = NOON - timedelta(days=2),
    keeper: DraftKeeper = KEEPER,
    holders: Sequence[Person] | None = None,
    threshold: int = 2,
    **changes: Any,
) -> Tender:
    """A draft that can be published: everything written, keys made, phrases fetched."""
    given = list(of) if of is not None else [need(session) for _ in range(lots)]
    act = by or official(session, at)
    act = Act(act.actor, at, "test")
    unit = session.get_one(AdministrativeUnit, act.actor.unit_code)
    made = drafting.draft(session, unit, act, needs=given)
    usual = {
        "method": method,
        "price_weight": filling.price_weight(method),
        "budget_item": "社区服务（街道部门预算第 12 项）",
        "method_words": "服务需求明确，符合该采购方式的适用情形。",
        "reservation_words": "本项目面向社会组织，属于政府购买公共服务。",
        "surveyed_on": date(2026, 10, 30),
        "surveyed_respondents": 4,
        "service_starts_on": date(2027, 3, 1),
        "service_ends_on": date(2027, 8, 31),
    }
    drafting.edit(session, made, act, basics=basics(made, **{**usual, **changes}))
    drafting.set_lots(session, made, act, lots=_lots(given, lots))
    if method == Method.NEGOTIATION:
        drafting.set_criteria(session, made, act, criteria=())
    give_keys(session, made, act, holders=holders, threshold=threshold, keeper=keeper)
    session.flush()
    return made


def _lots(given: Sequence[Need], lots: int) -> list[LotContent]:
    """The needs dealt out to the lots."""
    shared = [given[number::lots] for number in range(lots)]
    return [
        LotContent(f"包{number}", BUDGET, tuple(each.id for each in some), "服务内容见采购需求。")
        for number, some in enumerate(shared, start=1)
    ]


def give_keys(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    holders: Sequence[Person] | None = None,
    threshold: int = 2,
    keeper: DraftKeeper = KEEPER,
) -> None:
    """Make the keys, and let every holder fetch the phrase; `phrases` remembers them."""
    people = list(holders) if holders is not None else officers(session, unit=tender.unit_code)
    key = keys.make_keys(
        session, tender, act, officers=people, threshold=threshold, escrow_place=ESCROW, keeper=keeper
    )
    session.flush()
    by_id = {person.id: act_of(person, act.at) for person in people}
    _phrases[tender.id] = {
        holder.person_id: keys.fetch_phrase(
            session, holder, by_id.get(holder.person_id, act) if holder.person_id else act, keeper=keeper
        )
        for holder in key.holders
    }


def phrases(tender: Tender) -> dict[UUID | None, str]:
    """The phrases that open a tender of this factory, by their holder; None is the escrow's."""
    return _phrases[tender.id]


@remembered
def tender(
    session: Session,
    phase: TenderPhase = TenderPhase.TENDERING,
    *,
    lots: int = 1,
    method: Method = Method.COMPETITIVE_CONSULTATION,
    by: Act | None = None,
    at: datetime = NOON,
    until: datetime = CLOSES,
    **changes: Any,
) -> Tender:
    """A tender published at NOON until CLOSES; CLOSED is the same, seen from CLOSES on.

    Phases after the opening are brought about by the factories of bids, panels and contracts.
    """
    act = by or official(session, at)
    made = draft(session, lots=lots, method=method, by=act, at=at - timedelta(days=2), **changes)
    now = Act(act.actor, at, "test")
    if phase is not TenderPhase.DRAFT:
        publishing.publish(session, made, now, bids_until=until)
    later = Act(act.actor, until, "test")
    if phase is TenderPhase.CANCELLED:
        ending.cancel(session, made, later, words="预算调整，本项目不再采购。")
    elif phase is TenderPhase.FAILED:
        ending.fail(session, made, later, reason=FailReason.FEW_BIDS, words="递交投标文件的供应商不足。")
    session.flush()
    return made
