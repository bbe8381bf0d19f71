"""The ratings of a contract as one side sees them: what it may still give, what it gave, what is released."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act, Role
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.contracts.queries import contracts, with_contract
from models.needs.need import Need
from models.parties.unit import CODE_LENGTH, UnitKind
from models.ratings.giving import Voice, voice_in
from models.ratings.queries import given_in
from models.ratings.rating import Rating, RatingItem, Side
from models.ratings.releasing import BLIND_FOR, direction, released_of
from models.ratings.sides import ITEMS, Direction, group
from models.ratings.standing import Standing, standings
from models.tenders.lot import LotNeed


class RatingState(StrEnum):
    """How far one of my ratings is."""

    TO_GIVE = "to_give"
    BLIND = "blind"
    RELEASED = "released"
    CLOSED = "closed"  # the other one was released before I had given mine


@dataclass(frozen=True)
class Mine:
    """One side I may rate. `blind_until` counts from my own rating, and tells nothing of the other's."""

    about: Side
    items: tuple[RatingItem, ...]
    state: RatingState
    given: Rating | None
    blind_until: datetime | None


@dataclass(frozen=True)
class Desk:
    """A contract's ratings for one act."""

    voice: Voice
    is_open: bool
    mine: list[Mine]
    released: list[Rating]

    @property
    def contract(self) -> Contract:
        """What is rated."""
        return self.voice.standing.contract

    @property
    def unit_code(self) -> str | None:
        """What the policy looks at."""
        return self.voice.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.voice.organisation_id

    @property
    def to_give(self) -> list[Mine]:
        """What I can still give."""
        return [each for each in self.mine if each.state is RatingState.TO_GIVE]


def desk(session: Session, contract_id: UUID, act: Act) -> Desk | None:
    """The desk of a contract in force, for its sides and those who watch the area."""
    contract = session.get(Contract, contract_id)
    if contract is None or contract.supplier_signed_at is None:
        return None
    (found,) = _desks(session, [contract], act)
    return found if can(act, P.RATING_VIEW, found) else None


def desk_of_rating(session: Session, rating_id: UUID, act: Act) -> Desk | None:
    """The desk a released or own rating stands on; a blind one of another side leads nowhere."""
    rating = session.get(Rating, rating_id)
    found = desk(session, rating.contract_id, act) if rating is not None else None
    if found is None or rating is None:
        return None
    known = [*found.released, *(each.given for each in found.mine)]
    return found if rating in known else None


def desks(session: Session, act: Act) -> list[Desk]:
    """Every contract the act has a side in or watches, once it can be rated."""
    if not can(act, P.RATING_VIEW):
        return []
    of = _of_worker(session, act) if act.actor.role is Role.COMMUNITY_WORKER else contracts(session, act)
    found = _desks(session, [each for each in of if each.supplier_signed_at], act)
    return [each for each in found if each.is_open and can(act, P.RATING_VIEW, each)]


def _desks(session: Session, of: Iterable[Contract], act: Act) -> list[Desk]:
    found = standings(session, of, act.at)
    given: dict[UUID, list[Rating]] = defaultdict(list)
    for rating in given_in(session, Rating.contract_id.in_([each.contract.id for each in found])):
        given[rating.contract_id].append(rating)
    return [_desk(each, given[each.contract.id], act) for each in found]


def _desk(found: Standing, given: list[Rating], act: Act) -> Desk:
    shown = released_of(given, found.sides, act.at)
    voice = voice_in(found, act)
    return Desk(
        voice=voice,
        is_open=found.is_open(act.at),
        mine=[_mine(way, given, shown) for way in found.directions(voice.side)],
        released=shown,
    )


def _mine(way: Direction, given: list[Rating], shown: list[Rating]) -> Mine:
    own = next((each for each in given if direction(each) == way), None)
    released = any(direction(each) in group(way) for each in shown)
    if own is None:
        state = RatingState.CLOSED if released else RatingState.TO_GIVE
    else:
        state = RatingState.RELEASED if released else RatingState.BLIND
    until = own.given_at + BLIND_FOR if own is not None and state is RatingState.BLIND else None
    return Mine(way[1], ITEMS[way], state, own, until)


def _of_worker(session: Session, act: Act) -> list[Contract]:
    """Contracts with a need of the worker's neighbourhood; whether it speaks for them `can()` says."""
    own = Need.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    lowest = func.length(Need.unit_code) == CODE_LENGTH[UnitKind.NEIGHBOURHOOD]
    lots = select(LotNeed.lot_id).join(Need, Need.id == LotNeed.need_id).where(own, lowest)
    query = with_contract().where(Award.lot_id.in_(lots))
    return list(session.scalars(query.order_by(Contract.made_at.desc(), Contract.id)).unique())
