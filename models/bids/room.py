"""The opening room: who holds phrases and has given one, what is sealed, what was opened."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.opened import OpenedBid
from models.bids.opening import Opening
from models.bids.queries import Envelope, count_of, envelopes, opened
from models.bids.unsealing import unpriced
from models.tenders.key import KeyHolder, TenderKey
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot
from models.tenders.tender import Tender, TenderPhase


@dataclass(frozen=True)
class Seat:
    """A holder, and whether the phrase is given in the session under way."""

    holder: KeyHolder
    given: bool
    mine: bool


@dataclass(frozen=True)
class LotResult:
    """A lot with its number of bids, once that may be known, and what was opened."""

    lot: Lot
    bids: int | None
    opened: list[OpenedBid]


@dataclass(frozen=True)
class Room:
    """Everything in the room."""

    tender: Tender
    phase: TenderPhase
    session: Opening | None
    sessions: list[Opening]
    seats: list[Seat]
    threshold: int
    envelopes: list[Envelope] | None
    lots: list[LotResult]
    has_given: bool
    is_unpriced: bool

    @property
    def given(self) -> int:
        """How many phrases are there."""
        return sum(seat.given for seat in self.seats)

    @property
    def is_enough(self) -> bool:
        """Whether the envelopes can be opened."""
        return self.given >= self.threshold

    @property
    def may_start(self) -> bool:
        """Whether the technical envelopes wait to be opened."""
        return self.session is None and self.phase == TenderPhase.CLOSED

    @property
    def may_open_prices(self) -> bool:
        """Whether the prices wait to be opened."""
        return self.session is None and self.is_unpriced and self.phase == TenderPhase.EVALUATION


def room(session: Session, tender: Tender, act: Act) -> Room:
    """The room as it is now, for those who hold openings."""
    ensure(act, Permission.TENDER_OPEN, tender)
    held = select(Opening).where(Opening.tender_id == tender.id).order_by(Opening.started_at)
    sessions = list(session.scalars(held))
    current = next((each for each in sessions if each.ended_at is None), None)
    key = session.get(TenderKey, tender.id)
    shares = current.shares if current else []
    given = {share.holder_id for share in shares}
    mine = act.actor.person_id
    return Room(
        tender=tender,
        phase=phase_at(tender, act.at),
        session=current,
        sessions=sessions,
        seats=[
            Seat(holder, holder.id in given, holder.person_id == mine)
            for holder in (key.holders if key else ())
        ],
        threshold=key.threshold if key else 0,
        envelopes=envelopes(session, tender, act),
        lots=[LotResult(lot, count_of(session, lot, act), opened(session, lot)) for lot in tender.lots],
        has_given=any(share.given_by == mine for share in shares),
        is_unpriced=tender.priced_at is None or bool(unpriced(session, tender)),
    )
