"""What each signal counts for: fixed, documented, none negative: more agreement never lowers a score."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from matcher.features import PRACTICAL
from matcher.topic import TOPICAL

Floats = NDArray[np.float64]
# The topic decides; the practical signals share out PRACTICAL_SHARE of it, so an unfitting service gains
# nothing by being near and cheap.
TOPIC_WEIGHTS: Mapping[str, float] = {
    "characters": 0.4,
    "codes": 0.52,
    "groups": 0.08,
}
PRACTICAL_SHARE = 0.2
PRACTICAL_WEIGHTS: Mapping[str, float] = {"price": 0.35, "scale": 0.2, "place": 0.35, "freshness": 0.1}
SIGNALS = (*TOPICAL, *PRACTICAL)


def contributions(topical: Mapping[str, Floats], practical: Mapping[str, Floats] | None) -> dict[str, Floats]:
    """What each signal adds to the score, in the order of `SIGNALS`; without practical ones, topic only."""
    share = 0.0 if practical is None else PRACTICAL_SHARE
    parts = {name: TOPIC_WEIGHTS[name] * topical[name] for name in TOPICAL}
    topic = total(parts)
    added = {name: (1 - share) * parts[name] for name in TOPICAL}
    for name in PRACTICAL:
        signal = np.zeros_like(topic) if practical is None else practical[name]
        added[name] = share * topic * PRACTICAL_WEIGHTS[name] * signal
    return added


def total(parts: Mapping[str, Floats]) -> Floats:
    """The sum in the order given, so that it is the same number wherever it is taken."""
    first, *others = parts.values()
    score = first.copy()
    for part in others:
        score += part
    return score
