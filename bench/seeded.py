"""How well the matcher does on the seeded district, which has taught it nothing."""

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from matcher import check_needs, check_services, default_vocabulary
from matcher.candidates import Pairs
from matcher.topic import TOPICAL, TopicIndex
from matcher.weights import STANDARD

SEED = Path(__file__).parents[1] / "seed_data"
Scores = NDArray[np.float64]
Rows = list[tuple[str, list[float]]]


class Seeded:
    """Needs and services of the district; the codes that people gave them are not told to the matcher."""

    def __init__(self) -> None:
        self.needs, self.asked = sheet("needs")
        self.services, self.offered = sheet("services")
        self.index = TopicIndex(default_vocabulary()).fit(self.services)

    def reading(self) -> Rows:
        """How often the code that a person gave is the first, or among the first three, that is read."""
        place = self.index.code_reader_.place
        rows = []
        for name, evidence, given in (
            ("needs of the seeded district", self.index.read(self.needs).codes, self.asked),
            ("its services", self.index.codes_, self.offered),
        ):
            order = np.argsort(-evidence, axis=1, kind="stable").tolist()
            ranks = [
                min(ranked.index(place[code]) for code in codes)
                for ranked, codes in zip(order, given, strict=True)
            ]
            found = np.array(ranks)
            figures = [(found == 0).mean(), (found < 3).mean(), (1 / (found + 1)).mean()]
            rows.append((f"{len(found)} {name}", figures))
        return rows

    def pairs(self) -> tuple[dict[str, Scores], NDArray[np.bool_]]:
        """The topical signals of every pair, and whether the two share a code; (n_needs, n_services) each."""
        shape = (len(self.needs), len(self.services))
        everything = Pairs(*(rows.ravel() for rows in np.indices(shape)))
        told = self.index.signals(self.index.read(self.needs), everything)
        same = [[not set(mine).isdisjoint(theirs) for theirs in self.offered] for mine in self.asked]
        return {name: signal.reshape(shape) for name, signal in told.items()}, np.array(same)

    def made_gaps(self) -> Rows:
        """Gap AUC where gaps are made: whole catalogue against what shares none of a need's codes."""
        told, same = self.pairs()
        met = same.any(axis=1)
        rows = []
        for name, signals in (("matcher", TOPICAL), ("characters alone", ("characters",))):
            scores = weighed(told, signals)
            best = [scores[met].max(axis=1), np.where(same, 0, scores)[met].max(axis=1)]
            labels = np.repeat([1, 0], met.sum())
            rows.append((f"{name}, {met.sum()} needs", [roc_auc_score(labels, np.concatenate(best))]))
        return rows


def weighed(told: Mapping[str, Scores], signals: Collection[str] = TOPICAL) -> Scores:
    """These signals weighed as the standard does."""
    return np.sum([STANDARD.topic[name] * told[name] for name in TOPICAL if name in signals], axis=0)


def sheet(name: str) -> tuple[pd.DataFrame, list[list[str]]]:
    """A sheet as the matcher may see it, and the service codes that it may not."""
    table = pd.read_excel(SEED / f"{name}.xlsx", dtype=str, keep_default_na=False, engine="calamine")
    blank = table.assign(service_codes="", beneficiary_codes="")
    checked = check_needs(blank) if name == "needs" else check_services(blank)
    return checked, table["service_codes"].str.split(";").tolist()
