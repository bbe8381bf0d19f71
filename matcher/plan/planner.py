"""The planner: which organisation serves which need, under all limits at once."""

import numpy as np
import pandas as pd

from matcher.plan.edits import Edits, read_edits
from matcher.plan.fair import fair_matching, fair_search
from matcher.plan.infeasible import broken, too_few_newcomers
from matcher.plan.matching import Matching
from matcher.plan.problem import Problem, Rules
from matcher.plan.program import Floats, Program
from matcher.plan.result import INFEASIBLE, NONE_FOUND, Plan
from matcher.plan.search import Solution, search
from matcher.plan.stopwatch import Stopwatch
from matcher.plan.tables import Asked, Candidates, Offered
from matcher.plan.written import no_plan, written
from matcher.sheets import SheetError, check_needs, check_services


class Planner:
    """Assign needs to services so that the total score is highest.

    Parameters
    ----------
    max_share : float, optional
        The most one organisation may get, from 0 to 1, of all units that are asked.
    fair : bool
        Place as many units as can be, the worst placed as well as can be, and only then the highest total.
    newcomer_share : float, optional
        The least that services marked `newcomer` get, from 0 to 1, of all units that are asked.
    alternates : int
        How many stand-ins each need is given.
    unknown_capacity : int
        How many needs a service can take that does not say what it can take; such pairs are flagged.
    stability : float
        What a unit counts more where `before` has it, in points of score.
    gap : float
        The relative gap at which a plan is good enough.
    time_limit : float
        Seconds to search, which only budgets and shares need. A search that ends before its time is up ends
        alike on every machine.
    """

    def __init__(
        self,
        max_share: float | None = None,
        newcomer_share: float | None = None,
        alternates: int = 3,
        unknown_capacity: int = 1,
        stability: float = 0.0,
        gap: float = 0.001,
        time_limit: float = 60.0,
        *,
        fair: bool = False,
    ) -> None:
        self.max_share = max_share
        self.newcomer_share = newcomer_share
        self.alternates = alternates
        self.unknown_capacity = unknown_capacity
        self.stability = stability
        self.gap = gap
        self.time_limit = time_limit
        self.fair = fair

    def plan(
        self,
        needs: pd.DataFrame,
        matches: pd.DataFrame,
        services: pd.DataFrame,
        budgets: pd.DataFrame | None = None,
        forced: Edits = (),
        forbidden: Edits = (),
        agreed: Edits = (),
        before: pd.DataFrame | None = None,
    ) -> Plan:
        """Make the plan; raises SheetError on a table that cannot be read as it is.

        Parameters
        ----------
        needs, services : DataFrame
            Columns of `NEED_COLUMNS` and `SERVICE_COLUMNS`; needs may say `units`, services `newcomer` (yes).
            A need with `units` may be divided among services; one without is a whole, and takes its
            affected_people of a capacity that is counted by heads and 1 of any other.
        matches : DataFrame
            A run of `Matcher.match`: need_id, service_id, score; the pairs that may be planned.
        budgets : DataFrame, optional
            budget_yuan and any columns of the needs or services (street, org_id ...): a row holds for the
            pairs that agree with every cell it fills in. What a unit costs is the service's price, by heads
            where it is sold so; without a price, what the need has to spend.
        forced, forbidden, agreed : iterables of (need_id, service_id[, units]), or DataFrames
            Pairs that must, may not, and already are to be in the plan; whole needs ignore the units.
        before : DataFrame, optional
            need_id and service_id of a plan that the new one should stay near to, see `stability`.
        """
        self._check()
        watch = Stopwatch(self.time_limit)
        problem = self._problem(
            check_needs(needs), matches, check_services(services), budgets, forced, forbidden, agreed, before
        )
        binding = broken(problem) or too_few_newcomers(problem, watch)
        if binding:
            return no_plan(problem, INFEASIBLE, binding)
        solution = self._solved(problem, watch)
        if solution.infeasible:
            return no_plan(problem, INFEASIBLE, problem.limits[-1:])
        if solution.x is None:
            return no_plan(problem, NONE_FOUND, ())
        return written(problem, solution, self.alternates, self.gap)

    def _problem(
        self,
        needs: pd.DataFrame,
        matches: pd.DataFrame,
        services: pd.DataFrame,
        budgets: pd.DataFrame | None,
        forced: Edits,
        forbidden: Edits,
        agreed: Edits,
        before: pd.DataFrame | None,
    ) -> Problem:
        asked, offered = Asked.of(needs), Offered.of(services, self.unknown_capacity)
        fixed = read_edits(forced, forbidden, agreed, asked.table["need_id"], offered.table["service_id"])
        candidates = Candidates.of(matches, asked, offered, fixed)
        bonus = np.where(candidates.stood(before, asked, offered), self.stability, 0.0)
        rules = Rules(self.max_share, self.newcomer_share, budgets)
        return Problem.of(asked, offered, fixed, candidates, bonus, rules)

    def _solved(self, problem: Problem, watch: Stopwatch) -> Solution:
        """What is fixed, and the best beside it."""
        program, least = problem.program, problem.candidates.least
        left = program.after(least)
        columns = np.flatnonzero(left.upper > 0)
        solution = self._best(left.only(columns), watch)
        if solution.x is None:
            return solution
        x = least.copy()
        x[columns] += solution.x
        bound = solution.bound + float(program.value @ least)
        return Solution(x, bound, settled=solution.settled)

    def _best(self, program: Program, watch: Stopwatch) -> Solution:
        matching = Matching.of(program)
        if matching is None:
            return fair_search(program, watch, self.gap) if self.fair else search(program, watch, self.gap)
        every = np.ones(len(program), dtype=bool)
        x: Floats = fair_matching(matching) if self.fair else matching.best(every, all_units=False)
        return Solution(x, float(program.value @ x))

    def _check(self) -> None:
        for name in ("max_share", "newcomer_share"):
            share = getattr(self, name)
            if share is not None and not 0 <= share <= 1:
                raise SheetError("bad_share", option=name, value=share)
        for name in ("alternates", "unknown_capacity", "stability", "gap", "time_limit"):
            if not getattr(self, name) >= 0:
                raise SheetError("negative_number", option=name, value=getattr(self, name))
