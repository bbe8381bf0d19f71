"""A survey's result: how many answered, the mean, the share satisfied with its 95 % interval, by stratum.

An answer is one person's. Its own mean is that of the items the person rated; it is satisfied at 4 or more,
and valid when at least one item was rated. Under LEAST_VALID valid answers a survey is not rated, and no part
of under LEAST_IN_STRATUM answers is shown by itself, nor can it be had by taking the others from the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from statsmodels.stats.proportion import proportion_confint

LEAST_VALID = 20
LEAST_IN_STRATUM = 5
SATISFIED = 4
ERROR = 0.05
Values = Mapping[str, int | None]


@dataclass(frozen=True)
class Sheet:
    """One answer: its stratum (None: one of the small ones), and 1 to 5 or None an item."""

    stratum: str | None
    values: Values

    @property
    def rated(self) -> list[int]:
        """What was rated."""
        return [value for value in self.values.values() if value is not None]

    @property
    def mean(self) -> float:
        """The mean of what was rated; a valid sheet has one."""
        return sum(self.rated) / len(self.rated)


@dataclass(frozen=True)
class Tally:
    """So many answers, their mean, how many of them satisfied, and that share with its interval."""

    valid: int
    mean: float
    satisfied: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class SurveyResult:
    """What a survey says. Without enough valid answers it says how many there were, and nothing else."""

    invited: int
    answered: int
    valid: int
    overall: Tally | None
    items: Mapping[str, Tally]
    strata: Mapping[str | None, Tally]
    """None: all strata that are too small to be shown."""

    @property
    def response_rate(self) -> float:
        """Of all that were drawn, how many answered; whoever could not be asked counts as drawn."""
        return self.answered / self.invited if self.invited else 0.0

    @property
    def is_rated(self) -> bool:
        """Whether there are enough valid answers."""
        return self.overall is not None


def wilson(satisfied: int, valid: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); unlike the usual one it holds for few answers."""
    low, high = proportion_confint(satisfied, valid, alpha=ERROR, method="wilson")
    return max(0.0, float(low)), min(1.0, float(high))


def tally(means: Sequence[float]) -> Tally:
    """The figures of some answers, at least one."""
    satisfied = sum(each >= SATISFIED for each in means)
    low, high = wilson(satisfied, len(means))
    return Tally(len(means), sum(means) / len(means), satisfied, satisfied / len(means), low=low, high=high)


def small_strata(counts: Mapping[str, int], together: int = 0) -> frozenset[str]:
    """The strata to be shown together: all with too few answers, and further ones until they are enough.

    So many are `together` already, whose stratum is not known any more.
    """
    small: set[str] = set()
    for stratum, count in sorted(counts.items(), key=lambda each: (each[1], each[0])):
        if count >= LEAST_IN_STRATUM and (not together or together >= LEAST_IN_STRATUM):
            break
        small.add(stratum)
        together += count
    return frozenset(small)


def survey_result(sheets: Iterable[Sheet], invited: int) -> SurveyResult:
    """The result of all the sheets of a survey whose sample was `invited` people."""
    answered = list(sheets)
    valid = [each for each in answered if each.rated]
    if len(valid) < LEAST_VALID:
        return SurveyResult(invited, len(answered), len(valid), None, {}, {})
    return SurveyResult(
        invited,
        len(answered),
        len(valid),
        tally([each.mean for each in valid]),
        _items(valid),
        _strata(valid),
    )


def _items(valid: Sequence[Sheet]) -> dict[str, Tally]:
    codes = dict.fromkeys(code for each in valid for code in each.values)
    rated = {code: [v for each in valid if (v := each.values.get(code)) is not None] for code in codes}
    return {code: tally(values) for code, values in rated.items() if len(values) >= LEAST_IN_STRATUM}


def _strata(valid: Sequence[Sheet]) -> dict[str | None, Tally]:
    counts = Counter(each.stratum for each in valid if each.stratum is not None)
    small = small_strata(counts, len(valid) - counts.total())
    groups: dict[str | None, list[float]] = {}
    for each in valid:
        place = each.stratum if each.stratum not in small else None
        groups.setdefault(place, []).append(each.mean)
    shown = {key: means for key, means in groups.items() if len(means) >= LEAST_IN_STRATUM}
    return {key: tally(shown[key]) for key in sorted(shown, key=lambda key: (key is None, key or ""))}
