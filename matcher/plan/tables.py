"""What the sheets say of a plan: units, capacity, prices, candidates; and what has to be assumed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matcher.eligibility import REFUSED
from matcher.offer import is_per_head
from matcher.plan.edits import Fixed
from matcher.plan.program import Floats, Ints, Marks
from matcher.sheets import SheetError

CAPACITY_UNKNOWN, PRICE_UNKNOWN, UNSCORED = "capacity_unknown", "price_unknown", "unscored"


@dataclass(frozen=True)
class Asked:
    """The needs in order of id; `units` is 1 for a need taken as a whole, which then takes `people` heads."""

    table: pd.DataFrame
    units: Floats
    whole: Marks
    people: Floats

    @classmethod
    def of(cls, needs: pd.DataFrame) -> "Asked":
        """From a checked needs table; raises SheetError on units that are no whole number from 1 up."""
        table = needs.sort_values("need_id", kind="stable", ignore_index=True)
        stated = amounts(table, "units", "needs")
        for units, need_id in zip(stated, table["need_id"], strict=True):
            if not np.isnan(units) and (units < 1 or units % 1):
                raise SheetError("bad_units", file="needs", need_id=need_id, value=float(units))
        people = np.ceil(np.fmax(table["affected_people"].to_numpy(float), 1.0))
        whole = np.isnan(stated)
        return cls(table, np.where(whole, 1.0, stated), whole, people)


@dataclass(frozen=True)
class Offered:
    """The services in order of id; an unknown capacity is room for a stated number of needs."""

    table: pd.DataFrame
    capacity: Floats
    assumed: Marks
    per_head: Marks
    price: Floats
    price_per_head: Marks
    newcomer: Marks

    @classmethod
    def of(cls, services: pd.DataFrame, unknown_capacity: int) -> "Offered":
        """From a checked services table."""
        table = services.sort_values("service_id", kind="stable", ignore_index=True)
        free = table["capacity_free"].to_numpy(float)
        capacity = np.where(np.isnan(free), table["capacity_per_year"].to_numpy(float), free)
        assumed = np.isnan(capacity)
        units = table["capacity_unit"].where(table["capacity_unit"] != "", table["price_unit"])
        said = table["newcomer"].astype(str) if "newcomer" in table else pd.Series("", index=table.index)
        return cls(
            table,
            np.where(assumed, float(unknown_capacity), np.floor(capacity)),
            assumed,
            is_per_head(units) & ~assumed,
            table["unit_price_yuan"].to_numpy(float),
            is_per_head(table["price_unit"]),
            said.str.strip().str.lower().isin({"yes", "是", "true", "1"}).to_numpy(bool),
        )


@dataclass(frozen=True)
class Candidates:
    """The pairs that may be planned, in order of need and service, by their rows.

    Attributes
    ----------
    score : array of shape (n,)
    take, cost : arrays of shape (n,)
        Capacity in the service's own unit, and yuan, that one unit of the need takes; NaN: nobody knows.
    least : array of shape (n,)
        Units that are forced or agreed.
    unscored : array of shape (n,)
        Fixed by hand, and not in the run.
    forbidden, refused : arrays of rows
        The needs whose candidates people, or the limits of the run, have taken out; a need once for each.
    """

    need: Ints
    service: Ints
    score: Floats
    take: Floats
    cost: Floats
    least: Floats
    unscored: Marks
    forbidden: Ints
    refused: Ints

    @classmethod
    def of(cls, matches: pd.DataFrame, asked: Asked, offered: Offered, fixed: Fixed) -> "Candidates":
        """From a run; raises SheetError on unknown ids, pairs twice and scores that are no numbers >= 0."""
        need, service, score = _read(matches, asked, offered)
        out = _refused(matches)
        refused, need, service, score = need[out], need[~out], service[~out], score[~out]
        need_row = {name: row for row, name in enumerate(asked.table["need_id"])}
        service_row = {name: row for row, name in enumerate(offered.table["service_id"])}
        width = max(len(service_row), 1)
        key = need * width + service
        forbidden = [need_row[a] * width + service_row[b] for a, b in fixed.forbidden]
        kept = ~np.isin(key, np.array(forbidden, dtype=np.int64))
        wanted = {need_row[a] * width + service_row[b]: (a, b) for a, b in fixed.pairs}
        added = np.array(sorted(set(wanted) - set(key.tolist())), dtype=np.int64)
        key = np.concatenate([key[kept], added])
        barred = need[~kept]
        score = np.concatenate([score[kept], np.zeros(len(added))])
        unscored = np.arange(len(key)) >= len(key) - len(added)
        order = np.argsort(key, kind="stable")
        key, score, unscored = key[order], score[order], unscored[order]
        need, service = key // width, key % width
        heads = np.where(asked.whole[need], asked.people[need], 1.0)
        take = np.where(offered.per_head[service], heads, 1.0)
        cost = offered.price[service] * np.where(offered.price_per_head[service], heads, 1.0)
        # What a service without a price will cost is at most what the need has to spend.
        budget = asked.table["budget_yuan"].to_numpy(float) / asked.units
        cost = np.where(np.isnan(cost), budget[need], cost)
        least = np.zeros(len(key))
        for at, pair in ((np.searchsorted(key, k), pair) for k, pair in wanted.items()):
            said = [units or 1.0 for units in (fixed.forced.get(pair, 0.0), fixed.agreed.get(pair, 0.0))]
            least[at] = 1.0 if asked.whole[need[at]] else max(said)
        return cls(need, service, score, take, cost, least, unscored, barred, refused)

    def __len__(self) -> int:
        return len(self.need)

    def stood(self, before: pd.DataFrame | None, asked: Asked, offered: Offered) -> Marks:
        """Which of the pairs an earlier plan had; what it had and is no candidate any more is left aside."""
        if before is None:
            return np.zeros(len(self), dtype=bool)
        pairs = set(zip(before["need_id"], before["service_id"], strict=True))
        need_ids, service_ids = asked.table["need_id"].to_numpy(), offered.table["service_id"].to_numpy()
        mine = zip(need_ids[self.need], service_ids[self.service], strict=True)
        return np.array([pair in pairs for pair in mine], dtype=bool)


def _read(matches: pd.DataFrame, asked: Asked, offered: Offered) -> tuple[Ints, Ints, Floats]:
    """Rows of the needs and services, and scores, of a run."""
    for column in ("need_id", "service_id", "score"):
        if column not in matches:
            raise SheetError("missing_column", file="matches", column=column)
    rows = []
    for column, table in (("need_id", asked.table), ("service_id", offered.table)):
        found = pd.Index(table[column]).get_indexer(pd.Index(matches[column]))
        if (found < 0).any():
            value = str(matches[column].iloc[int(np.argmax(found < 0))])
            raise SheetError("unknown_id", file="matches", column=column, value=value)
        rows.append(found.astype(np.int64))
    score = amounts(matches, "score", "matches")
    bad = ~(np.isfinite(score) & (score >= 0))
    twice = pd.Series(rows[0] * max(len(offered.table), 1) + rows[1]).duplicated().to_numpy()
    for code, wrong in (("bad_score", bad), ("duplicate_pair", twice)):
        if wrong.any():
            row = matches.iloc[int(np.argmax(wrong))]
            pair = {"need_id": row["need_id"], "service_id": row["service_id"]}
            raise SheetError(code, file="matches", **pair)
    return rows[0], rows[1], score


def _refused(matches: pd.DataFrame) -> Marks:
    """The pairs that a limit of the run has refused; they stand in it to be seen only."""
    if "verdict" not in matches:
        return np.zeros(len(matches), dtype=bool)
    return (matches["verdict"] == REFUSED).to_numpy(bool)


def amounts(table: pd.DataFrame, column: str, file: str) -> Floats:
    """A column as numbers; NaN where it is blank or missing, SheetError where it is no number."""
    if column not in table:
        return np.full(len(table), np.nan)
    cells = table[column].map(lambda cell: np.nan if isinstance(cell, str) and not cell.strip() else cell)
    numbers = pd.to_numeric(cells, errors="coerce")
    bad = numbers.isna() & cells.notna()
    if bad.any():
        raise SheetError("bad_number", file=file, column=column, value=str(cells[bad].iloc[0]))
    return numbers.to_numpy(float)
