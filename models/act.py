"""Who does something, when, and in which request: the first argument of every verb and read."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person may be. A person acts in one role at a time."""

    CITY_OFFICIAL = "city_official"
    DISTRICT_OFFICIAL = "district_official"
    STREET_OFFICIAL = "street_official"
    COMMUNITY_WORKER = "community_worker"
    ORGANISATION_STAFF = "organisation_staff"
    HUB = "hub"
    PANEL_MEMBER = "panel_member"
    EVALUATOR = "evaluator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"  # the machine's own command line; no membership can carry it


OFFICIALS = frozenset({Role.CITY_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.STREET_OFFICIAL})
"""Roles of the purchaser's side. A neighbourhood committee is not among them (财政部令102 art 5)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role with its scope; everything empty is an anonymous visitor."""

    person_id: UUID | None = None
    role: Role | None = None
    unit_code: str | None = None
    organisation_id: UUID | None = None
    membership_id: UUID | None = None

    def covers(self, unit_code: str | None) -> bool:
        """Whether a unit lies in this actor's own: a child's code starts with its parent's."""
        return bool(self.unit_code and unit_code and unit_code.startswith(self.unit_code))


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the clock is read once, here, by whoever opens the request or the job."""

    actor: Actor
    at: datetime
    request_id: str = field(default="-")
    opened_at: datetime | None = None
    """When the form that was sent was opened, as it says itself."""

    @classmethod
    def of_system(cls, at: datetime, request_id: str = "-") -> "Act":
        """The machine itself: command line and jobs."""
        return cls(Actor(role=Role.SYSTEM), at, request_id)
