"""What a plan is asked: the open needs of an area that have been matched, their candidates, what is settled.

Candidates are the matches of each need's newest run. Reviews count: what was accepted there is agreed, what
was rejected there is no candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Conflict
from models.matching.encode import STREET_DIGITS, content_hash, needs_frame, services_frame
from models.matching.exposure import Exposure, exposures
from models.matching.review import Decision, Review
from models.matching.run import WORTH_A_LOOK, Match, MatchRun, Verdict, newest_run_id
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase
from models.planning.edit import EditKind, PlanEdit

Pair = tuple[str, str]


@dataclass(frozen=True)
class Question:
    """The planner's tables. `runs` are the newest, by need; pairs are (need_id, service_id) as texts."""

    needs: pd.DataFrame
    matches: pd.DataFrame
    services: pd.DataFrame
    catalogue_hash: str
    runs: dict[str, UUID]
    edits: list[PlanEdit]
    agreed: list[Pair]
    forced: list[Pair]
    forbidden: list[Pair]
    budgets: dict[str, Decimal]
    """By street: the sum of its needs' budgets, where any is known."""


def question(session: Session, unit_code: str, act: Act, edits: Sequence[PlanEdit]) -> Question:
    """Read everything a plan of the area is made of. An edit of a need that has moved on is left behind."""
    rows = _candidates(session, unit_code, act)
    services = services_frame(session, act.at)
    key = content_hash(services)
    active = set(services["service_id"])
    runs = _runs(session, unit_code, act)
    edits = [edit for edit in edits if str(edit.need_id) in runs]
    reviewed = {row.pair: row.decision for row in rows if row.service in active}
    forced = [pair_of(edit) for edit in edits if edit.kind == EditKind.FORCE]
    forbidden = [pair_of(edit) for edit in edits if edit.kind == EditKind.FORBID]
    agreed = _agreed(rows, active)
    _must_stand(edits, reviewed, active)
    rejected = [pair for pair, decision in reviewed.items() if decision == Decision.REJECT]
    return Question(
        needs=needs_frame(session, *matched_and_open(unit_code, act)),
        matches=_matches(rows, active, {*forced, *agreed}),
        services=services.assign(newcomer=_newcomers(session, services, act)),
        catalogue_hash=key,
        runs=runs,
        edits=edits,
        agreed=agreed,
        forced=forced,
        forbidden=[pair for pair in (*forbidden, *rejected) if pair[1] in active],
        budgets=_budgets(session, unit_code, act),
    )


def matched_and_open(unit_code: str, act: Act) -> tuple[ColumnElement[bool], ...]:
    """The needs a plan is about: standardised, not settled, and run at least once."""
    return (*open_needs(unit_code, act), newest_run_id().is_not(None))


def open_needs(unit_code: str, act: Act) -> tuple[ColumnElement[bool], ...]:
    """Standardised needs of the area for which nothing has been settled."""
    return (
        Need.unit_code.startswith(unit_code, autoescape=True),
        phase_sql(act.at) == NeedPhase.STANDARDISED.value,
    )


def pair_of(edit: PlanEdit) -> Pair:
    """The pair an edit is about."""
    return str(edit.need_id), str(edit.service_id)


def live_decision() -> ColumnElement[bool]:
    """As SQL, beside `Match`: the review that holds."""
    return and_(Review.match_id == Match.id, Review.withdrawn_at.is_(None))


@dataclass(frozen=True)
class _Candidate:
    need: str
    service: str
    score: float
    verdict: Verdict
    decision: Decision | None

    @property
    def pair(self) -> Pair:
        return self.need, self.service


def _candidates(session: Session, unit_code: str, act: Act) -> list[_Candidate]:
    """The matches of the newest runs, by need and rank."""
    query = (
        select(Need.id, Match.service_id, Match.score, Match.verdict, Review.decision)
        .join(MatchRun, MatchRun.need_id == Need.id)
        .join(Match, Match.run_id == MatchRun.id)
        .outerjoin(Review, live_decision())
        .where(MatchRun.id == newest_run_id(), *open_needs(unit_code, act))
        .order_by(Need.id, Match.rank, Match.id)
    )
    return [
        _Candidate(str(need), str(service), score, verdict, decision)
        for need, service, score, verdict, decision in session.execute(query)
    ]


def _runs(session: Session, unit_code: str, act: Act) -> dict[str, UUID]:
    query = select(Need.id, newest_run_id()).where(*matched_and_open(unit_code, act))
    return {str(need_id): run_id for need_id, run_id in session.execute(query)}


def _agreed(rows: Sequence[_Candidate], active: set[str]) -> list[Pair]:
    """Of each need the accepted service that ranks best; what is no longer offered binds nobody."""
    found: dict[str, Pair] = {}
    for row in rows:
        if row.decision == Decision.ACCEPT and row.service in active:
            found.setdefault(row.need, row.pair)
    return list(found.values())


def _must_stand(edits: Sequence[PlanEdit], reviewed: dict[Pair, Decision | None], active: set[str]) -> None:
    """An edit and a review that contradict one another are for people to settle, not for a solver."""
    for edit in edits:
        decision = reviewed.get(pair_of(edit))
        facts = {"reference": edit.need.reference, "service": edit.service.title}
        if edit.kind == EditKind.FORBID and decision == Decision.ACCEPT:
            raise Conflict("forbidden_is_accepted", **facts)
        if edit.kind == EditKind.FORCE and decision == Decision.REJECT:
            raise Conflict("forced_is_rejected", **facts)
        if edit.kind == EditKind.FORCE and str(edit.service_id) not in active:
            raise Conflict("forced_is_not_offered", **facts)


def _matches(rows: Sequence[_Candidate], active: set[str], fixed: set[Pair]) -> pd.DataFrame:
    """The pairs that may be planned. What people have fixed stays, even if a limit refuses it."""
    kept = [
        (row.need, row.service, row.score, Verdict.ELIGIBLE if row.pair in fixed else row.verdict)
        for row in rows
        if row.service in active and (row.score >= WORTH_A_LOOK or row.pair in fixed)
    ]
    return pd.DataFrame(kept, columns=["need_id", "service_id", "score", "verdict"])


def _newcomers(session: Session, services: pd.DataFrame, act: Act) -> list[str]:
    """Yes for the services of organisations that nobody has accepted in the year before."""
    owners = [UUID(owner) for owner in services["org_id"]]
    known = exposures(session, set(owners), act)
    return ["" if known.get(owner, Exposure()).accepted else "yes" for owner in owners]


def _budgets(session: Session, unit_code: str, act: Act) -> dict[str, Decimal]:
    street = func.substr(Need.unit_code, 1, STREET_DIGITS)
    query = select(street, func.sum(Need.budget)).where(
        *matched_and_open(unit_code, act), Need.budget.is_not(None)
    )
    return {
        code: amount for code, amount in session.execute(query.group_by(street)) if len(code) == STREET_DIGITS
    }
