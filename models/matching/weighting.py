"""What an area's matching weighs: what was learned and adopted there, records or not, or the standard."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher import Matcher
from matcher.weights import STANDARD, Weights
from models.matching.learning import LearningRun, MatchingRule


@dataclass(frozen=True)
class AreaWeights:
    """The rules and adopted runs of all areas; of a place those of the nearest area above it hold."""

    rules: list[MatchingRule]
    runs: list[LearningRun]

    def of(self, unit_code: str) -> Weights:
        """Learned weights and records both count until it is said otherwise."""
        rule = self.rule(unit_code)
        run = self.run(unit_code) if rule is None or rule.counts_learning else None
        weights = Weights.from_dict(run.weights) if run else STANDARD
        return weights if rule is None or rule.counts_records else replace(weights, record=0.0)

    def rule(self, unit_code: str) -> MatchingRule | None:
        """The newest rule."""
        above = [each for each in self.rules if unit_code.startswith(each.unit_code)]
        return max(above, key=lambda each: (len(each.unit_code), each.made_at), default=None)

    def run(self, unit_code: str) -> LearningRun | None:
        """The run adopted last that nobody has withdrawn: withdrawing it brings back the one before."""
        above = [each for each in self.runs if unit_code.startswith(each.unit_code)]
        return max(above, key=lambda each: (len(each.unit_code), each.adopted_at), default=None)


def area_weights(session: Session, at: datetime) -> AreaWeights:
    """What holds at an instant."""
    standing = LearningRun.withdrawn_at.is_(None) | (LearningRun.withdrawn_at > at)
    runs = select(LearningRun).where(LearningRun.adopted_at <= at, standing).order_by(LearningRun.made_at)
    rules = select(MatchingRule).where(MatchingRule.made_at <= at).order_by(MatchingRule.id)
    return AreaWeights(list(session.scalars(rules)), list(session.scalars(runs)))


def weighed_alike(session: Session, needs: pd.DataFrame, at: datetime) -> list[tuple[Weights, pd.DataFrame]]:
    """Needs in groups of one weighting."""
    known = area_weights(session, at)
    places = {code: known.of(code) for code in sorted(set(needs["unit_code"]))}
    digests = needs["unit_code"].map({code: weights.digest for code, weights in places.items()})
    distinct = {weights.digest: weights for weights in places.values()}
    return [(weights, needs[digests == digest]) for digest, weights in distinct.items()]


def weighted(model: Matcher, weights: Weights) -> Matcher:
    """The same fitted model with other weights; of the standard ones its version says nothing."""
    if weights == STANDARD:
        return model
    made = copy(model)
    made.weights = weights
    return made
