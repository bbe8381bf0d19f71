"""Every cell of the lifecycles of tenders and lots; their dates bind each other, so each phase has a way."""

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Conflict, NotAllowed
from models.lifecycle import advance
from models.tenders.lifecycle import LOT, TENDER, LotMove, LotPhase, TenderMove, phase_sql
from models.tenders.lot import FailReason, Lot
from models.tenders.tender import Tender, TenderPhase
from tests.factories import parties, tenders
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)
STEPS = {
    "published_at": NOON - timedelta(days=30),
    "bids_until": NOON - timedelta(days=10),
    "opened_at": NOON - timedelta(days=9),
    "priced_at": NOON - timedelta(days=8),
    "reported_at": NOON - timedelta(days=7),
    "decided_at": NOON - timedelta(days=6),
    "completed_at": NOON - timedelta(days=5),
}
"""The dates of a tender that came to its end, in their order."""

ENDS: dict[str, dict[str, Any]] = {
    "failed_at": {"failed_at": NOON - timedelta(days=4), "fail_reason": FailReason.IRREGULARITY},
    "cancelled_at": {"cancelled_at": NOON - timedelta(days=4)},
}

WITHIN = {
    (TenderPhase.EVALUATION, TenderMove.OPEN_PRICES),
    (TenderPhase.EVALUATION, TenderMove.REPLAY),
}
"""Within the evaluation the second envelopes are opened, and a step that is upheld against begins again."""


def until(last: str, **changes: datetime) -> dict[str, Any]:
    """The steps up to one of them."""
    names = list(STEPS)
    return {name: STEPS[name] for name in names[: names.index(last) + 1]} | changes


WAY: dict[TenderPhase, dict[str, Any]] = {
    TenderPhase.DRAFT: {},
    TenderPhase.TENDERING: until("bids_until", bids_until=NOON + MOMENT),
    TenderPhase.CLOSED: until("bids_until", bids_until=NOON),
    TenderPhase.EVALUATION: until("priced_at"),
    TenderPhase.REPORTED: until("reported_at"),
    TenderPhase.DECIDED: until("decided_at"),
    TenderPhase.COMPLETE: until("completed_at"),
    TenderPhase.FAILED: until("bids_until") | ENDS["failed_at"],
    TenderPhase.CANCELLED: until("bids_until") | ENDS["cancelled_at"],
}


def stamp(session: Session, row: Tender | Lot, dates: dict[str, Any]) -> None:
    """Set dates past `advance()`, which a test of every phase may and nothing else does."""
    empty = dict.fromkeys((*STEPS, "failed_at", "fail_reason", "cancelled_at"))
    columns = type(row).__table__.columns.keys()
    values = {name: value for name, value in (empty | dates).items() if name in columns}
    session.execute(update(type(row)).where(type(row).id == row.id).values(values))
    session.expire(row)


def in_phase(session: Session, phase: TenderPhase) -> Tender:
    """A tender whose dates put it into a phase at noon."""
    tender = tenders.draft(session)
    stamp(session, tender, WAY[phase])
    assert TENDER.phase_at(tender, NOON) == phase
    return tender


def official(session: Session) -> Act:
    return tenders.official(session)


@pytest.mark.parametrize(("phase", "move"), list(product(TenderPhase, TenderMove)), ids=str)
def test_each_move_of_a_tender(session: Session, phase: TenderPhase, move: TenderMove) -> None:
    tender, act, rule = in_phase(session, phase), official(session), TENDER.moves[move]
    assert (move in TENDER.open_moves(tender, NOON)) == (phase in rule.from_)
    if phase not in rule.from_:
        with pytest.raises(Conflict, match="wrong_phase"):
            advance(session, TENDER, tender, move, act)
        return
    if move == TenderMove.PUBLISH:
        tender.bids_until = NOON + MOMENT
    advance(session, TENDER, tender, move, act)
    assert getattr(tender, rule.stamps) == NOON
    assert all(getattr(tender, column) is None for column in rule.clears)
    if (phase, move) not in WITHIN:
        assert TENDER.phase_at(tender, NOON) != phase


@pytest.mark.parametrize("phase", TenderPhase)
def test_nobody_moves_a_tender_unasked(session: Session, phase: TenderPhase) -> None:
    tender = in_phase(session, phase)
    for move in TENDER.open_moves(tender, NOON):
        with pytest.raises(NotAllowed):
            advance(session, TENDER, tender, move, parties.nobody())


CHAINS = [
    {},
    *({name: at for name, at in STEPS.items() if name in list(STEPS)[: n + 1]} for n in range(1, len(STEPS))),
]


@pytest.mark.parametrize("end", [None, *ENDS])
def test_python_and_sql_say_the_same_phase_of_a_tender(session: Session, end: str | None) -> None:
    """At every date that is set, the instant before it and the instant after."""
    tender = tenders.draft(session)
    for chain in CHAINS:
        dates = chain | (ENDS[end] if end else {})
        stamp(session, tender, dates)
        instants = [value for value in dates.values() if isinstance(value, datetime)] or [NOON]
        for at in (each + shift for each in instants for shift in (-MOMENT, timedelta(), MOMENT)):
            said = session.scalar(select(phase_sql(at)).where(Tender.id == tender.id))
            assert said == TENDER.phase_at(tender, at).value, (dates, at)


LOT_WAY: dict[LotPhase, dict[str, Any]] = {
    LotPhase.LIVE: {},
    LotPhase.FAILED: ENDS["failed_at"],
    LotPhase.CANCELLED: ENDS["cancelled_at"],
}


@pytest.mark.parametrize(("phase", "move"), list(product(LotPhase, LotMove)), ids=str)
def test_each_move_of_a_lot(session: Session, phase: LotPhase, move: LotMove) -> None:
    lot = tenders.tender(session).lots[0]
    stamp(session, lot, LOT_WAY[phase])
    rule = LOT.moves[move]
    assert (move in LOT.open_moves(lot, NOON)) == (phase in rule.from_)
    if phase not in rule.from_:
        with pytest.raises(Conflict, match="wrong_phase"):
            advance(session, LOT, lot, move, official(session))
        return
    advance(session, LOT, lot, move, official(session))
    assert getattr(lot, rule.stamps) == NOON
    assert LOT.phase_at(lot, NOON - MOMENT) == phase
    assert LOT.phase_at(lot, NOON) != phase


def test_decisions_are_set_by_advance_alone(session: Session) -> None:
    tender = tenders.draft(session)
    for column in TENDER.decision_columns:
        with pytest.raises(TypeError, match="only advance"):
            setattr(tender, column, NOON)
