"""Learning in words: how a run stands, what it would change, and for whom."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from models.matching.learning import LearningPhase, LearningRun
from models.matching.makeup import Age, Size
from web.format import percent
from web.labels import label
from web.labels.learning import TONES
from web.labels.matching import PARTS

Decide = Callable[..., None]
KINDS = {"size": Size, "age": Age}


def tone(phase: LearningPhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def quality(run: LearningRun) -> str:
    """nDCG@10 before and after, on needs it had not seen; or that there was too little."""
    if run.trained_at is None:
        return _("训练好了才知道")
    if not run.learned:
        return _("审核太少，没有学到")
    ndcg = run.metrics["ndcg"]
    return _("%(before)s → %(after)s", before=f"{ndcg['before']:.3f}", after=f"{ndcg['after']:.3f}")


def weights(run: LearningRun) -> list[list[str]]:
    """Each topical signal with what it weighed and would weigh."""
    before, after = run.parameters["before"]["topic"], run.weights["topic"]
    return [
        [str(PARTS[name]), percent(before[name], 0), percent(after[name], 0)]
        for name in before
        if name in PARTS
    ]


def groups(told: Mapping[str, Mapping[str, float]], by: str) -> list[list[str]]:
    """Shares of exposure by size or age, before and after; every group has a line."""
    before, after = told["before"], told["after"]
    return [
        [label(group), percent(before.get(group, 0.0), 1), percent(after.get(group, 0.0), 1)]
        for group in KINDS[by]
        if group in before or group in after
    ]


def shares(told: Mapping[str, float], by: str) -> list[tuple[str, float]]:
    """Shares of exposure by size or age, in per cent."""
    return [(label(group), round(100 * told[group], 1)) for group in KINDS[by] if group in told]


def score(value: float) -> str:
    """A score to the hundredth."""
    return f"{value:.2f}"


def figure(value: Any) -> str:
    """A coefficient between 0 and 1."""
    return f"{value:.3f}"
