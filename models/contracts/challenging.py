"""Filing a challenge in time, answering it, taking it back (R58)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.contracts import people
from models.contracts.challenge import Challenge, ChallengeStage, ReplayStep
from models.contracts.clocks import is_statutory, reply_until
from models.contracts.lifecycle import CHALLENGE, ChallengeMove
from models.contracts.locking import hold
from models.contracts.replaying import replay
from models.contracts.windows import Window, lots_bid_for, windows
from models.contracts.words import needed
from models.errors import Conflict, Invalid, NotAllowed
from models.lifecycle import advance
from models.reference import next_reference
from models.tenders.lot import Lot
from models.tenders.tender import Tender

PREFIX = "ZY"


def file(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    stage: ChallengeStage,
    points: str,
    remedy: str,
    lot: Lot | None = None,
) -> Challenge:
    """Challenge one step, once, within 7 working days of it, with points and what is asked for (R58)."""
    organisation_id = act.actor.organisation_id
    if organisation_id is None:
        raise NotAllowed("not_allowed", permission=Permission.CHALLENGE_FILE)
    hold(session, tender)  # the second of two clicks finds the first one's
    window = _window(session, tender, act, stage, lot)
    said = {"points": needed(points, field="points"), "remedy": needed(remedy, field="remedy")}
    _check_first(session, tender, act, window)
    challenge = Challenge(
        reference=next_reference(session, PREFIX, act.at),
        tender=tender,
        lot=window.lot,
        organisation_id=organisation_id,
        stage=stage,
        **said,
        filed_at=act.at,
    )
    ensure(act, Permission.CHALLENGE_FILE, challenge)
    session.add(challenge)
    session.flush()  # the audit event needs the id
    record(session, act, "challenge.file", challenge, stage=stage)
    outbox.add(
        session,
        act,
        "challenge_filed",
        challenge,
        to=people.purchaser(session, act, tender),
        reference=challenge.reference,
        tender=tender.reference,
        day=reply_until(challenge).day,
    )
    return challenge


def answer(
    session: Session,
    challenge: Challenge,
    act: Act,
    *,
    upheld: bool,
    words: str,
    replay_from: ReplayStep | None = None,
) -> None:
    """Answer with words; an upheld one takes the procedure up again from the step concerned (R58)."""
    ensure(act, Permission.CHALLENGE_ANSWER, challenge)
    reply = needed(words)
    if upheld and challenge.stage != ChallengeStage.DOCUMENTS and replay_from is None:
        raise Invalid("replay_step_missing", field="replay_from")
    challenge.reply = reply
    if not upheld:
        advance(session, CHALLENGE, challenge, ChallengeMove.REJECT, act)
    else:
        advance(session, CHALLENGE, challenge, ChallengeMove.UPHOLD, act, replay_from=replay_from)
        if challenge.stage != ChallengeStage.DOCUMENTS and replay_from is not None:
            challenge.replay_from = replay_from
            replay(session, challenge, act, step=replay_from, words=reply)
    _tell(session, challenge, act)


def withdraw(session: Session, challenge: Challenge, act: Act) -> None:
    """Take one's own challenge back before it is answered."""
    advance(session, CHALLENGE, challenge, ChallengeMove.WITHDRAW, act)
    told = people.purchaser(session, act, challenge.tender)
    outbox.add(session, act, "challenge_withdrawn", challenge, to=told, reference=challenge.reference)


def _window(session: Session, tender: Tender, act: Act, stage: ChallengeStage, lot: Lot | None) -> Window:
    if not is_statutory(tender.method):
        raise Invalid("challenge_not_statutory")
    organisation_id = act.actor.organisation_id
    if stage != ChallengeStage.DOCUMENTS and not lots_bid_for(session, tender, organisation_id):
        raise NotAllowed("challenger_did_not_bid")
    found = [
        each
        for each in windows(session, tender, organisation_id)
        if each.stage == stage and (lot is None or each.lot in {None, lot}) and each.since <= act.at
    ]
    if not found:
        raise Conflict("challenge_not_yet")
    if len(found) > 1:
        raise Invalid("challenge_needs_lot", field="lot")
    (window,) = found
    if not window.is_open(act.at):
        raise Invalid("challenge_too_late", until=window.until, rule="R58")
    return window


def _check_first(session: Session, tender: Tender, act: Act, window: Window) -> None:
    """One submission for each step; the result of a second award is another step."""
    query = select(Challenge).where(
        Challenge.tender_id == tender.id,
        Challenge.organisation_id == act.actor.organisation_id,
        Challenge.stage == window.stage,
        Challenge.lot_id == window.lot.id if window.lot else Challenge.lot_id.is_(None),
        Challenge.withdrawn_at.is_(None),
        Challenge.filed_at >= window.since,
    )
    earlier = session.scalars(query).first()
    if earlier is not None:
        raise Conflict("challenge_once_per_step", reference=earlier.reference)


def _tell(session: Session, challenge: Challenge, act: Act) -> None:
    staff = people.supplier(session, act, challenge.organisation_id)
    if challenge.upheld_at is not None:
        outbox.add(session, act, "challenge_upheld", challenge, to=staff, reference=challenge.reference)
    else:
        outbox.add(session, act, "challenge_rejected", challenge, to=staff, reference=challenge.reference)
