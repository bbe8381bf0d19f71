"""Verbs on assessments: draft, edit, attach, complete, withdraw."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models import files
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid, NotFound
from models.files import StoredFile
from models.lifecycle import advance
from models.needs.assessment import Assessment, AssessmentFile, AssessmentPhase
from models.needs.assessment_content import AssessmentContent, fill
from models.needs.lifecycle import ASSESSMENT, AssessmentMove
from models.parties.unit import AdministrativeUnit
from models.reference import hold_references, next_reference


def create(
    session: Session,
    act: Act,
    *,
    unit_code: str,
    content: AssessmentContent,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Assessment:
    """Draft an assessment of a unit. A second call with the same id returns the one that stands."""
    hold_references(session, "DY", act.at)
    standing = session.get(Assessment, id) if id else None
    if standing is not None:
        if standing.created_by != act.actor.person_id:
            raise NotFound("not_found")
        return standing
    assessment = Assessment(
        id=id or uuid4(), unit_code=unit_code, created_by=act.actor.person_id, created_at=act.at
    )
    ensure(act, Permission.ASSESSMENT_WRITE, assessment)
    if session.get(AdministrativeUnit, unit_code) is None:
        raise NotFound("not_found")
    fill(session, assessment, content)
    assessment.reference = next_reference(session, "DY", act.at)
    session.add(assessment)
    record(session, act, "assessment.create", assessment)
    return assessment


def edit(
    session: Session,
    assessment: Assessment,
    act: Act,
    *,
    content: AssessmentContent,
    revision: int | None = None,
) -> None:
    """Write a draft anew, whole. Raises Conflict("stale") when somebody else has written it since."""
    _open_for_writing(assessment, act)
    if revision is not None and revision != assessment.revision:
        raise Conflict("stale")
    fill(session, assessment, content)
    flag_modified(assessment, "title")  # rows of other tables alone would not raise the revision
    record(session, act, "assessment.edit", assessment)


def attach(session: Session, assessment: Assessment, act: Act, *, name: str, content: bytes) -> StoredFile:
    """Attach an evidence file to a draft."""
    _open_for_writing(assessment, act)
    file = files.store(session, act, name=name, content=content)
    session.flush()  # the event names the file's id
    assessment.files.append(AssessmentFile(file_id=file.id, file=file))
    record(session, act, "assessment.attach", assessment, file=file.id)
    return file


def detach(session: Session, assessment: Assessment, act: Act, *, file_id: UUID) -> None:
    """Take a file off a draft."""
    _open_for_writing(assessment, act)
    found = [each for each in assessment.files if each.file_id == file_id]
    if not found:
        raise NotFound("not_found")
    assessment.files.remove(found[0])
    record(session, act, "assessment.detach", assessment, file=file_id)


def missing(assessment: Assessment, day: date) -> list[str]:
    """What a draft still lacks on a day before it can be completed, as the codes of the refusals."""
    lacks = []
    if not assessment.methods:
        lacks.append("assessment_lacks_methods")
    elif not any(used.participants for used in assessment.methods):
        lacks.append("assessment_lacks_participants")
    if not assessment.findings:
        lacks.append("assessment_lacks_findings")
    if not assessment.summary:
        lacks.append("assessment_lacks_summary")
    if assessment.ends_on > day:
        lacks.append("assessment_not_over")
    return lacks


def complete(session: Session, assessment: Assessment, act: Act) -> None:
    """Complete a draft: it becomes public, cannot be changed, and can carry needs for a year (R08)."""
    advance(session, ASSESSMENT, assessment, AssessmentMove.COMPLETE, act)
    lacks = missing(assessment, local_date(act.at))
    if lacks:
        raise Invalid(lacks[0])


def withdraw(session: Session, assessment: Assessment, act: Act) -> None:
    """Take an assessment back; needs that name it keep the reference."""
    advance(session, ASSESSMENT, assessment, AssessmentMove.WITHDRAW, act)


def _open_for_writing(assessment: Assessment, act: Act) -> None:
    ensure(act, Permission.ASSESSMENT_WRITE, assessment)
    phase = ASSESSMENT.phase_at(assessment, act.at)
    if phase is not AssessmentPhase.DRAFT:
        raise Conflict("wrong_phase", phase=phase, move="edit")
