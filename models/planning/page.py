"""One plan as a page: its needs, what organisations and streets get of it, and what has changed since."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.act import Act
from models.matching.encode import STREET_DIGITS
from models.matching.run import MatchRun, newest_run_id
from models.needs.lifecycle import phase_sql
from models.needs.need import NeedPhase
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from models.planning.edit import PlanEdit
from models.planning.lifecycle import phase_at
from models.planning.operations import edits_of
from models.planning.plan import AdoptOutcome, Plan, PlanLine, PlanPhase, UnservedReason
from models.planning.queries import lines_of


@dataclass(frozen=True)
class OrganisationShare:
    """What a plan gives one organisation."""

    organisation: Organisation
    needs: int
    share: float
    """Of all the needs that are served."""
    cost: Decimal
    costs_unknown: int


@dataclass(frozen=True)
class StreetSpend:
    """What a plan serves in a street and what it costs there, as far as prices are known."""

    unit: AdministrativeUnit
    asked: int
    served: int
    cost: Decimal
    costs_unknown: int
    budget: Decimal | None

    @property
    def over(self) -> Decimal:
        """By how much the cost exceeds the budget."""
        return max(self.cost - self.budget, Decimal(0)) if self.budget is not None else Decimal(0)


@dataclass(frozen=True)
class PlanPage:
    """One plan, everything its page shows."""

    plan: Plan
    phase: PlanPhase
    lines: list[PlanLine]
    reasons: Counter[UnservedReason]
    """Of the needs left out, by the first reason of each."""
    organisations: list[OrganisationShare]
    streets: list[StreetSpend]
    worst: PlanLine | None
    edits: list[PlanEdit]
    """Those in force, and those that wait for the next plan."""
    moved_on: int
    """Needs that have been settled, or run again, since the plan was made."""
    model_versions: list[str]
    followers: list[Plan]

    @property
    def served(self) -> list[PlanLine]:
        """Needs with a service."""
        return [line for line in self.lines if line.service_id is not None]

    @property
    def unserved(self) -> list[PlanLine]:
        """Needs left out."""
        return [line for line in self.lines if line.service_id is None]

    @property
    def waiting_edits(self) -> int:
        """How many edits the plan does not show yet."""
        return sum(edit.waits for edit in self.edits)

    @property
    def outcomes(self) -> Counter[AdoptOutcome]:
        """What adopting came to."""
        return Counter(line.outcome for line in self.lines if line.outcome is not None)

    @property
    def taken(self) -> int:
        """For how many needs the plan's service is accepted now."""
        return self.outcomes[AdoptOutcome.ACCEPTED] + self.outcomes[AdoptOutcome.ALREADY_ACCEPTED]

    @property
    def not_taken(self) -> int:
        """How many needs adopting left as they were."""
        return self.outcomes.total() - self.taken


def plan_page(session: Session, plan: Plan, act: Act) -> PlanPage:
    """Everything the page of a plan shows."""
    lines = lines_of(session, plan)
    served = [line for line in lines if line.score is not None]
    followers = select(Plan).where(Plan.follows_id == plan.id).order_by(Plan.made_at.desc(), Plan.id)
    return PlanPage(
        plan=plan,
        phase=phase_at(plan, act.at),
        lines=lines,
        reasons=Counter(UnservedReason(line.reasons[0]) for line in lines if line.reasons),
        organisations=_organisations(lines),
        streets=_streets(session, plan, lines),
        worst=min(served, key=lambda line: (line.score, line.need.reference), default=None),
        edits=[each for each in edits_of(session, plan) if each.carried or each.dropped_at is None],
        moved_on=_moved_on(session, plan, act),
        model_versions=_model_versions(session, plan),
        followers=list(session.scalars(followers)),
    )


def _organisations(lines: Sequence[PlanLine]) -> list[OrganisationShare]:
    """By how many needs each is given, most first."""
    by: dict[UUID, list[PlanLine]] = {}
    for line in lines:
        if line.service is not None:
            by.setdefault(line.service.organisation_id, []).append(line)
    total = sum(map(len, by.values()))
    shares = [
        OrganisationShare(_owner(mine[0]), len(mine), len(mine) / total, *_cost(mine)) for mine in by.values()
    ]
    return sorted(shares, key=lambda each: (-each.needs, each.organisation.name))


def _owner(line: PlanLine) -> Organisation:
    assert line.service is not None  # noqa: S101  # for the type checker: only served lines come here
    return line.service.organisation


def _streets(session: Session, plan: Plan, lines: Sequence[PlanLine]) -> list[StreetSpend]:
    by: dict[str, list[PlanLine]] = {}
    for line in lines:
        by.setdefault(line.need.unit_code[:STREET_DIGITS], []).append(line)
    query = (
        select(AdministrativeUnit).where(AdministrativeUnit.code.in_(by)).order_by(AdministrativeUnit.code)
    )
    budgets = {each.unit_code: each.amount for each in plan.budgets}
    spends = []
    for unit in session.scalars(query):
        served = [line for line in by[unit.code] if line.service is not None]
        spends.append(
            StreetSpend(unit, len(by[unit.code]), len(served), *_cost(served), budgets.get(unit.code))
        )
    return spends


def _cost(lines: Sequence[PlanLine]) -> tuple[Decimal, int]:
    """What is known of the cost, and of how many nothing is known."""
    known = [line.cost for line in lines if line.cost is not None]
    return sum(known, Decimal(0)), len(lines) - len(known)


def _moved_on(session: Session, plan: Plan, act: Act) -> int:
    settled = phase_sql(act.at) != NeedPhase.STANDARDISED.value
    query = (
        select(func.count(PlanLine.id))
        .join(PlanLine.need)
        .where(PlanLine.plan_id == plan.id, or_(settled, newest_run_id() != PlanLine.run_id))
    )
    return session.scalar(query) or 0


def _model_versions(session: Session, plan: Plan) -> list[str]:
    query = select(MatchRun.model_version).join(PlanLine, PlanLine.run_id == MatchRun.id).distinct()
    return sorted(session.scalars(query.where(PlanLine.plan_id == plan.id)))
