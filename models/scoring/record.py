"""The track record of an organisation in one service code: what it is made of, line by line."""

from dataclasses import dataclass
from datetime import date

from models.scoring.shrinkage import Spread


@dataclass(frozen=True)
class Parameters:
    """What a record is worked out with: days, points, and counts of marks or organisations."""

    half_life: int = 730
    reach: float = 15.0
    least_hold: float = 2.0
    allowance: float = 1.0
    least_others: int = 3
    deviation_hold: int = 3

    @property
    def most_from_one(self) -> float:
        """The furthest a single evaluation moves the record it is about, in points."""
        return 2 * self.reach / (1 + self.least_hold)


@dataclass(frozen=True)
class Mark:
    """One evaluated contract: its points from 0 to 100 in one service code, and who evaluated it."""

    source: str
    organisation: str
    code: str
    domain: str
    evaluator: str
    points: float
    on: date


@dataclass(frozen=True)
class Counted:
    """A mark as it counts: less the evaluator's deviation, within reach of the mean, and its weight."""

    mark: Mark
    deviation: float
    corrected: float
    counted: float
    weight: float


@dataclass(frozen=True)
class Record:
    """A track record: (hold x mean of its kind + sum of weight x counted) / (hold + sum of weights).

    `level` says whose mean it is: of the code, of its domain, of all, or the starting values.
    """

    code: str
    level: str
    spread: Spread
    hold: float
    lines: tuple[Counted, ...]
    allowance: float
    """What is added because little is known: the whole of it for a newcomer, less with every mark."""

    @property
    def weight(self) -> float:
        """The sum of the weights of its marks."""
        return sum(line.weight for line in self.lines)

    @property
    def points(self) -> float:
        """The record, from 0 to 100, without the allowance."""
        marks = sum(line.weight * line.counted for line in self.lines)
        return (self.hold * self.spread.mean + marks) / (self.hold + self.weight)

    @property
    def above(self) -> float:
        """Points above the mean of its kind, or below it, with the allowance."""
        return self.points + self.allowance - self.spread.mean


CODE, DOMAIN, EVERYWHERE, STARTING = "code", "domain", "all", "start"
