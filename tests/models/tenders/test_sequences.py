"""No sequence of verbs and moves, at whatever times, takes a tender a way that the table does not name."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import verify
from models.bids import opening_room
from models.errors import DomainError
from models.lifecycle import advance
from models.sealing.keys import Envelope
from models.tenders import amending, ending, publishing
from models.tenders.lifecycle import TENDER, TenderMove, phase_at
from models.tenders.lot import FailReason
from models.tenders.tender import Tender, TenderPhase
from tests.factories import tenders
from tests.factories.parties import NOON

DRAFT, TENDERING, CLOSED = TenderPhase.DRAFT, TenderPhase.TENDERING, TenderPhase.CLOSED
EVALUATION, REPORTED, DECIDED = TenderPhase.EVALUATION, TenderPhase.REPORTED, TenderPhase.DECIDED
COMPLETE, FAILED, CANCELLED = TenderPhase.COMPLETE, TenderPhase.FAILED, TenderPhase.CANCELLED
WAYS: dict[TenderPhase, set[TenderPhase]] = {
    DRAFT: {TENDERING, CANCELLED},
    TENDERING: {CLOSED, FAILED, CANCELLED},
    CLOSED: {EVALUATION, TENDERING, FAILED, CANCELLED},  # back: more time for all after an outage
    EVALUATION: {REPORTED, FAILED, CANCELLED},
    REPORTED: {DECIDED, EVALUATION, FAILED, CANCELLED},  # back: an upheld challenge
    DECIDED: {COMPLETE, EVALUATION, FAILED, CANCELLED},
    COMPLETE: set(),
    FAILED: set(),
    CANCELLED: set(),
}
WORDS = "按规定说明理由。"
WEEK = timedelta(days=7)
Verb = Callable[[Session, Tender, Act], object]


def moving(move: TenderMove) -> Verb:
    """The bare move, as the subjects above take it."""
    return lambda session, tender, act: advance(session, TENDER, tender, move, act)


def failing(reason: FailReason) -> Verb:
    """Declare that it failed."""
    return lambda session, tender, act: ending.fail(session, tender, act, reason=reason, words=WORDS)


VERBS: dict[str, Verb] = {
    "publish": lambda s, tender, act: publishing.publish(s, tender, act, bids_until=tenders.CLOSES),
    "extend": lambda s, tender, act: amending.extend_after_outage(
        s, tender, act, until=act.at + WEEK, words=WORDS
    ),
    "amend": lambda s, tender, act: amending.amend(
        s, tender, act, words=WORDS, bears_on_bids=True, changes={}, until=act.at + 3 * WEEK
    ),
    "cancel": lambda s, tender, act: ending.cancel(s, tender, act, words=WORDS),
    "cancel lot": lambda s, tender, act: ending.cancel_lot(s, tender.lots[0], act, words=WORDS),
    "hold the opening": lambda s, tender, act: opening_room.start(
        s, tender, act, envelope=Envelope.TECHNICAL
    ),
    **{f"fail {reason}": failing(reason) for reason in FailReason},
    **{
        str(move): moving(move)
        for move in (
            TenderMove.OPEN,
            TenderMove.OPEN_PRICES,
            TenderMove.REPORT,
            TenderMove.DECIDE,
            TenderMove.REPLAY,
            TenderMove.COMPLETE,
        )
    },
}
STEP = st.tuples(
    st.sampled_from(sorted(VERBS)),
    st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(days=1), 2 * WEEK]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_sequence_reaches_a_phase_that_the_table_does_not_allow(
    session: Session, steps: list[tuple[str, timedelta]]
) -> None:
    whole = session.begin_nested()
    tender, at = tenders.draft(session), NOON
    by = tenders.official(session)
    for name, pause in [("publish", timedelta(0)), *steps]:
        passed = walked(phase_at(tender, at), phase_at(tender, at + pause))
        at += pause
        before, inner = phase_at(tender, at), session.begin_nested()
        assert passed
        try:
            VERBS[name](session, tender, Act(by.actor, at, "test"))
            session.flush()
            inner.commit()
        except (DomainError, IntegrityError):
            inner.rollback()
            session.refresh(tender)
            assert phase_at(tender, at) == before
        assert walked(before, phase_at(tender, at)), name
    assert verify(session).broken_at is None
    whole.rollback()


def walked(before: TenderPhase, after: TenderPhase) -> bool:
    """Whether the table names this step; time alone may only end the tender period."""
    return before == after or after in WAYS[before]
