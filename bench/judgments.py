"""Graded judgments of what fits what, and how a run is measured by them."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

KINDS = ("direct", "medium", "colloquial", "two-facet")
GAP = "gap"
Grades = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Judgments:
    """need -> service -> grade (0 to 3), and how hard each need was meant to be; `gap` needs fit nothing."""

    grades: Grades
    kinds: Mapping[str, str]

    @classmethod
    def read(cls, folder: Path) -> "Judgments":
        """Read qrels.csv and difficulty.csv."""
        grades: dict[str, dict[str, int]] = defaultdict(dict)
        for row in _rows(folder / "qrels.csv"):
            grades[row["need_id"]][row["service_id"]] = int(row["grade"])
        kinds = {row["need_id"]: row["difficulty"] for row in _rows(folder / "difficulty.csv")}
        return cls(grades, kinds)

    def of_kind(self, kind: str = "") -> list[str]:
        """The needs of one kind, or all that something fits."""
        return [need for need, its in self.kinds.items() if its != GAP and kind in ("", its)]


@dataclass(frozen=True)
class Measured:
    """The figures of one need."""

    ndcg10: float
    recall20: float
    unjudged10: float


def measure(scores: NDArray[np.float64], service_ids: list[str], grades: Mapping[str, int]) -> Measured:
    """nDCG@10 with gain 2^grade - 1, recall@20 of grades from 1, share of the first ten nobody judged."""
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], service_ids[place]))
    ranked = [service_ids[place] for place in order]
    found = [grades.get(service, 0) for service in ranked]
    fitting = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    return Measured(
        ndcg10=_gain(found[:10]) / _gain(fitting[:10]) if fitting else 0.0,
        recall20=sum(grade > 0 for grade in found[:20]) / max(1, len(fitting)),
        unjudged10=sum(service not in grades for service in ranked[:10]) / 10,
    )


def gap_auc(best: Mapping[str, float], judgments: Judgments) -> float:
    """The chance that a need something fits has a higher best score than one that nothing fits."""
    gaps = [best[need] for need, kind in judgments.kinds.items() if kind == GAP]
    rest = [best[need] for need in judgments.of_kind()]
    wins = [(other > gap) + 0.5 * (other == gap) for gap in gaps for other in rest]
    return float(np.mean(wins)) if wins else float("nan")


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / float(np.log2(place + 2)) for place, grade in enumerate(grades))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
