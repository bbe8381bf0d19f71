"""When what can be challenged: documents, procedure, result, each for 7 working days after its step (R58)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids.bid import Bid
from models.calendar.clocks import local_date
from models.calendar.counting import Counted, DayKind, count
from models.contracts.awarding import standing_award
from models.contracts.challenge import ChallengeStage
from models.contracts.clocks import challenge_until, is_statutory, notice_ends
from models.rulebook.methods import METHODS, Method
from models.rulebook.rule import rule
from models.tenders.lot import Lot
from models.tenders.tender import Tender


@dataclass(frozen=True)
class Window:
    """From when until the end of which day one step can be challenged; `lot` None is the whole tender."""

    stage: ChallengeStage
    lot: Lot | None
    since: datetime
    until: date
    provisional: bool

    def is_open(self, at: datetime) -> bool:
        """Whether the last day is not over."""
        return self.since <= at and local_date(at) <= self.until


def windows(session: Session, tender: Tender, organisation_id: object) -> list[Window]:
    """What an organisation could or can still challenge. Procedure and result are for those who bid."""
    if tender.published_at is None or not is_statutory(tender.method):
        return []
    found = [_documents(tender, tender.published_at)]
    for lot in lots_bid_for(session, tender, organisation_id):
        if tender.opened_at is not None:
            found.append(_procedure(lot, tender.priced_at or tender.opened_at))
        award = standing_award(session, lot)
        clock = challenge_until(award) if award else None
        if award and award.noticed_at and clock:
            found.append(Window(ChallengeStage.RESULT, lot, award.noticed_at, clock.day, clock.provisional))
        elif tender.method is Method.FRAMEWORK_CALL_OFF and tender.decided_at is not None:
            found.append(_agreed(lot, tender.decided_at))
    return found


def lots_bid_for(session: Session, tender: Tender, organisation_id: object) -> list[Lot]:
    """The lots for which an organisation's bid counted at the opening."""
    query = (
        select(Lot)
        .join(Bid, Bid.lot_id == Lot.id)
        .where(Lot.tender_id == tender.id, Bid.organisation_id == organisation_id)
        .where(Bid.withdrawn_at.is_(None), Bid.replaced_at.is_(None))
    )
    return list(session.scalars(query.order_by(Lot.number)))


def _documents(tender: Tender, published_at: datetime) -> Window:
    """Counted from the end of the time for which the documents must be offered (94 art 10, R22)."""
    span = METHODS[tender.method].documents
    offered = (
        count(local_date(published_at), span.days, span.kind) if span else Counted(local_date(published_at))
    )
    last = _seven(offered.day)
    provisional = last.provisional or offered.provisional
    return Window(ChallengeStage.DOCUMENTS, None, published_at, last.day, provisional)


def _procedure(lot: Lot, ended_at: datetime) -> Window:
    last = _seven(local_date(ended_at))
    return Window(ChallengeStage.PROCEDURE, lot, ended_at, last.day, last.provisional)


def _agreed(lot: Lot, at: datetime) -> Window:
    """A framework agreement is noticed when it is made: its result has no award (R47)."""
    last = _seven(notice_ends(local_date(at)).day)
    return Window(ChallengeStage.RESULT, lot, at, last.day, last.provisional)


def _seven(start: date) -> Counted:
    return count(start, rule("R58").number("challenge"), DayKind.WORKING)
