"""Giving a rating: once, for one's own side, while it is blind."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import OFFICIALS, Act, Role
from models.audit.record import record
from models.contracts import people
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.contracts.words import LONGEST
from models.errors import Conflict, Invalid, NotAllowed
from models.parties.accounts import people_of
from models.ratings.queries import given_in
from models.ratings.rating import Rating, RatingItem, RatingPoint, Side
from models.ratings.releasing import direction, released_at
from models.ratings.sides import ITEMS, Direction, group
from models.ratings.standing import Standing, standing
from models.wording import bounded

BEST = 5
SIDE_OF = {
    Role.ORGANISATION_STAFF: Side.ORGANISATION,
    Role.COMMUNITY_WORKER: Side.COMMUNITY,
    **dict.fromkeys(OFFICIALS, Side.PURCHASER),
}
"""The side somebody speaks for follows from the role, and is never chosen."""


@dataclass(frozen=True)
class Voice:
    """The side of a contract the act would speak for, as the policy looks at it."""

    standing: Standing
    side: Side | None
    unit_code: str | None
    organisation_id: UUID


def voice(session: Session, contract: Contract, act: Act) -> Voice:
    """A worker's side is the neighbourhood, every other one's the contract with its unit and its supplier."""
    return voice_in(standing(session, contract, act.at), act)


def voice_in(found: Standing, act: Act) -> Voice:
    """The same, where the sides are known."""
    contract = found.contract
    side = SIDE_OF.get(act.actor.role) if act.actor.role else None
    unit_code = found.community if act.actor.role is Role.COMMUNITY_WORKER else contract.unit_code
    return Voice(found, side, unit_code, contract.organisation_id)


def give(
    session: Session,
    contract: Contract,
    act: Act,
    *,
    about: Side,
    points: Mapping[RatingItem, int],
    words: str = "",
) -> Rating:
    """Rate another side of the contract: every item from 1 to 5. What was given is never changed."""
    mine = voice(session, contract, act)
    ensure(act, Permission.RATING_GIVE, mine)
    if mine.side is None:
        raise NotAllowed("not_allowed", permission=Permission.RATING_GIVE)
    wanted = (mine.side, about)
    hold(session, contract)  # of two who speak for a side at once, the second finds the first one's
    _check(session, mine.standing, wanted, act)
    made = _rating(mine.standing, wanted, points, act)
    made.words = bounded(words, LONGEST, field="words")
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "rating.give", made)
    _tell_when_released(session, mine.standing, made, act)
    return made


def _check(session: Session, found: Standing, wanted: Direction, act: Act) -> None:
    if wanted not in found.directions(wanted[0]):
        raise Invalid("rating_direction")
    if not found.is_open(act.at):
        raise Conflict("rating_too_early")
    given = given_in(session, Rating.contract_id == found.contract.id)
    if any(direction(each) == wanted for each in given):
        raise Conflict("rating_given")
    release = released_at(_together(given, wanted), found.sides)
    if release is not None and release <= act.at:
        raise Conflict("rating_closed")


def _rating(found: Standing, way: Direction, points: Mapping[RatingItem, int], act: Act) -> Rating:
    items, rated = ITEMS[way], found.about(way[1])
    if set(points) != set(items) or any(not 1 <= each <= BEST for each in points.values()):
        raise Invalid("rating_points", best=BEST)
    return Rating(
        contract_id=found.contract.id,
        by_side=way[0],
        about_side=way[1],
        about_organisation_id=rated if isinstance(rated, UUID) else None,
        about_unit_code=rated if isinstance(rated, str) else None,
        given_at=act.at,
        given_by=act.actor.person_id,
        points=[
            RatingPoint(item=item, position=place, points=points[item]) for place, item in enumerate(items)
        ],
    )


def _together(given: list[Rating], wanted: Direction) -> list[Rating]:
    return [each for each in given if direction(each) in group(wanted)]


def _tell_when_released(session: Session, found: Standing, made: Rating, act: Act) -> None:
    """Nobody is told of a rating before it is released: the last of a group releases it.

    The last to be kept need not be the last to be given: who waits for the other has read the clock before.
    """
    given = given_in(session, Rating.contract_id == found.contract.id)
    together = _together(given, direction(made))
    if released_at(together, found.sides) not in {each.given_at for each in together}:
        return
    contract = found.contract
    told = people.supplier(session, act, contract.organisation_id)
    told |= people.purchaser(session, act, contract.award.lot.tender)
    if Side.COMMUNITY in {made.by_side, made.about_side} and found.community:
        told |= set(people_of(session, act, Role.COMMUNITY_WORKER, found.community))
    outbox.add(session, act, "ratings_released", made, to=told, reference=contract.reference)
