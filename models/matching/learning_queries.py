"""Reads of learning: the runs of an area with their phases, one run with its examples by name, the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.catalogue.service import Service
from models.matching.learning import LearningPhase, LearningRun, MatchingRule
from models.matching.learning_lifecycle import phase_at
from models.matching.weighting import area_weights
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, cut


@dataclass(frozen=True)
class LearningRow:
    """A run with its phase, and whether its weights are those that count now."""

    run: LearningRun
    phase: LearningPhase
    in_force: bool


@dataclass(frozen=True)
class Example:
    """A need of which other services come first now: (service, score), best first."""

    need: Need
    before: list[tuple[Service, float]]
    after: list[tuple[Service, float]]


@dataclass(frozen=True)
class LearningPage:
    """Everything the page of a run shows."""

    row: LearningRow
    examples: list[Example]

    @property
    def run(self) -> LearningRun:
        """The run."""
        return self.row.run


@dataclass(frozen=True)
class Rules:
    """What counts in the actor's area, the rule that says so if there is one, and its own rules so far."""

    counts_records: bool
    counts_learning: bool
    in_force: MatchingRule | None
    history: list[MatchingRule]


def learning_run(session: Session, run_id: UUID, act: Act) -> LearningRun | None:
    """The run, unless the actor may not know that there is one."""
    found = session.get(LearningRun, run_id)
    return found if found is not None and can(act, Permission.LEARNING_VIEW, found) else None


def learning_runs(session: Session, act: Act, *, paging: Paging = FIRST_PAGE) -> Listed[LearningRow]:
    """The runs of the actor's area, newest first."""
    ensure(act, Permission.LEARNING_VIEW)
    mine = LearningRun.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    parts = (joinedload(LearningRun.unit), joinedload(LearningRun.maker))
    query = select(LearningRun).where(mine).order_by(LearningRun.made_at.desc(), LearningRun.id)
    rows = session.scalars(cut(query.options(*parts), paging)).all()
    total = session.scalar(select(func.count(LearningRun.id)).where(mine)) or 0
    return Listed(_rows(session, rows, act.at), total)


def learning_page(session: Session, run: LearningRun, act: Act) -> LearningPage:
    """One run, its examples by name; what is gone from the database is left out."""
    told = run.metrics.get("examples", [])
    needs = _found(session, Need, {each["need"] for each in told})
    sides = [side for each in told for side in (*each["before"], *each["after"])]
    services = _found(session, Service, {key for key, _ in sides})
    examples = [
        Example(needs[each["need"]], *(_named(each[side], services) for side in ("before", "after")))
        for each in told
        if each["need"] in needs
    ]
    (row,) = _rows(session, [run], act.at)
    return LearningPage(row, examples)


def rules(session: Session, act: Act) -> Rules:
    """The rules of the actor's area."""
    ensure(act, Permission.LEARNING_VIEW)
    own = act.actor.unit_code or "-"
    held = area_weights(session, act.at).rule(own)
    query = select(MatchingRule).where(MatchingRule.unit_code == own, MatchingRule.made_at <= act.at)
    history = session.scalars(
        query.order_by(MatchingRule.made_at.desc(), MatchingRule.id).options(joinedload(MatchingRule.maker))
    )
    on = (held.counts_records, held.counts_learning) if held else (True, True)
    return Rules(*on, in_force=held, history=list(history))


def _rows(session: Session, runs: Iterable[LearningRun], at: datetime) -> list[LearningRow]:
    known = area_weights(session, at)
    return [
        LearningRow(
            run=run,
            phase=phase_at(run, at),
            in_force=known.run(run.unit_code) is run and _counts(known.rule(run.unit_code)),
        )
        for run in runs
    ]


def _counts(rule: MatchingRule | None) -> bool:
    return rule is None or rule.counts_learning


def _found(session: Session, kind: type[Any], keys: Iterable[str]) -> dict[str, Any]:
    query = select(kind).where(kind.id.in_([UUID(key) for key in keys]))
    if kind is Service:
        query = query.options(joinedload(Service.organisation))
    return {str(each.id): each for each in session.scalars(query)}


def _named(side: list[list[Any]], services: dict[str, Service]) -> list[tuple[Service, float]]:
    return [(services[key], score) for key, score in side if key in services]
