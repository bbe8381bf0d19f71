"""The plan of a district: which organisation serves which need, under capacity, budgets, shares and edits.

plan = Planner(fair=True).plan(needs, matches, services)    # Plan: assignments, unserved, status, bound, gap
plan = Planner(max_share=0.1).plan(needs, matches, services, budgets=budgets, forced=[("N1", "S2")])
compare(before, after)                                      # Comparison: what changed for whom, what it cost
"""

from matcher.plan.compare import Comparison, compare
from matcher.plan.limits import Limit
from matcher.plan.planner import Planner
from matcher.plan.result import Plan

__all__ = ["Comparison", "Limit", "Plan", "Planner", "compare"]
