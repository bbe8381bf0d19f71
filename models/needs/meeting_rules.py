"""The rules of meetings that hold in a place on a day: published by the nearest unit, else the standard ones.

A new rule is a new row, never a change. A meeting is judged by the version that held on its day and was known
when its notice was given: nobody can have kept to a rule that came later (demand 17).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Invalid
from models.needs.clocks import check_near
from models.needs.deliberation import Deliberation, MeetingType
from models.needs.meeting_rule import (
    MOST_NOTICE_DAYS,
    MOST_PEOPLE,
    MOST_TIMES,
    STANDARD,
    WORDS_LIMIT,
    YEARLY,
    MeetingRule,
    MeetingRuleVersion,
    published,
)
from models.wording import bounded


class HasUnit(Protocol):
    """Anything that lies in an administrative unit."""

    @property
    def unit_code(self) -> str:
        """Its unit."""


@dataclass(frozen=True)
class Rules:
    """The versions in force on a day."""

    versions: list[MeetingRuleVersion]

    def of(self, unit_code: str, kind: MeetingType) -> MeetingRule:
        """Of the nearest unit that published one, its newest; of two for one day, the later entered."""
        near = [v for v in self.versions if v.meeting_type is kind and unit_code.startswith(v.unit_code)]
        if not near:
            return STANDARD[kind]
        return published(max(near, key=lambda v: (len(v.unit_code), v.valid_from, v.entered_at)))


def rules_on(session: Session, area: str, day: date, *, known_at: datetime) -> Rules:
    """The rules that hold on a day in an area and in each unit inside it, as known by an instant."""
    table = MeetingRuleVersion
    here = or_(table.unit_code.in_(_upwards(area)), table.unit_code.startswith(area, autoescape=True))
    query = select(table).where(here, table.valid_from <= day, table.entered_at <= known_at)
    with session.no_autoflush:  # a verb may ask while what it makes is not whole yet
        return Rules(list(session.scalars(query.options(joinedload(table.unit)))))


def rule_for(session: Session, meeting: Deliberation) -> MeetingRule:
    """The rule by which a meeting is judged."""
    day = local_date(meeting.scheduled_at)
    rules = rules_on(session, meeting.unit_code, day, known_at=meeting.announced_at)
    return rules.of(meeting.unit_code, meeting.meeting_type)


def rules_today(session: Session, unit_code: str, act: Act) -> list[MeetingRule]:
    """The rule of every type of meeting that holds in a unit today."""
    rules = rules_on(session, unit_code, local_date(act.at), known_at=act.at)
    return [rules.of(unit_code, kind) for kind in MeetingType]


def history(session: Session, unit_code: str, act: Act) -> list[MeetingRuleVersion]:
    """Every rule that a unit and its parents ever published, the newest first."""
    ensure(act, Permission.MEETING_RULE_SET)
    table = MeetingRuleVersion
    query = select(table).where(table.unit_code.in_(_upwards(unit_code)))
    query = query.options(joinedload(table.unit), joinedload(table.author))
    return list(session.scalars(query.order_by(table.valid_from.desc(), table.entered_at.desc())))


def publish_rule(
    session: Session,
    unit: HasUnit,
    act: Act,
    *,
    meeting_type: MeetingType,
    notice_days: int,
    times_a_year: int | None,
    least_present: int,
    invited: str,
    valid_from: date,
    reason: str,
) -> MeetingRuleVersion:
    """Publish a unit's own rule from today or a later day on, with the reason (demand 17)."""
    ensure(act, Permission.MEETING_RULE_SET, unit)
    _within(notice_days, MOST_NOTICE_DAYS, "notice_days")
    _within(least_present, MOST_PEOPLE, "least_present")
    if times_a_year is not None:
        _within(times_a_year, MOST_TIMES, "times_a_year")
    elif meeting_type in YEARLY:
        raise Invalid("meeting_rule_yearly", field="times_a_year")
    if valid_from < local_date(act.at):
        raise Invalid("meeting_rule_past", field="valid_from")
    check_near(valid_from, act.at, field="valid_from")
    version = MeetingRuleVersion(
        unit_code=unit.unit_code,
        meeting_type=meeting_type,
        notice_days=notice_days,
        times_a_year=times_a_year,
        least_present=least_present,
        invited=bounded(invited, WORDS_LIMIT, field="invited"),
        reason=bounded(reason, WORDS_LIMIT, field="reason"),
        valid_from=valid_from,
        entered_by=act.actor.person_id,
        entered_at=act.at,
    )
    if not version.reason:
        raise Invalid("meeting_rule_reason", field="reason")
    session.add(version)
    record(session, act, "meeting_rule.publish", version, meeting_type=meeting_type, valid_from=valid_from)
    return version


def _within(number: int, most: int, field: str) -> None:
    if not 1 <= number <= most:
        raise Invalid("meeting_rule_number", field=field, most=most)


def _upwards(code: str) -> list[str]:
    """The codes that a unit's own and its parents' can be."""
    return [code[:length] for length in range(1, len(code) + 1)]
