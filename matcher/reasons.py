"""Reason codes of a pair: what speaks for it, read off its signals, then what its limits found."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.area import AT_HOME, IN_CITY, IN_DISTRICT, IN_STREET
from matcher.features import EVALUATIONS, NOT_KNOWN, RECORD

# From which value on a signal is worth saying; below it the pair merely shares what all texts share.
_WORTH_SAYING: Mapping[str, tuple[float, str]] = {
    "characters": (0.45, "shared_words"),
    "groups": (0.1, "same_group"),
}
_SAME_CODE, _NEAR_CODE = 0.45, 0.1
_PLACES = {
    IN_STREET: "in_street",
    AT_HOME: "home_district",
    IN_DISTRICT: "in_district",
    IN_CITY: "citywide",
}
_FRESH = 0.75
# From how far off the mean of its kind a record is worth saying; a newcomer's allowance always is.
_GOOD, _POOR = 0.55, 0.45
Floats = NDArray[np.float64]
FOR_REASONS = (
    "same_code",
    "near_code",
    *(code for _, code in _WORTH_SAYING.values()),
    "price_within_budget",
    "budget_covers_part",
    "capacity_for_all",
    "capacity_for_part",
    *_PLACES.values(),
    "verified_recently",
    "good_record",
    "record_as_others",
    "poor_record",
    "newcomer",
)


def reasons(signals: Mapping[str, float], findings: Sequence[str]) -> list[str]:
    """Codes of what speaks for the pair, most telling first, then `findings` as they are."""
    found = []
    if signals["codes"] >= _SAME_CODE:
        found.append("same_code")
    elif signals["codes"] >= _NEAR_CODE:
        found.append("near_code")
    found += [code for name, (least, code) in _WORTH_SAYING.items() if signals[name] >= least]
    if "place" in signals:
        found += _practical(signals, set(findings))
    return [*found, *findings]


def reason_lists(signals: Mapping[str, Floats], findings: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """`reasons` of many pairs: signals of shape (n_pairs,), the codes found of each pair."""
    pattern = np.zeros(len(findings), dtype=np.int64)
    for flags in _thresholds(signals):
        pattern = pattern * 2 + flags
    known: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    lists = []
    for at, key in enumerate(zip(pattern.tolist(), findings, strict=True)):
        if key not in known:
            known[key] = reasons({name: float(values[at]) for name, values in signals.items()}, findings[at])
        lists.append(list(known[key]))
    return lists


def _thresholds(signals: Mapping[str, Floats]) -> Iterator[NDArray[np.bool_]]:
    """All that `reasons` asks of the signals."""
    yield signals["codes"] >= _SAME_CODE
    yield signals["codes"] >= _NEAR_CODE
    for name, (least, _) in _WORTH_SAYING.items():
        yield signals[name] >= least
    if "place" in signals:
        yield signals["price"] == 1
        yield signals["scale"] == 1
        yield signals["freshness"] >= _FRESH
        for near in _PLACES:
            yield signals["place"] == near
        yield signals[EVALUATIONS] > 0
        yield signals[RECORD] >= _GOOD
        yield signals[RECORD] > NOT_KNOWN
        yield signals[RECORD] <= _POOR


def _practical(signals: Mapping[str, float], findings: set[str]) -> list[str]:
    found = []
    if not findings & {"price_unknown", "price_above_budget", "stale_entry"}:
        found.append("price_within_budget" if signals["price"] == 1 else "budget_covers_part")
    if not findings & {"capacity_unknown", "no_free_capacity", "stale_entry"}:
        found.append("capacity_for_all" if signals["scale"] == 1 else "capacity_for_part")
    if signals["place"] in _PLACES:
        found.append(_PLACES[signals["place"]])
    if signals["freshness"] >= _FRESH:
        found.append("verified_recently")
    return [*found, *_record(signals)]


def _record(signals: Mapping[str, float]) -> list[str]:
    """How it has done its work before, or that it has not been asked yet where others have."""
    if not signals[EVALUATIONS]:
        return ["newcomer"] if signals[RECORD] > NOT_KNOWN else []
    if signals[RECORD] >= _GOOD:
        return ["good_record"]
    return ["poor_record"] if signals[RECORD] <= _POOR else ["record_as_others"]
