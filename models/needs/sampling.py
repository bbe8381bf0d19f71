"""Who answered, held against who lives there (demands 14 and 25).

Within a dimension (age, sex ...) only the strata whose population is known are compared. A stratum is skewed
when its share of the respondents is less than half or more than twice its share of the population. A whole
dimension is skewed when the chi-square statistic of goodness of fit passes its 5 % point. Both are said only
from MINIMUM_SAMPLE respondents on; below that the one thing to say is that they are too few.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.needs.assessment import Assessment
from models.parties.strata import STRATA
from models.parties.unit import AdministrativeUnit

LEAST_RATIO, MOST_RATIO = 0.5, 2.0
MINIMUM_SAMPLE = 30
CHI_SQUARE_5_PERCENT = {1: 3.841, 2: 5.991, 3: 7.815, 4: 9.488, 5: 11.070}


class Dimension(StrEnum):
    """What strata divide people by."""

    AGE = "age"
    SEX = "sex"
    TENURE = "tenure"
    REGISTRATION = "registration"


class Skew(StrEnum):
    """How a stratum stands in the sample."""

    UNKNOWN = "unknown"  # its population is not known, or too few answered
    FITTING = "fitting"
    UNDER = "under"
    OVER = "over"


@dataclass(frozen=True)
class StratumShare:
    """One stratum: how many answered, how many live there, and how the two shares compare."""

    stratum: str
    respondents: int
    population: int | None
    share: float | None
    population_share: float | None
    skew: Skew

    @property
    def ratio(self) -> float | None:
        """Share of respondents by share of population."""
        if self.share is None or not self.population_share:
            return None
        return self.share / self.population_share


@dataclass(frozen=True)
class DimensionSample:
    """One dimension with its strata; `n` counts the respondents whose stratum's population is known."""

    dimension: Dimension
    n: int
    strata: tuple[StratumShare, ...]
    chi_square: float | None
    degrees: int

    @property
    def differs(self) -> bool:
        """Whether chance alone explains the difference badly (5 %)."""
        return self.chi_square is not None and self.chi_square > CHI_SQUARE_5_PERCENT[self.degrees]

    @property
    def skewed(self) -> tuple[StratumShare, ...]:
        """The strata to warn of."""
        return tuple(each for each in self.strata if each.skew in {Skew.UNDER, Skew.OVER})

    @property
    def too_small(self) -> bool:
        """Whether somebody was counted, but too few to say anything."""
        return 0 < self.n < MINIMUM_SAMPLE


@dataclass(frozen=True)
class Representativeness:
    """The whole sample: the dimensions that were counted, and the coverage meter."""

    participants: int
    population: int | None
    dimensions: tuple[DimensionSample, ...]
    strata_known: int
    strata_reached: int

    @property
    def is_skewed(self) -> bool:
        """Whether any stratum is to be warned of."""
        return any(each.skewed for each in self.dimensions)

    @property
    def rate(self) -> float | None:
        """Participants by population."""
        return self.participants / self.population if self.population else None

    @property
    def coverage(self) -> float | None:
        """The share of the unit's known strata from which at least one person was heard (demand 14)."""
        return self.strata_reached / self.strata_known if self.strata_known else None


def representativeness(assessment: Assessment, unit: AdministrativeUnit) -> Representativeness:
    """The sample of an assessment against the population of a unit."""
    answered = {row.stratum: row.respondents for row in assessment.respondents}
    living = {row.stratum: row.people for row in unit.strata if row.people > 0}
    samples = [_sample(dimension, answered, living) for dimension in Dimension]
    return Representativeness(
        participants=sum(method.participants for method in assessment.methods),
        population=unit.population,
        dimensions=tuple(each for each in samples if any(row.respondents for row in each.strata)),
        strata_known=len(living),
        strata_reached=sum(1 for stratum in living if answered.get(stratum)),
    )


def _sample(dimension: Dimension, answered: dict[str, int], living: dict[str, int]) -> DimensionSample:
    known = [stratum for stratum in STRATA[dimension] if stratum in living]
    n = sum(answered.get(stratum, 0) for stratum in known)
    people = sum(living[stratum] for stratum in known)
    rows = [
        _share(stratum, answered.get(stratum, 0), living.get(stratum), n, people)
        for stratum in STRATA[dimension]
        if stratum in living or answered.get(stratum)
    ]
    chi_square = None
    if len(known) > 1 and n >= MINIMUM_SAMPLE:
        expected = {stratum: n * living[stratum] / people for stratum in known}
        chi_square = sum((answered.get(s, 0) - expected[s]) ** 2 / expected[s] for s in known)
    return DimensionSample(dimension, n, tuple(rows), chi_square, len(known) - 1)


def _share(stratum: str, respondents: int, population: int | None, n: int, people: int) -> StratumShare:
    if population is None or n == 0:
        return StratumShare(stratum, respondents, population, None, None, Skew.UNKNOWN)
    share, expected = respondents / n, population / people
    skew = Skew.FITTING
    if n < MINIMUM_SAMPLE:
        skew = Skew.UNKNOWN
    elif share < LEAST_RATIO * expected:
        skew = Skew.UNDER
    elif share > MOST_RATIO * expected:
        skew = Skew.OVER
    return StratumShare(stratum, respondents, population, share, expected, skew)
