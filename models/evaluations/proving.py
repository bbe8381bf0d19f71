"""Evidence and site visits: what an evaluation rests on, each file by its hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.act import Act
from models.audit.record import record
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.evaluations.evaluation import Evaluation
from models.evaluations.evidence import EvaluationEvidence, EvaluationEvidenceKind, SiteVisit
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.marking import FILLED_IN, ensure_open
from models.files import StoredFile, checked, store
from models.photos import KINDS, stripped
from models.wording import bounded

MOST = 200
PLACE_LENGTH = 200
WITH_FILE = frozenset({EvaluationEvidenceKind.DOCUMENT, EvaluationEvidenceKind.PHOTO})


@dataclass(frozen=True)
class Proof:
    """Evidence as it was handed in: of which items, what it shows, and the file if it has one."""

    kind: EvaluationEvidenceKind
    items: Sequence[str]
    words: str
    file: tuple[str, bytes] | None = None
    visit: SiteVisit | None = None


def add(session: Session, evaluation: Evaluation, act: Act, *, proof: Proof) -> list[EvaluationEvidence]:
    """Add one piece of evidence, for each item it shows something of."""
    ensure_open(session, evaluation, act)
    items = _items(evaluation, proof.items)
    words = needed(proof.words)
    if proof.visit is not None and proof.visit.evaluation_id != evaluation.id:
        raise Invalid("visit_unknown", field="visit")
    number = session.scalar(
        select(func.max(EvaluationEvidence.number)).where(EvaluationEvidence.evaluation_id == evaluation.id)
    )
    if (number or 0) + len(items) > MOST:
        raise Conflict("evidence_too_many", most=MOST)
    file = _file(session, act, proof)
    made = [
        EvaluationEvidence(
            evaluation_id=evaluation.id,
            number=(number or 0) + place,
            item_code=item,
            kind=proof.kind,
            file=file,
            visit=proof.visit,
            words=words,
            added_at=act.at,
            added_by=act.actor.person_id,
        )
        for place, item in enumerate(items, 1)
    ]
    session.add_all(made)
    session.flush()  # the file gets its row before the audit event
    facts = {"numbers": [each.number for each in made], "sha256": file.sha256 if file else None}
    record(session, act, "evaluation.add_evidence", evaluation, **facts)
    return made


def remove(session: Session, evidence: EvaluationEvidence, act: Act) -> None:
    """Take evidence out again, before the draft is handed over."""
    ensure_open(session, evidence.evaluation, act)
    session.delete(evidence)
    facts = {"number": evidence.number, "sha256": evidence.file.sha256 if evidence.file else None}
    record(session, act, "evaluation.remove_evidence", evidence.evaluation, **facts)


def note_visit(
    session: Session,
    evaluation: Evaluation,
    act: Act,
    *,
    visited_at: datetime,
    place: str,
    was_announced: bool,
    words: str,
) -> SiteVisit:
    """Note a visit to where the service is given, not before the evaluation was begun."""
    ensure_open(session, evaluation, act)
    assert evaluation.started_at is not None  # noqa: S101  # for the type checker: it is open
    if not evaluation.started_at <= visited_at <= act.at:
        raise Invalid("visit_time", field="visited_at")
    where = bounded(place, PLACE_LENGTH, field="place")
    if not where:
        raise Invalid("words_missing", field="place")
    made = SiteVisit(
        evaluation_id=evaluation.id,
        visited_at=visited_at,
        place=where,
        was_announced=was_announced,
        words=needed(words),
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "evaluation.visit", evaluation, visit=made.id, announced=was_announced)
    return made


def evidence_of(session: Session, evaluation: Evaluation) -> list[EvaluationEvidence]:
    """All evidence, in the order of its numbers."""
    query = select(EvaluationEvidence).where(EvaluationEvidence.evaluation_id == evaluation.id)
    whole = query.options(joinedload(EvaluationEvidence.file), joinedload(EvaluationEvidence.visit))
    return list(session.scalars(whole.order_by(EvaluationEvidence.number)))


def visits_of(session: Session, evaluation: Evaluation) -> list[SiteVisit]:
    """All visits, the earliest first."""
    query = select(SiteVisit).where(SiteVisit.evaluation_id == evaluation.id)
    return list(session.scalars(query.order_by(SiteVisit.visited_at, SiteVisit.id)))


def _items(evaluation: Evaluation, codes: Sequence[str]) -> list[str]:
    asked = indicators_of(evaluation.indicator_set).asked(evaluation.stage)
    known = [item.code for item in asked if item.kind in FILLED_IN]
    if not codes:
        raise Invalid("evidence_item_missing", field="items")
    for code in codes:
        if code not in known:
            raise Invalid("mark_item_unknown", field="items", item=code)
    return [code for code in known if code in codes]


def _file(session: Session, act: Act, proof: Proof) -> StoredFile | None:
    if proof.file is None:
        if proof.kind in WITH_FILE:
            raise Invalid("evidence_file_missing", field="file")
        return None
    name, content = proof.file
    name, media_type = checked(name=name, content=content)
    if proof.kind is EvaluationEvidenceKind.PHOTO and media_type not in KINDS:
        raise Invalid("photo_is_no_picture", field="file", name=name)
    if media_type in KINDS:
        content = stripped(content, media_type)
    return store(session, act, name=name, content=content)
