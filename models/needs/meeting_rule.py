"""What a type of meeting asks for: notice, frequency, people present and invited (demand 17).

The standard rules name their basis (R75: 居委会条例 art 11, 18; R74: three meetings); "practice" is what
streets settle on. A city, district or street may publish its own. The platform records existing meetings and
invents none (demand 29).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, UnitCode
from models.needs.clocks import NOTICE_DAYS, year_after
from models.needs.deliberation import MeetingType
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit

DAYS_OF_A_YEAR = 366
MOST_NOTICE_DAYS = 60
MOST_TIMES = 52
MOST_PEOPLE = 10_000
WORDS_LIMIT = 1000


class MeetingRuleVersion(Base):
    """The rule of a unit and of what lies in it for one type of meeting, from a day on, with the reason."""

    __tablename__ = "meeting_rule_version"
    __table_args__ = (
        CheckConstraint(f"notice_days BETWEEN 1 AND {MOST_NOTICE_DAYS}", name="notice_days"),
        CheckConstraint(f"times_a_year BETWEEN 1 AND {MOST_TIMES}", name="times_a_year"),
        CheckConstraint(
            "times_a_year IS NOT NULL OR meeting_type NOT IN ('review', 'residents')", name="yearly"
        ),
        CheckConstraint(f"least_present BETWEEN 1 AND {MOST_PEOPLE}", name="least_present"),
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_meeting_rule_version_place", "unit_code", "meeting_type", "valid_from"),
    )

    id: Mapped[Id]
    unit_code: Mapped[UnitCode] = mapped_column(ForeignKey("administrative_unit.code"))
    meeting_type: Mapped[MeetingType]
    notice_days: Mapped[int]
    times_a_year: Mapped[int | None]
    least_present: Mapped[int]
    invited: Mapped[str] = mapped_column(String(WORDS_LIMIT), default="")
    reason: Mapped[str] = mapped_column(String(WORDS_LIMIT))
    valid_from: Mapped[date]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]

    unit: Mapped[AdministrativeUnit] = relationship()
    author: Mapped[Person | None] = relationship()


@dataclass(frozen=True)
class MeetingRule:
    """The rule of one type of meeting. `times_a_year` is None for meetings held when there is occasion.

    A standard rule has a basis; one that a unit published has its version.
    """

    meeting_type: MeetingType
    notice_days: int
    times_a_year: int | None
    least_present: int = 1
    invited: str = ""
    basis: str = ""
    version: MeetingRuleVersion | None = None

    def due_after(self, last: date) -> date | None:
        """The day by which the next one is to be held."""
        if self.times_a_year is None:
            return None
        if self.times_a_year == 1:
            return year_after(last)
        return last + timedelta(days=-(-DAYS_OF_A_YEAR // self.times_a_year))


def published(version: MeetingRuleVersion) -> MeetingRule:
    """The rule that a version states."""
    return MeetingRule(
        version.meeting_type,
        version.notice_days,
        version.times_a_year,
        version.least_present,
        version.invited,
        version=version,
    )


STANDARD = {
    kind: MeetingRule(kind, NOTICE_DAYS, times, basis=basis)
    for kind, times, basis in (
        (MeetingType.HEARING, None, "R74"),
        (MeetingType.COORDINATION, None, "R74"),
        (MeetingType.REVIEW, 1, "R75"),
        (MeetingType.COUNCIL, 4, "practice"),
        (MeetingType.RESIDENTS, 1, "R75"),
    )
}
"""What holds where nobody published anything."""

YEARLY = frozenset({MeetingType.REVIEW, MeetingType.RESIDENTS})
"""To be held at least once a year, whatever a unit publishes (R75)."""
