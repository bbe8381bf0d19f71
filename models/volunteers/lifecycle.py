"""Phases and moves of calls for volunteers: all there is to know."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.lifecycle import Lifecycle, Move
from models.volunteers.call import CallPhase, VolunteerCall


class CallMove(StrEnum):
    """What can happen to a call."""

    CLOSE = "close"


def phase_at(call: VolunteerCall, at: datetime) -> CallPhase:
    """The phase of a call at an instant."""
    return CallPhase.CLOSED if call.closed_at is not None and call.closed_at <= at else CallPhase.OPEN


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a call as SQL."""
    return case((VolunteerCall.closed_at <= at, CallPhase.CLOSED.value), else_=CallPhase.OPEN.value)


CALL = Lifecycle(
    VolunteerCall,
    phase_at,
    {CallMove.CLOSE: Move(frozenset({CallPhase.OPEN}), P.VOLUNTEER_CALL, stamps="closed_at")},
)
