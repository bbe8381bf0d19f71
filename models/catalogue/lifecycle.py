"""Phases and moves of a catalogue entry."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, or_

from models.access.permissions import Permission
from models.catalogue.service import Service, ServiceStatus
from models.lifecycle import Lifecycle, Move

DRAFT, ACTIVE, RETIRED = ServiceStatus.DRAFT, ServiceStatus.ACTIVE, ServiceStatus.RETIRED


class ServiceMove(StrEnum):
    """What can happen to an entry."""

    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"


def phase_at(service: Service, at: datetime) -> ServiceStatus:
    """The phase at an instant; `phase_sql` says the same."""
    if service.published_at is None or at < service.published_at:
        return DRAFT
    if service.retired_at is not None and service.retired_at <= at:
        return RETIRED
    return ACTIVE


def phase_sql(at: datetime) -> ColumnElement[str]:
    """The phase as SQL; `phase_at` says the same."""
    return case(
        (or_(Service.published_at.is_(None), Service.published_at > at), DRAFT.value),
        (and_(Service.retired_at.is_not(None), Service.retired_at <= at), RETIRED.value),
        else_=ACTIVE.value,
    )


SERVICE = Lifecycle(
    Service,
    phase_at,
    {
        ServiceMove.PUBLISH: Move(frozenset({DRAFT}), Permission.SERVICE_EDIT, stamps="published_at"),
        ServiceMove.RETIRE: Move(frozenset({ACTIVE}), Permission.SERVICE_EDIT, stamps="retired_at"),
        ServiceMove.RESTORE: Move(
            frozenset({RETIRED}), Permission.SERVICE_EDIT, stamps="published_at", clears=("retired_at",)
        ),
    },
)
