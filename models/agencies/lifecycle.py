"""Phases and moves of a suspension."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case

from models.access.permissions import Permission as P
from models.agencies.suspension import AgencySuspension, SuspensionPhase
from models.lifecycle import Lifecycle, Move


class SuspensionMove(StrEnum):
    """What can happen to a suspension."""

    APPEAL = "appeal"
    UPHOLD = "uphold"
    LIFT = "lift"


def suspension_phase_at(suspension: AgencySuspension, at: datetime) -> SuspensionPhase:
    """The phase of a suspension at an instant; whether it holds is a matter of its period as well."""
    if suspension.lifted_at is not None and suspension.lifted_at <= at:
        return SuspensionPhase.LIFTED
    if suspension.upheld_at is not None and suspension.upheld_at <= at:
        return SuspensionPhase.UPHELD
    if suspension.appealed_at is not None and suspension.appealed_at <= at:
        return SuspensionPhase.APPEALED
    return SuspensionPhase.IMPOSED


def suspension_phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase of a suspension as SQL."""
    return case(
        (AgencySuspension.lifted_at <= at, SuspensionPhase.LIFTED.value),
        (AgencySuspension.upheld_at <= at, SuspensionPhase.UPHELD.value),
        (AgencySuspension.appealed_at <= at, SuspensionPhase.APPEALED.value),
        else_=SuspensionPhase.IMPOSED.value,
    )


_IMPOSED, _APPEALED = frozenset({SuspensionPhase.IMPOSED}), frozenset({SuspensionPhase.APPEALED})
SUSPENSION = Lifecycle(
    AgencySuspension,
    suspension_phase_at,
    {
        SuspensionMove.APPEAL: Move(_IMPOSED, P.AGENCY_APPEAL, stamps="appealed_at"),
        SuspensionMove.UPHOLD: Move(_APPEALED, P.AGENCY_MANAGE, stamps="upheld_at"),
        SuspensionMove.LIFT: Move(_IMPOSED | _APPEALED, P.AGENCY_MANAGE, stamps="lifted_at"),
    },
)
