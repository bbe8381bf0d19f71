"""From when the sides of a contract may rate each other.

Only that it has begun is told, to all at the same moment: a reminder that counted from the first rating would
tell the other side that there is one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import local_date
from models.clocks.clock import Clock
from models.clocks.reminder import ReminderKind
from models.contracts import people
from models.contracts.contract import Contract
from models.contracts.queries import with_contract
from models.parties.accounts import people_of
from models.ratings.queries import given_in
from models.ratings.rating import Rating, Side
from models.ratings.releasing import BLIND_FOR, direction
from models.ratings.sides import Direction
from models.ratings.standing import Standing, standings


def rating_clocks(session: Session, act: Act) -> Iterator[Clock]:
    """Contracts whose sides may rate each other since less than 14 days, and who has not yet.

    So long nothing is released unless everybody has rated: nobody is sent to a page that is closed.
    """
    since = act.at - BLIND_FOR
    recent = (Contract.supplier_signed_at <= act.at, Contract.ends_on >= local_date(since))
    found = session.scalars(with_contract().where(*recent).order_by(Contract.id)).unique().all()
    given: dict[UUID, set[Direction]] = defaultdict(set)
    for rating in given_in(session, Rating.contract_id.in_([each.id for each in found])):
        given[rating.contract_id].add(direction(rating))
    for each in standings(session, found, act.at):
        opens = each.opens_at
        if opens is not None and since < opens <= act.at:
            yield _clock(session, each, opens, given[each.contract.id], act)


def _clock(
    session: Session, found: Standing, opens: datetime, given: Collection[Direction], act: Act
) -> Clock:
    contract = found.contract
    told = {
        person
        for side in found.sides
        if not set(found.directions(side)) <= set(given)
        for person in _people(session, found, side, act)
    }
    facts = {"reference": contract.reference, "title": contract.award.lot.tender.title}
    return Clock(ReminderKind.RATING_OPEN, contract.id, contract, opens, opens, frozenset(told), facts)


def _people(session: Session, found: Standing, side: Side, act: Act) -> Collection[UUID]:
    contract = found.contract
    if side is Side.COMMUNITY and found.community:
        return people_of(session, act, Role.COMMUNITY_WORKER, found.community)
    if side is Side.ORGANISATION:
        return people.supplier(session, act, contract.organisation_id)
    return people.purchaser(session, act, contract.award.lot.tender)
