"""Bidding together (R51): the lead says who does what, each member confirms and is liable for all of it.

Who bids alone is no secret to tell an inviter: what rules the members out is found when they answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.consortium import Consortium, ConsortiumMember
from models.bids.taking_part import bidder, live_bid, refuse_unless_open
from models.errors import Conflict, Invalid
from models.parties.accounts import staff_of
from models.parties.organisation import Organisation
from models.reference import hold_references
from models.tenders.lot import Lot
from models.wording import bounded

WHOLE = Decimal(100)
MOST_MEMBERS = 10
PREFIX = "TB"
"""The number of bids: whoever seals one or joins a consortium holds it, so that nobody does both at once."""


@dataclass(frozen=True)
class Part:
    """A member's share and kind of the work."""

    organisation: Organisation
    share: Decimal
    work: str


def invite(session: Session, lot: Lot, act: Act, *, parts: Sequence[Part]) -> Consortium | None:
    """Say who bids together, oneself among them; no parts: alone again. Who is changed confirms anew."""
    own = bidder(act)
    hold_references(session, PREFIX, act.at)
    refuse_unless_open(session, lot, act)
    if live_bid(session, lot, own) is not None:
        raise Conflict("consortium_sealed")
    found = consortium_of(session, lot, own)
    if not parts:
        _dissolve(session, found, act)
        return None
    if not lot.tender.consortium_allowed:
        raise Invalid("consortium_not_allowed", rule="R51")
    _check(parts, own)
    if seat_elsewhere(session, lot, own) is not None:
        raise Conflict("consortium_twice", rule="R51")
    if found is None:
        found = Consortium(lot=lot, organisation_id=own, made_at=act.at)
        session.add(found)
    changed = _write(found, parts, act)
    session.flush()  # the event names the new consortium
    record(session, act, "consortium.invite", found, members=[each.organisation.id for each in parts])
    people = [person for each in changed for person in staff_of(session, act, each)]
    outbox.add(session, act, "consortium_invited", found, to=people, reference=lot.tender.reference)
    return found


def confirm(session: Session, member: ConsortiumMember, act: Act, *, liable: bool) -> None:
    """A member joins, and declares that it is liable with the others for the whole contract (法 art 24)."""
    lot = _to_answer(session, member, act)
    if member.confirmed_at is not None:
        return  # pressed twice
    if not liable:
        raise Invalid("consortium_liability_missing", field="liable")
    if live_bid(session, lot, member.organisation_id) is not None:
        raise Conflict("bid_alone_and_in_consortium", rule="R51")
    if seat_elsewhere(session, lot, member.organisation_id, beside=member.consortium_id) is not None:
        raise Conflict("consortium_twice", rule="R51")
    member.confirmed_at, member.declined_at = act.at, None
    record(session, act, "consortium.confirm", member.consortium, member=member.organisation_id)
    people = staff_of(session, act, member.consortium.organisation_id)
    reference = lot.tender.reference
    outbox.add(session, act, "consortium_confirmed", member.consortium, to=people, reference=reference)


def decline(session: Session, member: ConsortiumMember, act: Act) -> None:
    """A member says no, or leaves again while nothing is sealed."""
    lot = _to_answer(session, member, act)
    lead = member.consortium.organisation_id
    if live_bid(session, lot, lead) is not None:
        raise Conflict("consortium_sealed")
    member.confirmed_at, member.declined_at = None, act.at
    record(session, act, "consortium.decline", member.consortium, member=member.organisation_id)
    people = staff_of(session, act, lead)
    reference = lot.tender.reference
    outbox.add(session, act, "consortium_declined", member.consortium, to=people, reference=reference)


def consortium_of(session: Session, lot: Lot, organisation_id: UUID) -> Consortium | None:
    """The consortium an organisation leads for a lot."""
    lead = Consortium.organisation_id == organisation_id
    return session.scalar(select(Consortium).where(Consortium.lot_id == lot.id, lead))


def seat_elsewhere(
    session: Session, lot: Lot, organisation_id: UUID, *, beside: UUID | None = None
) -> ConsortiumMember | None:
    """A seat that the organisation has confirmed with others, or in any consortium `beside` the given one."""
    query = (
        select(ConsortiumMember)
        .join(ConsortiumMember.consortium)
        .where(Consortium.lot_id == lot.id, ConsortiumMember.organisation_id == organisation_id)
        .where(ConsortiumMember.confirmed_at.is_not(None))
    )
    other = Consortium.organisation_id != organisation_id if beside is None else Consortium.id != beside
    return session.scalar(query.where(other))


def _to_answer(session: Session, member: ConsortiumMember, act: Act) -> Lot:
    ensure(act, Permission.BID_SUBMIT, member)
    lot = member.consortium.lot
    hold_references(session, PREFIX, act.at)
    refuse_unless_open(session, lot, act)
    session.refresh(member, with_for_update=True)
    if member.organisation_id == member.consortium.organisation_id:
        raise Conflict("consortium_lead_stays")
    return lot


def _dissolve(session: Session, found: Consortium | None, act: Act) -> None:
    if found is not None:
        record(session, act, "consortium.dissolve", found)
        session.delete(found)


def _check(parts: Sequence[Part], own: UUID) -> None:
    ids = [part.organisation.id for part in parts]
    if own not in ids:
        raise Invalid("consortium_without_lead")
    if len(set(ids)) < len(ids):
        raise Invalid("consortium_member_twice", rule="R51")
    if not 1 < len(ids) <= MOST_MEMBERS:
        raise Invalid("consortium_size", most=MOST_MEMBERS)
    if any(part.share <= 0 or part.share != round(part.share, 2) for part in parts):
        raise Invalid("consortium_share_wrong")
    total = sum((part.share for part in parts), Decimal(0))
    if total != WHOLE:
        raise Invalid("consortium_shares_not_100", total=total)
    if any(not part.work.strip() for part in parts):
        raise Invalid("consortium_work_missing")


def _write(consortium: Consortium, parts: Sequence[Part], act: Act) -> list[UUID]:
    """Bring the members up to date; says who has to confirm (again)."""
    before = {member.organisation_id: member for member in consortium.members}
    wanted: list[ConsortiumMember] = []
    changed = []
    for position, part in enumerate(parts):
        key, work = part.organisation.id, bounded(part.work, 4000, field="work")
        member = before.get(key) or ConsortiumMember(organisation=part.organisation, organisation_id=key)
        if (member.share, member.work) != (part.share, work):
            member.confirmed_at = member.declined_at = None
            changed.append(key)
        member.position, member.share, member.work = position, part.share, work
        wanted.append(member)
    consortium.members = wanted
    for member in wanted:
        if member.organisation_id == consortium.organisation_id:
            member.confirmed_at = act.at  # the lead bids, and is liable by that
    return [key for key in changed if key != consortium.organisation_id]
