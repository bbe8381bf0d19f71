"""Reads of ratings: what is released, and means from three on. A blind rating is never among them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.contracts.award import Award
from models.contracts.contract import Contract
from models.ratings.rating import Rating, RatingItem, Side
from models.ratings.releasing import released_of
from models.ratings.standing import standings

FEWEST = 3
"""A mean of fewer would tell who said what."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Mean:
    """What the released ratings of a side come to; an item that fewer than three have rated has no mean."""

    count: int
    points: Decimal
    items: dict[RatingItem, Decimal]


def released(session: Session, contract_id: UUID, at: datetime) -> list[Rating]:
    """The ratings of a contract that everybody who may see them may see now."""
    return released_in(session, [contract_id], at).get(contract_id, [])


def released_in(session: Session, contracts: Iterable[UUID], at: datetime) -> dict[UUID, list[Rating]]:
    """The released ratings of several contracts, in a fixed number of queries."""
    given = given_in(session, Rating.contract_id.in_(list(contracts)))
    subjects = {each.contract_id: each.contract for each in given}
    sides = {each.contract.id: each.sides for each in standings(session, subjects.values(), at)}
    of: dict[UUID, list[Rating]] = defaultdict(list)
    for each in given:
        of[each.contract_id].append(each)
    return {key: released_of(found, sides[key], at) for key, found in of.items()}


def mean_of(session: Session, about: UUID | str, side: Side, at: datetime) -> Mean | None:
    """The mean of what is released about an organisation, an agency or a unit; None under three ratings."""
    return means_of(session, [about], side, at).get(about)


def means_of(
    session: Session, abouts: Iterable[UUID | str], side: Side, at: datetime
) -> dict[UUID | str, Mean]:
    """The means of several organisations or units rated as one side."""
    wanted = set(abouts)
    ids, codes = {key for key in wanted if isinstance(key, UUID)}, {k for k in wanted if isinstance(k, str)}
    theirs = Rating.about_organisation_id.in_(ids) | Rating.about_unit_code.in_(codes)
    contracts = select(Rating.contract_id).where(Rating.about_side == side, theirs)
    of: dict[UUID | str, list[Rating]] = defaultdict(list)
    for ratings in released_in(session, session.scalars(contracts), at).values():
        for each in ratings:
            key = each.about_organisation_id or each.about_unit_code
            if each.about_side is side and key in wanted:
                of[key].append(each)
    return {key: _mean(ratings) for key, ratings in of.items() if len(ratings) >= FEWEST}


def given_in(session: Session, condition: ColumnElement[bool]) -> list[Rating]:
    """Ratings with their points, blind or not: for what is derived from them, never for a page."""
    whole = (
        selectinload(Rating.points),
        joinedload(Rating.contract).joinedload(Contract.award).joinedload(Award.lot),
    )
    query = select(Rating).where(condition).options(*whole)
    return list(session.scalars(query.order_by(Rating.given_at, Rating.id)))


def _mean(ratings: list[Rating]) -> Mean:
    items: dict[RatingItem, list[Decimal]] = defaultdict(list)
    for rating in ratings:
        for each in rating.points:
            items[each.item].append(Decimal(each.points))
    return Mean(
        count=len(ratings),
        points=_average([_average([Decimal(p.points) for p in each.points]) for each in ratings]).quantize(
            HUNDREDTH, ROUND_HALF_UP
        ),
        items={
            item: _average(found).quantize(HUNDREDTH, ROUND_HALF_UP)
            for item, found in items.items()
            if len(found) >= FEWEST
        },
    )


def _average(points: list[Decimal]) -> Decimal:
    return sum(points, Decimal(0)) / len(points)
