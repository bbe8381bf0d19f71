"""The page on which an official decides about one need: the need as posted, and what a decision rests on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.audit.timeline import Entry, timeline
from models.needs.assessment_queries import is_in_force
from models.needs.deliberation_queries import MeetingRow, meetings_of
from models.needs.details import Evidence, IndicatorCode, NeedTerm
from models.needs.handling import MERGE_TARGETS
from models.needs.handling_queries import decided_priority, due_of, last_day, mine, waiting_since
from models.needs.indicators import proposed
from models.needs.lifecycle import NEED, phase_at, phase_sql
from models.needs.need import Need, NeedPhase
from models.needs.priority import PriorityIndex, priority_of
from models.needs.standard import support_for
from models.parties.unit import AdministrativeUnit
from models.wording import search_words

MOST_TARGETS = 8


@dataclass(frozen=True)
class HandlingPage:
    """One need in an official's hands."""

    need: Need
    phase: NeedPhase
    moves: list[StrEnum]
    since: datetime | None
    due: datetime | None
    due_on: date | None
    is_overdue: bool
    index: PriorityIndex
    decided: int | None  # the priority a meeting gave it
    proposed: dict[IndicatorCode, int]  # what follows from the need itself
    values: dict[IndicatorCode, int]  # indicators as they stand, completed by that
    meetings: list[MeetingRow]
    refusal: str | None  # why standardising wants a written reason
    is_assessment_in_force: bool
    taken_in: list[Need]
    events: list[Entry]


def handling_page(session: Session, need: Need, act: Act) -> HandlingPage:
    """Everything an official sees while deciding. Raises NotAllowed outside the actor's area."""
    ensure(act, Permission.NEED_STANDARDISE, need)
    parts = (
        joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
        joinedload(Need.assessment),
        selectinload(Need.terms).joinedload(NeedTerm.term),
        selectinload(Need.evidence).joinedload(Evidence.file),
    )
    query = select(Need).where(Need.id == need.id).options(*parts)
    cells = query.add_columns(waiting_since(act.at), decided_priority())
    found, since, decided = session.execute(cells).one()
    phase = phase_at(found, act.at)
    due = due_of(found, phase, since)
    follows = proposed(found)
    standing = {row.code: row.value for row in found.indicators}
    return HandlingPage(
        need=found,
        phase=phase,
        moves=NEED.open_moves(found, act.at),
        since=since,
        due=due,
        due_on=last_day(due),
        is_overdue=due is not None and due <= act.at,
        index=priority_of(found),
        decided=decided,
        proposed=follows,
        values=follows | standing,
        meetings=meetings_of(session, found, act),
        refusal=support_for(session, found, act) if phase is NeedPhase.DELIBERATING else None,
        is_assessment_in_force=found.assessment is not None and is_in_force(found.assessment, act.at),
        taken_in=taken_in(session, found, act),
        events=timeline(session, found),
    )


def taken_in(session: Session, need: Need, act: Act) -> list[Need]:
    """Needs that were merged into this one and that the actor may see."""
    query = select(Need).where(Need.merged_into_id == need.id).order_by(Need.reference)
    found = session.scalars(query.options(joinedload(Need.unit)))
    return [each for each in found if can(act, Permission.NEED_VIEW, each)]


def merge_targets(session: Session, need: Need, act: Act, words: str | None = None) -> list[Need]:
    """Open needs of my area into which this may be merged: with these words, or with one of its codes."""
    query = select(Need).join(Need.unit).where(mine(act), Need.id != need.id)
    query = query.where(phase_sql(act.at).in_(MERGE_TARGETS))
    looked_for = search_words(words)
    for word in looked_for:
        columns = (Need.reference, Need.title, Need.description, AdministrativeUnit.name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    if not looked_for:
        codes = [row.term_code for row in need.terms if not row.is_group]
        street = need.unit_code[:9]
        alike = select(NeedTerm.need_id).where(NeedTerm.term_code.in_(codes))
        query = query.where(Need.id.in_(alike), Need.unit_code.startswith(street, autoescape=True))
    ordered = query.order_by(Need.submitted_at.desc(), Need.reference).limit(MOST_TARGETS)
    return list(session.scalars(ordered.options(joinedload(Need.unit))))
