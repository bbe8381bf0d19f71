"""The opening session: begun after the deadline, opened by enough officers together, recorded whatever comes.

A refused phrase undoes its request like every refusal; `note_refusal` then puts it on record.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.bid import Bid
from models.bids.opening import Opening, OpeningOutcome, OpeningShare
from models.bids.unsealing import live_bids, open_prices, open_technical, unpriced
from models.errors import Conflict, DomainError, Invalid
from models.lifecycle import advance
from models.parties.accounts import staff_of
from models.rulebook.methods import fewest_bids
from models.sealing.drafts import DraftKeeper
from models.sealing.keys import Envelope, PublicKeys, opens
from models.sealing.shares import combine, is_recognised
from models.tenders.approving import approval_of
from models.tenders.key import KeyHolder, TenderKey
from models.tenders.lifecycle import LOT, TENDER, LotMove, TenderMove, phase_at
from models.tenders.lot import FailReason
from models.tenders.telling import tell
from models.tenders.tender import Tender, TenderPhase
from models.wording import bounded

MOVE = {Envelope.TECHNICAL: TenderMove.OPEN, Envelope.PRICE: TenderMove.OPEN_PRICES}


def start(session: Session, tender: Tender, act: Act, *, envelope: Envelope) -> Opening:
    """Begin a session. A lot with fewer bids than its method needs stays shut and fails (R23, R42, R44)."""
    ensure(act, Permission.TENDER_OPEN, tender)
    session.refresh(tender, with_for_update=True)
    _refuse_wrong_time(session, tender, envelope, act)
    if under_way(session, tender) is not None:
        raise Conflict("opening_under_way")
    opening = Opening(
        id=uuid4(),
        tender=tender,
        envelope=envelope,
        started_at=act.at,
        started_by=act.actor.person_id,
    )
    session.add(opening)
    session.flush()  # the event names the new session
    record(session, act, "opening.start", opening, envelope=envelope)
    if envelope == Envelope.TECHNICAL:
        _fail_lots_with_few_bids(session, opening, act)
    return opening


def give(
    session: Session, opening: Opening, act: Act, *, phrase: str, keeper: DraftKeeper, words: str = ""
) -> OpeningShare:
    """An officer gives the own phrase, as itself; the escrow's with words on where it came from.

    Each phrase is given by another person: not even with the escrow's does anybody open alone.
    """
    _take_up(session, opening, act)
    holder = _holder(session, opening, act, phrase)
    if holder.person_id is None and not (words := bounded(words, 1000, field="words")):
        raise Invalid("escrow_words_missing", field="words")
    if any(share.holder_id == holder.id for share in opening.shares):
        raise Invalid("share_twice", field="phrase")
    if any(share.given_by == act.actor.person_id for share in opening.shares):
        raise Invalid("share_giver_twice", field="phrase")
    key = uuid4()
    share = OpeningShare(
        id=key,
        holder=holder,
        given_by=act.actor.person_id,
        given_at=act.at,
        hidden=keeper.hide(phrase.encode(), draft_id=key),
    )
    opening.shares.append(share)
    session.flush()  # whoever reads the session next sees the share
    if holder.person_id is None:
        _note(opening, words)
    record(session, act, "opening.give", opening, holder=holder.position)
    return share


def note_refusal(session: Session, opening: Opening, act: Act, *, error: DomainError) -> None:
    """Put on record that a phrase or an opening was refused, and why."""
    ensure(act, Permission.TENDER_OPEN, opening)
    record(session, act, "opening.refuse", opening, code=error.code)


def open_(
    session: Session,
    opening: Opening,
    act: Act,
    *,
    keeper: DraftKeeper,
    marks_are_in: bool = False,
    minutes: str = "",
) -> None:
    """Open all envelopes of this kind with the phrases given; prices wait until the marks are in (R27).

    The key exists for this one call.
    """
    _take_up(session, opening, act)
    tender = opening.tender
    if opening.envelope == Envelope.PRICE and not marks_are_in:
        raise Conflict("marks_not_in")
    master = _master(opening, session.get_one(TenderKey, tender.id), keeper)
    opener = open_technical if opening.envelope == Envelope.TECHNICAL else open_prices
    opener(session, opening, act, master)
    advance(session, TENDER, tender, MOVE[opening.envelope], act)
    lots = [lot.id for lot in tender.lots]
    session.execute(update(Bid).where(Bid.lot_id.in_(lots)).values(copy=None))  # nobody has fetched it
    _end(opening, act, OpeningOutcome.OPENED, minutes)
    record(session, act, "opening.open", opening, shares=len(opening.shares))


def break_off(session: Session, opening: Opening, act: Act, *, minutes: str) -> None:
    """End a session without opening anything; the phrases given are wiped, and another may be held."""
    _take_up(session, opening, act)
    if not minutes.strip():
        raise Invalid("break_off_words_missing", field="minutes")
    _end(opening, act, OpeningOutcome.BROKEN_OFF, minutes)
    record(session, act, "opening.break_off", opening)


def under_way(session: Session, tender: Tender) -> Opening | None:
    """The session that is being held."""
    return session.scalar(select(Opening).where(Opening.tender_id == tender.id, Opening.ended_at.is_(None)))


def _refuse_wrong_time(session: Session, tender: Tender, envelope: Envelope, act: Act) -> None:
    phase = phase_at(tender, act.at)
    if envelope == Envelope.PRICE and tender.priced_at is not None and not unpriced(session, tender):
        raise Conflict("opening_held_already")
    if phase == TenderPhase.TENDERING:
        raise Conflict("opening_too_early")
    wanted = TenderPhase.CLOSED if envelope == Envelope.TECHNICAL else TenderPhase.EVALUATION
    if phase != wanted:
        raise Conflict("wrong_phase", phase=phase, move=MOVE[envelope])


def _fail_lots_with_few_bids(session: Session, opening: Opening, act: Act) -> None:
    tender = opening.tender
    limit = fewest_bids(tender.method, approved=approval_of(session, tender) is not None)
    least, rule = (int(limit.value), limit.rule) if limit else (1, None)
    live = [lot for lot in tender.lots if lot.is_live]
    bids = {lot.id: live_bids(session, lot) for lot in live}
    few = [lot for lot in live if len(bids[lot.id]) < least]
    told = {lot.id: _people(session, bids[lot.id], act) for lot in few}
    reason = FailReason.FEW_BIDS
    if len(few) == len(live):
        advance(session, TENDER, tender, TenderMove.FAIL_FEW_BIDS, act, rule=rule)
        tell(session, act, "tender_failed", tender, to=set().union(*told.values()), reason=reason)
        _end(opening, act, OpeningOutcome.TOO_FEW_BIDS, "")
        record(session, act, "opening.too_few_bids", opening, least=least, rule=rule)
        return
    for lot in few:
        advance(session, LOT, lot, LotMove.FAIL_FEW_BIDS, act, rule=rule)
        tell(session, act, "lot_failed", tender, to=told[lot.id], lot=lot.number, reason=reason)
        record(session, act, "opening.lot_too_few_bids", opening, lot=lot.number, least=least, rule=rule)


def _people(session: Session, bids: Sequence[Bid], act: Act) -> set[UUID]:
    """Every bidder hears why its envelope stays shut."""
    return {person for bid in bids for person in staff_of(session, act, bid.organisation_id)}


def _take_up(session: Session, opening: Opening, act: Act) -> None:
    """Of two officers at once the second sees what the first has done."""
    ensure(act, Permission.TENDER_OPEN, opening)
    session.refresh(opening, with_for_update=True)
    if opening.ended_at is not None:
        raise Conflict("opening_ended")


def _holder(session: Session, opening: Opening, act: Act, phrase: str) -> KeyHolder:
    """Whose phrase this is: the actor's own, or the escrow's. Raises what is wrong with any other."""
    holders = session.get_one(TenderKey, opening.tender_id).holders
    found = next((each for each in holders if is_recognised(phrase, each.fingerprint)), None)
    if found is None:
        raise Invalid("share_of_another_tender", field="phrase")
    if found.person_id not in {None, act.actor.person_id}:
        raise Invalid("share_of_another_person", field="phrase")
    return found


def _master(opening: Opening, key: TenderKey, keeper: DraftKeeper) -> bytes:
    phrases = [_phrase(share, keeper) for share in opening.shares]
    master = combine(phrases)
    if not opens(master, PublicKeys(key.technical, key.price), key.tender_id):
        raise Invalid("share_of_another_tender")
    return master


def _phrase(share: OpeningShare, keeper: DraftKeeper) -> str:
    return keeper.show(share.hidden or b"", draft_id=share.id).decode()


def _note(opening: Opening, words: str) -> None:
    """Add to the minutes; who was named there is in no audit fact."""
    opening.minutes = bounded(f"{opening.minutes or ''}\n{words}", 4000, field="minutes")


def _end(opening: Opening, act: Act, outcome: OpeningOutcome, minutes: str) -> None:
    opening.ended_at, opening.outcome = act.at, outcome
    _note(opening, minutes)
    for share in opening.shares:
        share.hidden = None
