"""The sheet: one mark an item, kept as a whole and sent once, and the vetoes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.queries import ensure_free
from models.audit.record import record
from models.contracts.locking import hold
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.evaluations.answer import VetoAnswer
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.lifecycle import phase_at
from models.evaluations.sheet import EvaluationMark, EvaluationVeto, Marked
from models.scoring.indicators import Indicators, Item, ItemKind, decimal
from models.wording import bounded

CENT = Decimal("0.01")
MOST = Decimal(10**9)
FILLED_IN = frozenset({ItemKind.MARKED, ItemKind.RATIO})
"""Kinds an evaluator fills in; the others are counted."""


@dataclass(frozen=True)
class Given:
    """What was written of one item."""

    points: Decimal | None = None
    planned: Decimal | None = None
    actual: Decimal | None = None
    words: str = ""
    missing: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        figures = (self.points, self.planned, self.actual)
        return all(each is None for each in figures) and not self.words.strip() and not self.missing.strip()


@dataclass(frozen=True)
class Sent:
    """Which sheet it is: one that arrives twice changes nothing, one written over another's is refused.

    `after` are keys of sheets this browser sent before, whose answers perhaps never came back.
    """

    revision: int
    key: UUID = field(default_factory=uuid4)
    after: frozenset[UUID] = frozenset()


def save(
    session: Session, evaluation: Evaluation, act: Act, *, given: Mapping[str, Given], sent: Sent
) -> None:
    """Keep the whole sheet, while it is being filled in; points above an item's maximum are refused."""
    ensure_open(session, evaluation, act)
    if is_repeated(evaluation, sent):
        return
    kept = marks_of(session, evaluation)
    for item, said in checked(indicators_of(evaluation.indicator_set), evaluation.stage, given):
        write(session, kept, item, said, EvaluationMark, evaluation_id=evaluation.id)
    remember(evaluation, sent)
    record(session, act, "evaluation.mark", evaluation, revision=evaluation.sheet_revision)


def is_repeated(holder: Any, sent: Sent) -> bool:
    """Whether this sheet has arrived before; raises Conflict when another one has come in between."""
    if holder.sheet_key == sent.key:
        return True
    if holder.sheet_revision != sent.revision and holder.sheet_key not in sent.after:
        raise Conflict("sheet_changed_meanwhile")
    return False


def remember(holder: Any, sent: Sent) -> None:
    """The next sheet is written on this one."""
    holder.sheet_revision, holder.sheet_key = holder.sheet_revision + 1, sent.key


def checked(indicators: Indicators, stage: str, given: Mapping[str, Given]) -> Iterable[tuple[Item, Given]]:
    """What was written, item by item; the first thing that is wrong is raised beside its field."""
    asked = {item.code: item for item in indicators.asked(stage) if item.kind in FILLED_IN}
    for code in given:
        if code not in asked:
            raise Invalid("mark_item_unknown", item=code)
    return [(item, check(item, given[code])) for code, item in asked.items() if code in given]


def check(item: Item, said: Given) -> Given:
    """One item: points within its maximum, or both figures, or why there is no evidence."""
    if item.kind is ItemKind.RATIO:
        if said.points is not None or (said.planned is None) != (said.actual is None):
            raise Invalid("mark_ratio_halved", field=f"actual_{item.code}", item=item.code)
        _figure(item, "planned", said.planned, above_zero=True)
        _figure(item, "actual", said.actual)
    else:
        if said.planned is not None or said.actual is not None:
            raise Invalid("mark_item_unknown", item=item.code)
        _figure(item, "points", said.points)
        if said.points is not None and Fraction(said.points) > item.maximum:
            facts = {"item": item.code, "most": decimal(item.maximum)}
            raise Invalid("mark_above_maximum", field=f"points_{item.code}", **facts)
    missing = bounded(said.missing, LONGEST, field=f"missing_{item.code}")
    if missing and (said.points is not None or said.planned is not None):
        raise Invalid("mark_and_missing", field=f"missing_{item.code}", item=item.code)
    words = bounded(said.words, LONGEST, field=f"words_{item.code}")
    return Given(said.points, said.planned, said.actual, words, missing)


def write(
    session: Session, kept: Mapping[str, Any], item: Item, said: Given, kind: type[Any], **of: UUID
) -> None:
    """Write the mark of an item; one that says nothing is taken away."""
    mark = kept.get(item.code)
    if said.is_empty:
        if mark is not None:
            session.delete(mark)
        return
    if mark is None:
        mark = kind(item_code=item.code, **of)
        session.add(mark)
    fill(mark, said)


def fill(mark: Marked, said: Given) -> None:
    """What was written, into a mark."""
    mark.points, mark.planned, mark.actual = said.points, said.planned, said.actual
    mark.words, mark.missing_words = said.words, said.missing


def marks_of(session: Session, evaluation: Evaluation) -> dict[str, EvaluationMark]:
    """The marks by item."""
    query = select(EvaluationMark).where(EvaluationMark.evaluation_id == evaluation.id)
    return {mark.item_code: mark for mark in session.scalars(query)}


def vetoes_of(session: Session, evaluation: Evaluation) -> dict[str, EvaluationVeto]:
    """The vetoes by code."""
    query = select(EvaluationVeto).where(EvaluationVeto.evaluation_id == evaluation.id)
    return {veto.code: veto for veto in session.scalars(query.order_by(EvaluationVeto.code))}


def veto(session: Session, evaluation: Evaluation, act: Act, *, code: str, words: str) -> None:
    """Find a veto, with words; without words it is lifted, also after the contractor has answered."""
    said = bounded(words, LONGEST, field="words")
    open_in = {EvaluationPhase.STARTED} if said else {EvaluationPhase.STARTED, EvaluationPhase.ANSWERED}
    ensure_open(session, evaluation, act, open_in)
    if code not in {each.code for each in indicators_of(evaluation.indicator_set).vetoes}:
        raise Invalid("veto_unknown", field="code")
    found = vetoes_of(session, evaluation).get(code)
    if not said and _is_contested(session, evaluation, code):
        raise Conflict("veto_contested")
    if found is None:
        made = EvaluationVeto(evaluation_id=evaluation.id, code=code, words=needed(words), made_at=act.at)
        session.add(made)
    elif said:
        found.words = said
    else:
        session.delete(found)
    action = "evaluation.veto" if said else "evaluation.lift_veto"
    record(session, act, action, evaluation, code=code)


def _is_contested(session: Session, evaluation: Evaluation, code: str) -> bool:
    """Whether the contractor has answered it: then it is withdrawn in the reply."""
    query = select(VetoAnswer.id).where(VetoAnswer.evaluation_id == evaluation.id, VetoAnswer.code == code)
    return session.scalars(query).first() is not None


def _figure(item: Item, name: str, value: Decimal | None, *, above_zero: bool = False) -> None:
    if value is None:
        return
    where = f"{name}_{item.code}"
    if not value.is_finite() or not 0 <= value <= MOST or value != value.quantize(CENT):
        raise Invalid("mark_figure", field=where, item=item.code)
    if above_zero and not value:
        raise Invalid("mark_planned_zero", field=where, item=item.code)


def ensure_open(
    session: Session,
    evaluation: Evaluation,
    act: Act,
    open_in: Collection[EvaluationPhase] = (EvaluationPhase.STARTED,),
) -> None:
    """The agency's own, not tied to the contractor by now (R53), and begun but not handed over."""
    ensure(act, Permission.EVALUATION_MARK, evaluation)
    ensure_free(session, evaluation.contract, act)
    hold(session, evaluation)
    phase = phase_at(evaluation, act.at)
    if phase is EvaluationPhase.PLANNED:
        raise Conflict("evaluation_not_started")
    if phase not in open_in:
        raise Conflict("evaluation_sheet_closed")
