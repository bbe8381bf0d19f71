"""Verbs of learning: train on an area's reviews, adopt or discard what came out, roll back, switch off."""

from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from matcher.learn import LEAST_NEEDS
from matcher.weights import Weights
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


def train(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    engine: Engine,
    *,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
    seed: int = 0,
) -> LearningRun:
    """Learn from the area's reviews so far. Nothing changes until somebody adopts what came out."""
    ensure(act, Permission.LEARNING_RUN, unit)
    standing = session.get(LearningRun, id) if id else None
    if standing is not None:
        return standing  # pressed twice
    known = judged(session, unit.code, act.at)
    fitted = engine.catalogue(session, act.at)
    needs = needs_frame(session, Need.id.in_([UUID(key) for key in known.grades]))
    before = area_weights(session, act.at).of(unit.code)
    groups = makeup(session, fitted.table, act.at)
    weights, metrics = lesson(fitted, needs, groups, known, before, seed=seed)
    made = LearningRun(
        id=id or uuid4(),
        unit_code=unit.code,
        made_at=act.at,
        made_by=act.actor.person_id,
        model_version=fitted.model.model_version,
        data_hash=data_hash(fitted, needs, known),
        seed=seed,
        needs=len(known.grades),
        reviews=known.reviews,
        learned=metrics["enough"],
        parameters={"taught": TAUGHT, "least_needs": LEAST_NEEDS, "before": before.as_dict()},
        weights=weights.as_dict(),
        metrics=metrics,
    )
    session.add(made)
    record(session, act, "learning_run.train", made, reviews=made.reviews, learned=made.learned)
    return made


def adopt(session: Session, run: LearningRun, act: Act, *, words: str = "") -> None:
    """Weigh by it from now on in its area; the run that held before comes back when this one is withdrawn."""
    run.words = bounded(words, WORDS_LIMIT, field="words")
    if not run.learned:
        raise Conflict("learned_too_little", needs=run.metrics["teaching"], least=LEAST_NEEDS)
    advance(session, LEARNING, run, LearningMove.ADOPT, act, weights=Weights.from_dict(run.weights).digest)


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
