"""Needs worth one tender: the same thing, for like people, in one street or the next, in months that meet.

Every two needs of a bundle could be bought together; a chain of neighbours is no bundle. Precision comes
first, as what is bought together by mistake fits no neighbourhood: what is not known agrees with nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from matcher.codes import code_reader
from matcher.sheets import check_needs, split_lists
from matcher.vocabulary import Kind, Vocabulary, default_vocabulary

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]

BUNDLE_COLUMNS = (
    "bundle_id",
    "need_id",
    "alone",
    "coherence",
    "service_codes",
    "beneficiary_codes",
    "streets",
    "months",
    "people",
    "people_unknown",
    "budget_yuan",
    "budget_unknown",
)
# Why a need is in no bundle: it does not say enough, or no other agrees with it.
LACKING, NO_PARTNER = ("no_code", "no_people", "no_month", "no_place"), "no_partner"

_CLEAR: dict[Kind, float] = {"service": 0.7, "beneficiary": 0.4}  # evidence from which a text says a code
_SAME_PEOPLE = 0.5  # least part of both needs' groups that they share
_NEXT_STREET = 0.5  # agreement of neighbouring streets
_YEAR, _MONTH_DAYS = 12, 31
_DISTRICT_DIGITS, _STREET_DIGITS = 6, 9
_APART, _CUT = 2.0, 1.0  # a distance no two that agree have, and the widest a bundle may be


@dataclass(frozen=True)
class _Told:
    """What the needs say, one row each; a row without a flag, or an empty place, is not known."""

    table: pd.DataFrame
    codes: Flags  # (n, service codes)
    people: Flags  # (n, beneficiary groups)
    months: Flags  # (n, 12)
    places: list[tuple[str, str]]  # district and street

    def alone(self) -> list[str]:
        """Why each need is in no bundle, unless it is in one."""
        lacking = [~flags.any(axis=1) for flags in (self.codes, self.people, self.months)]
        placeless = np.array([not street for _, street in self.places], dtype=bool)
        return [str(why) for why in np.select([*lacking, placeless], LACKING, NO_PARTNER)]


def bundles(
    needs: pd.DataFrame,
    *,
    neighbours: Iterable[tuple[str, str]] = (),
    vocabulary: Vocabulary | None = None,
) -> pd.DataFrame:
    """Group needs that could be bought together.

    Two needs could when they have the same service codes and share at least half of their beneficiary groups,
    lie in one street or in neighbouring ones of one district, and run in months that meet or follow one
    another (of one year, where the days are given). Codes that a person picked stand; else the text is read.
    Near-duplicates would count twice: merge them first.

    Parameters
    ----------
    needs : DataFrame
        Columns of `NEED_COLUMNS`.
    neighbours : pairs of streets, optional
        Which lie side by side, named as in the needs, or by nine digits where these have codes alone. No code
        tells, so without it none do.
    vocabulary : Vocabulary, optional

    Returns
    -------
    DataFrame
        Every need once, bundle by bundle in order of the first id, then those in none: bundle_id (missing in
        none), need_id, alone (why it is in none: no_code, no_people, no_month, no_place, no_partner; else
        ""), coherence (the least agreement, 0 to 1, of any two in groups, months and place, a third each; NaN
        in none). The rest is of the whole bundle: service_codes, beneficiary_codes, streets, months (lists;
        months from 1), people and budget_yuan (sums of what is known; NaN where nothing is), people_unknown
        and budget_unknown (needs that do not say).
    """
    words = vocabulary or default_vocabulary()
    told = _read(check_needs(needs).sort_values("need_id", kind="stable", ignore_index=True), words)
    alone, beside = told.alone(), {frozenset(pair) for pair in neighbours}
    first, coherence = np.arange(len(alone)), np.full(len(alone), np.nan)
    for block in _blocks(told, alone):
        for rows, agreement in _groups(told, block, beside):
            first[rows], coherence[rows] = rows[0], agreement
    single = np.isnan(coherence)
    ids = told.table["need_id"].iloc[first].reset_index(drop=True)
    table = _described(told, first, words).assign(
        bundle_id=("B-" + ids).mask(single), alone=np.where(single, alone, ""), coherence=coherence
    )
    order = np.lexsort((first, single))
    return table.iloc[order].reset_index(drop=True)[list(BUNDLE_COLUMNS)]


def _read(table: pd.DataFrame, vocabulary: Vocabulary) -> _Told:
    return _Told(
        table,
        _codes(table, vocabulary, "service"),
        _codes(table, vocabulary, "beneficiary"),
        _months(table),
        _places(table),
    )


def _codes(table: pd.DataFrame, vocabulary: Vocabulary, kind: Kind) -> Flags:
    """The codes that were picked, or else those the text clearly speaks of; shape (n, n_codes)."""
    reader = code_reader(vocabulary, kind)
    bodies = (table["description"] + "。" + table["beneficiary_group"]).tolist()
    flags: Flags = reader.read(table["title"].tolist(), bodies, [""] * len(table)) >= _CLEAR[kind]
    for row, codes in enumerate(split_lists(table[f"{kind}_codes"])):
        known = [reader.place[code] for code in codes if code in reader.place]
        if known:
            flags[row] = False
            flags[row, known] = True
    return flags


def _months(table: pd.DataFrame) -> Flags:
    """The months a need runs in, shape (n, 12); of a length nobody told, the first alone."""
    start, length = table["start_month"].to_numpy(float), np.fmax(table["months"].to_numpy(float), 1.0)
    since = (np.arange(1, _YEAR + 1) - start[:, None]) % _YEAR
    running: Flags = since < np.floor(np.where(np.isnan(length), 1.0, length))[:, None]
    return running


def _places(table: pd.DataFrame) -> list[tuple[str, str]]:
    """District and street by name, or else by the unit's code."""
    columns = zip(table["district"], table["street"], table["unit_code"], strict=True)
    return [
        (district, street) if district and street else _by_code(code) for district, street, code in columns
    ]


def _by_code(code: str) -> tuple[str, str]:
    return (code[:_DISTRICT_DIGITS], code[:_STREET_DIGITS]) if len(code) >= _STREET_DIGITS else ("", "")


def _blocks(told: _Told, alone: list[str]) -> list[Rows]:
    """Rows with the same codes in one district, of needs that say enough; only there can two agree."""
    blocks: dict[tuple[bytes, str], list[int]] = {}
    for row, why in enumerate(alone):
        if why == NO_PARTNER:
            blocks.setdefault((told.codes[row].tobytes(), told.places[row][0]), []).append(row)
    return [np.array(block) for block in blocks.values() if len(block) > 1]


def _groups(told: _Told, block: Rows, beside: set[frozenset[str]]) -> list[tuple[Rows, float]]:
    """Rows of the bundles within a block, and the coherence of each."""
    distance = 1 - _agreement(told, block, beside)
    np.fill_diagonal(distance, 0.0)
    # Complete linkage: a bundle is as wide as its two farthest needs, so no chain passes the cut.
    tree = linkage(squareform(distance, checks=False), method="complete")
    labels = fcluster(tree, t=_CUT, criterion="distance")
    members = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    return [(block[its], float(1 - distance[np.ix_(its, its)].max())) for its in members if len(its) > 1]


def _agreement(told: _Told, block: Rows, beside: set[frozenset[str]]) -> Floats:
    """How far each two agree, 0 to 1, shape (n, n); 1 - `_APART` where they could not be bought together."""
    people, months = told.people[block].astype(float), told.months[block].astype(float)
    shared, sizes = people @ people.T, people.sum(axis=1)
    alike = shared / (sizes[:, None] + sizes - shared)
    lengths = months.sum(axis=1)
    together = months @ months.T / np.minimum(lengths[:, None], lengths)
    follow = (np.roll(months, 1, axis=1) + np.roll(months, -1, axis=1)) @ months.T > 0
    starts, ends = (told.table[column].to_numpy(float)[block] for column in ("starts_on", "ends_on"))
    # Months come round every year; where days are known, they tell the years apart.
    later = starts[:, None] > ends + _MONTH_DAYS
    near = _nearness([told.places[row][1] for row in block], beside)
    fit = (alike >= _SAME_PEOPLE) & ((together > 0) | follow) & ~(later | later.T) & (near > 0)
    return np.where(fit, (alike + together + near) / 3, 1 - _APART)


def _nearness(streets: list[str], beside: set[frozenset[str]]) -> Floats:
    """1 in one street, `_NEXT_STREET` in neighbouring ones, else 0; shape (n, n)."""
    names, at = np.unique(np.array(streets), return_inverse=True)
    near = np.array(
        [[1.0 if a == b else _NEXT_STREET * (frozenset((a, b)) in beside) for b in names] for a in names]
    )
    return near[np.ix_(at, at)]


def _described(told: _Told, first: Rows, vocabulary: Vocabulary) -> pd.DataFrame:
    """What the whole bundle of each need asks for; `first` is the bundle's first row."""
    amounts = told.table[["affected_people", "budget_yuan"]]
    sums = amounts.groupby(first).transform("sum", min_count=1)
    unknown = amounts.isna().groupby(first).transform("sum")
    streets: dict[int, set[str]] = {}
    for row, (_, street) in zip(first.tolist(), told.places, strict=True):
        streets.setdefault(row, set()).update({street} - {""})
    return pd.DataFrame(
        {
            "need_id": told.table["need_id"],
            "service_codes": _lists(told.codes, first, code_reader(vocabulary, "service").codes),
            "beneficiary_codes": _lists(told.people, first, code_reader(vocabulary, "beneficiary").codes),
            "streets": [sorted(streets[row]) for row in first.tolist()],
            "months": _lists(told.months, first, range(1, _YEAR + 1)),
            "people": sums["affected_people"],
            "people_unknown": unknown["affected_people"],
            "budget_yuan": sums["budget_yuan"],
            "budget_unknown": unknown["budget_yuan"],
        }
    )


def _lists(flags: Flags, first: Rows, names: Sequence[object]) -> list[list[object]]:
    """The names of what any need of the bundle has."""
    whole = np.zeros_like(flags)
    np.logical_or.at(whole, first, flags)
    return [[names[column] for column in np.flatnonzero(row).tolist()] for row in whole[first]]
