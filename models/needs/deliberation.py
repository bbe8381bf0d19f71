"""A meeting about a need: notice, attendance, votes, promise (三会; 居民委员会工作条例 art 16, 23)."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Short, Words
from models.needs.need import Need
from models.parties.person import Person


class MeetingType(StrEnum):
    """Existing meetings; the platform invents none (demand 29)."""

    HEARING = "hearing"  # 听证会
    COORDINATION = "coordination"  # 协调会
    REVIEW = "review"  # 评议会
    COUNCIL = "council"  # 议事会
    RESIDENTS = "residents"  # 居民会议


class Outcome(StrEnum):
    """What the meeting decided about the need."""

    SUPPORTED = "supported"
    SUPPORTED_WITH_CHANGES = "supported_with_changes"
    NOT_SUPPORTED = "not_supported"


class DeliberationPhase(StrEnum):
    """Phases, derived from dates."""

    ANNOUNCED = "announced"
    HELD = "held"
    KEPT = "kept"
    CANCELLED = "cancelled"


class Deliberation(Base):
    """One meeting: announced, then held and recorded, then its promise kept."""

    __tablename__ = "deliberation"
    __table_args__ = (
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0", name="votes"),
        CheckConstraint("(promise = '') = (promise_due_on IS NULL)", name="promise_due"),
        CheckConstraint(
            "held_at IS NULL OR (outcome IS NOT NULL AND coalesce(present, 0) > 0)", name="held_with_outcome"
        ),
        CheckConstraint(
            "votes_for + votes_against + votes_abstain <= coalesce(present, 0)", name="votes_within_present"
        ),
        CheckConstraint("priority IS NULL OR priority BETWEEN 0 AND 100", name="priority"),
        CheckConstraint("(priority IS NULL) = (priority_words = '')", name="priority_words"),
    )

    id: Mapped[Id]
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    meeting_type: Mapped[MeetingType]
    place: Mapped[Short]
    agenda: Mapped[Words] = mapped_column(default="")
    scheduled_at: Mapped[datetime] = mapped_column(index=True)
    announced_at: Mapped[datetime]
    announced_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    held_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_words: Mapped[str | None] = mapped_column(String(1000))
    outcome: Mapped[Outcome | None]
    conclusion: Mapped[Words] = mapped_column(default="")
    present: Mapped[int | None]
    votes_for: Mapped[int] = mapped_column(default=0)
    votes_against: Mapped[int] = mapped_column(default=0)
    votes_abstain: Mapped[int] = mapped_column(default=0)
    priority: Mapped[int | None]  # the meeting may set the need's place in the queue, with its reason
    priority_words: Mapped[str] = mapped_column(String(1000), default="")
    promise: Mapped[Short] = mapped_column(default="")
    promise_owner: Mapped[Short] = mapped_column(default="")
    promise_due_on: Mapped[date | None]
    promise_kept_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    announcer: Mapped[Person | None] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(cascade="all, delete-orphan")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.need.unit_code

    @property
    def is_public(self) -> bool:
        """A meeting that has been announced is public: that is what a notice is for."""
        return True


class Attendance(Base):
    """How many of those present belong to a stratum; nobody has to be counted."""

    __tablename__ = "attendance"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    deliberation_id: Mapped[UUID] = mapped_column(ForeignKey("deliberation.id"), primary_key=True)
    stratum: Mapped[str] = mapped_column(String(40), primary_key=True)
    people: Mapped[int]
