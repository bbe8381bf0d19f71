"""Verbs of learning: ask for a training, train, adopt or discard what came out, roll back, switch off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.learn import LEAST_NEEDS
from matcher.weights import Weights
from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.matching.encode import needs_frame
from models.matching.engine import Engine
from models.matching.judged import judged
from models.matching.learning import LearningRun, MatchingRule
from models.matching.learning_lifecycle import LEARNING, LearningMove
from models.matching.lessons import TAUGHT, data_hash, lesson
from models.matching.makeup import makeup
from models.matching.weighting import area_weights
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.wording import bounded

WORDS_LIMIT = 1000


def ask(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
    seed: int = 0,
) -> LearningRun:
    """Ask for a training on the area's reviews; it is done in the background, by `study` and `conclude`."""
    ensure(act, Permission.LEARNING_RUN, unit)
    standing = session.get(LearningRun, id) if id else None
    if standing is not None:
        return standing  # pressed twice
    session.refresh(unit, with_for_update=True)  # of two who ask at once the second sees the first
    waiting = select(LearningRun).where(LearningRun.unit_code == unit.code, LearningRun.trained_at.is_(None))
    asked = session.scalars(waiting).first()
    if asked is not None:
        return asked
    made = LearningRun(
        id=id or uuid4(), unit_code=unit.code, made_at=act.at, made_by=act.actor.person_id, seed=seed
    )
    session.add(made)
    record(session, act, "learning_run.ask", made)
    return made


@dataclass(frozen=True)
class Studied:
    """What a training came to: the columns of its run."""

    run_id: UUID
    columns: dict[str, Any]


def study(session: Session, at: datetime, engine: Engine) -> Studied | None:
    """Train what was asked for first and waits. Only reads, however long it takes: nobody waits for it."""
    asked = select(LearningRun).where(LearningRun.trained_at.is_(None)).order_by(LearningRun.made_at)
    run = session.scalars(asked.limit(1)).first()
    if run is None:
        return None
    known = judged(session, run.unit_code, at)
    fitted = engine.catalogue(session, at)
    needs = needs_frame(session, Need.id.in_([UUID(key) for key in known.grades]))
    before = area_weights(session, at).of(run.unit_code)
    groups = makeup(session, fitted.table, at)
    weights, metrics = lesson(fitted, needs, groups, known, before, seed=run.seed)
    columns = {
        "model_version": fitted.model.model_version,
        "data_hash": data_hash(fitted, needs, known),
        "needs": len(known.grades),
        "reviews": known.reviews,
        "learned": metrics["enough"],
        "parameters": {"taught": TAUGHT, "least_needs": LEAST_NEEDS, "before": before.as_dict()},
        "weights": weights.as_dict(),
        "metrics": metrics,
    }
    return Studied(run.id, columns)


def conclude(session: Session, studied: Studied, act: Act) -> None:
    """Write down what was learned, once. Nothing changes until somebody adopts it."""
    run = session.get_one(LearningRun, studied.run_id, with_for_update=True)
    if run.trained_at is not None:
        return
    for name, value in studied.columns.items():
        setattr(run, name, value)
    run.trained_at = act.at
    record(session, act, "learning_run.train", run, reviews=run.reviews, learned=run.learned)
    outbox.add(session, act, "learning_trained", run, to=[run.made_by] if run.made_by else [])


def adopt(session: Session, run: LearningRun, act: Act, *, words: str = "") -> None:
    """Weigh by it from now on in its area; the run that held before comes back when this one is withdrawn."""
    run.words = bounded(words, WORDS_LIMIT, field="words")
    if run.trained_at is not None and not run.learned:
        raise Conflict("learned_too_little", needs=run.metrics["teaching"], least=LEAST_NEEDS)
    weights = Weights.from_dict(run.weights).digest if run.learned else None
    advance(session, LEARNING, run, LearningMove.ADOPT, act, weights=weights)


def discard(session: Session, run: LearningRun, act: Act, *, words: str = "") -> None:
    """Leave everything as it is."""
    run.words = bounded(words, WORDS_LIMIT, field="words")
    advance(session, LEARNING, run, LearningMove.DISCARD, act)


def withdraw(session: Session, run: LearningRun, act: Act) -> None:
    """Roll back: what held before it was adopted holds again."""
    advance(session, LEARNING, run, LearningMove.WITHDRAW, act)


def set_rule(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    counts_records: bool,
    counts_learning: bool,
    words: str,
) -> MatchingRule:
    """Switch track records or learned weights off or on again for an area, with reasons."""
    ensure(act, Permission.LEARNING_RUN, unit)
    session.refresh(unit, with_for_update=True)  # of two changes at once the second sees the first
    held = area_weights(session, act.at).rule(unit.code)
    was = (held.counts_records, held.counts_learning) if held else (True, True)
    if (counts_records, counts_learning) == was:
        raise Conflict("matching_rule_same")
    words = bounded(words, WORDS_LIMIT, field="words")
    if not words:
        raise Invalid("matching_rule_words_missing", field="words")
    made = MatchingRule(
        unit_code=unit.code,
        made_at=act.at,
        made_by=act.actor.person_id,
        counts_records=counts_records,
        counts_learning=counts_learning,
        words=words,
    )
    session.add(made)
    facts = {"counts_records": counts_records, "counts_learning": counts_learning}
    record(session, act, "administrative_unit.set_matching_rule", unit, **facts)
    return made
