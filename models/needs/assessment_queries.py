"""Reads on assessments: the list, one assessment's page, and the one in force for a place (R08)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.audit.timeline import Entry, timeline
from models.calendar.clocks import local_date
from models.files import StoredFile
from models.needs.assessing import missing
from models.needs.assessment import Assessment, AssessmentFile, AssessmentPhase
from models.needs.clocks import year_after, year_before
from models.needs.lifecycle import assessment_phase_at, assessment_phase_sql
from models.needs.need import Need
from models.needs.queries import visible as needs_visible
from models.needs.sampling import Representativeness, representativeness
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.wording import search_words

WRITES_ITS_AREA = OFFICIALS | {Role.COMMUNITY_WORKER}
WATCHES_ITS_AREA = frozenset({Role.HUB, Role.AUDITOR})


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among assessments; None is "any"."""

    words: str | None = None
    phase: AssessmentPhase | None = None
    area: str | None = None


@dataclass(frozen=True)
class AssessmentRow:
    """A line of the list."""

    assessment: Assessment
    phase: AssessmentPhase
    participants: int
    until: date | None
    is_in_force: bool


@dataclass(frozen=True)
class AssessmentPage(AssessmentRow):
    """One assessment: its sample against the population, what it lacks, which needs stand on it."""

    sample: Representativeness
    lacks: list[str]
    needs: list[Need]
    events: list[Entry]


def assessment(session: Session, assessment_id: UUID, act: Act) -> Assessment | None:
    """The assessment, unless the actor may not know that there is one."""
    found = session.get(Assessment, assessment_id)
    return found if found is not None and can(act, Permission.ASSESSMENT_VIEW, found) else None


def assessment_page(session: Session, assessment_id: UUID, act: Act) -> AssessmentPage | None:
    """Everything on one assessment's page."""
    query = select(Assessment).where(Assessment.id == assessment_id, visible(act))
    found = session.scalar(
        query.options(
            joinedload(Assessment.unit).selectinload(AdministrativeUnit.strata),
            joinedload(Assessment.assessor),
            selectinload(Assessment.methods),
            selectinload(Assessment.respondents),
            selectinload(Assessment.findings),
            selectinload(Assessment.files).joinedload(AssessmentFile.file),
        )
    )
    if found is None:
        return None
    standing_on_it = (
        select(Need)
        .where(Need.assessment_id == found.id, needs_visible(act))
        .order_by(Need.reference)
        .options(joinedload(Need.unit))
    )
    row = _row(found, act)
    return AssessmentPage(
        row.assessment,
        row.phase,
        row.participants,
        row.until,
        row.is_in_force,
        sample=representativeness(found, found.unit),
        lacks=missing(found, local_date(act.at)),
        needs=list(session.scalars(standing_on_it)),
        events=timeline(session, found),
    )


def list_assessments(
    session: Session, act: Act, wanted: Wanted, *, sort: str = "-ended", paging: Paging = FIRST_PAGE
) -> Listed[AssessmentRow]:
    """Assessments the act may see: everybody's completed ones, and the drafts of one's own area."""
    query = _filtered(act, wanted)
    ordered = query.order_by(*_order(sort))
    found = session.scalars(
        cut(ordered, paging).options(joinedload(Assessment.unit), selectinload(Assessment.methods))
    )
    return Listed([_row(each, act) for each in found], count(session, query))


def in_force(session: Session, unit_code: str, at: datetime) -> Assessment | None:
    """The newest completed assessment of the unit, or of one around it, asked within the last year (R08).

    The year runs from the last day of asking: it holds the day before the anniversary, no longer on it.
    """
    around = [unit_code[:length] for length in (2, 6, 9, 12) if length <= len(unit_code)]
    query = (
        select(Assessment)
        .where(
            Assessment.unit_code.in_(around),
            assessment_phase_sql(at) == AssessmentPhase.COMPLETED.value,
            Assessment.ends_on > year_before(local_date(at)),
        )
        .order_by(Assessment.unit_code.desc(), Assessment.ends_on.desc(), Assessment.id)
    )
    return session.scalar(query.limit(1))


def is_in_force(assessment: Assessment, at: datetime) -> bool:
    """Whether needs may still stand on it as fresh evidence; `in_force` asks the same in SQL."""
    completed = assessment_phase_at(assessment, at) is AssessmentPhase.COMPLETED
    return completed and year_after(assessment.ends_on) > local_date(at)


def assessable_units(session: Session, act: Act) -> list[AdministrativeUnit]:
    """Where the actor may assess: the own unit and all within it."""
    code = act.actor.unit_code
    if not code or not can(act, Permission.ASSESSMENT_WRITE, None):
        return []
    inside = AdministrativeUnit.code.startswith(code, autoescape=True)
    query = select(AdministrativeUnit).where(inside).options(selectinload(AdministrativeUnit.strata))
    return list(session.scalars(query.order_by(AdministrativeUnit.code)))


def file(session: Session, assessment: Assessment, file_id: UUID, act: Act) -> StoredFile | None:
    """A file of this assessment, for people of the area alone: raw answers may name somebody."""
    if not can(act, Permission.NEED_EVIDENCE, assessment):
        return None
    query = select(StoredFile).join(AssessmentFile, AssessmentFile.file_id == StoredFile.id)
    mine = AssessmentFile.assessment_id == assessment.id
    return session.scalar(query.where(mine, StoredFile.id == file_id))


def visible(act: Act) -> ColumnElement[bool]:
    """As SQL: which assessments the act may see; the policy of ASSESSMENT_VIEW says the same."""
    public = Assessment.completed_at.is_not(None) & Assessment.withdrawn_at.is_(None)
    if act.actor.role not in WRITES_ITS_AREA | WATCHES_ITS_AREA or not act.actor.unit_code:
        return public
    own = Assessment.unit_code.startswith(act.actor.unit_code, autoescape=True)
    if act.actor.role in WATCHES_ITS_AREA:
        own = own & Assessment.completed_at.is_not(None)
    return or_(public, own)


def _row(found: Assessment, act: Act) -> AssessmentRow:
    phase = assessment_phase_at(found, act.at)
    return AssessmentRow(
        assessment=found,
        phase=phase,
        participants=sum(used.participants for used in found.methods),
        until=year_after(found.ends_on) if phase is AssessmentPhase.COMPLETED else None,
        is_in_force=is_in_force(found, act.at),
    )


def _filtered(act: Act, wanted: Wanted) -> Select[Assessment]:
    query = select(Assessment).join(Assessment.unit).where(visible(act))
    if wanted.phase is not None:
        query = query.where(assessment_phase_sql(act.at) == wanted.phase.value)
    if wanted.area:
        query = query.where(Assessment.unit_code.startswith(wanted.area, autoescape=True))
    for word in search_words(wanted.words):
        columns = (Assessment.reference, Assessment.title, Assessment.summary, AdministrativeUnit.name)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return query


def _order(sort: str) -> list[ColumnElement[Any]]:
    columns: dict[str, ColumnElement[Any]] = {
        "title": Assessment.title.expression,
        "unit": AdministrativeUnit.code.expression,
        "ended": Assessment.ends_on.expression,
    }
    column = columns.get(sort.removeprefix("-"), columns["ended"])
    return [column.desc() if sort.startswith("-") else column.asc(), Assessment.reference.expression]
