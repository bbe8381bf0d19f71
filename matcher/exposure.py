"""Who is shown and who never is: the exposure of each organisation in a run, and how concentrated it is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from matcher.eligibility import REFUSED
from matcher.sheets import SheetError

_FIRST_ROW = 2  # of a sheet, below its header
_SAID = {
    **dict.fromkeys(("yes", "true", "是", "1"), True),
    **dict.fromkeys(("no", "false", "否", "0"), False),
    **dict.fromkeys(("", "nan", "none", "<na>"), None),
}


@dataclass(frozen=True)
class Known:
    """A figure from what is known, and the share, 0 to 1, of that which is not."""

    value: float
    unknown: float


@dataclass(frozen=True)
class ExposureReport:
    """What the first `k` of each need show of whom.

    Attributes
    ----------
    k : int
    organisations : DataFrame
        Every organisation of the catalogue, most seen first: org_id, places (on the lists), exposure (the sum
        of 1 / log2(1 + rank)).
    gini : float
        Inequality of exposure, those never seen included.
    hhi : float
        Concentration of exposure by organisation.
    group_hhi : Known or None
        The same by a column of the catalogue, over those it tells of; `unknown` is a share of exposure.
    newcomers, small : Known
        Their share of all places; the true one lies between `value` and `value + unknown`.
    unseen : tuple of str
        Organisations without a place, by id.
    """

    k: int
    organisations: pd.DataFrame
    gini: float
    hhi: float
    group_hhi: Known | None
    newcomers: Known
    small: Known
    unseen: tuple[str, ...]


def exposure(
    run: pd.DataFrame, services: pd.DataFrame, k: int = 10, *, by: str | None = None
) -> ExposureReport:
    """Measure who is seen in the first `k` of each need; a refused service is not.

    Parameters
    ----------
    run : DataFrame
        need_id, service_id, rank, and verdict where refused services are among them (`Matcher.match`).
    services : DataFrame
        service_id, org_id, and where known newcomer and small (yes or no, a blank is not known). All its
        organisations count as such that could be seen: leave out those that could not.
    k : int
    by : str, optional
        A column of `services`, for instance org_district.

    Raises
    ------
    SheetError
        missing_column, missing_id (a service without organisation), unknown_id (a listed service that the
        catalogue lacks), bad_mark (neither yes nor no).
    """
    if k < 1:
        raise ValueError("k is at least 1")
    catalogue = _catalogue(services, by)
    shown = _shown(run, catalogue, k)
    organisations = _organisations(shown, catalogue)
    return ExposureReport(
        k=k,
        organisations=organisations,
        gini=gini(organisations["exposure"]),
        hhi=hhi(organisations["exposure"]),
        group_hhi=_group_hhi(shown) if by else None,
        newcomers=_share(shown["newcomer"]),
        small=_share(shown["small"]),
        unseen=tuple(organisations.loc[organisations["places"] == 0, "org_id"]),
    )


def shares(run: pd.DataFrame, services: pd.DataFrame, by: str, k: int = 10) -> dict[str, float]:
    """The share of all exposure that each group of organisations has in the first `k` of each need.

    Parameters
    ----------
    run, services, k
        As in `exposure`.
    by : str
        A column of `services`; a blank is the group "".
    """
    shown = _shown(run, _catalogue(services, by), k)
    whole = shown["exposure"].sum()
    amounts = shown["exposure"].groupby(shown["group"].fillna("")).sum()
    return {str(group): float(amount / whole) for group, amount in amounts.items()}


def gini(amounts: ArrayLike) -> float:
    """Half the mean difference of two amounts, relative to their mean (Gini 1912).

    Of n amounts from 0 up it is from 0 (all alike, or nothing at all) to 1 - 1/n (one has all).
    """
    values = np.sort(np.asarray(amounts, dtype=float))
    n, whole = len(values), values.sum()
    if not whole:
        return 0.0
    # Weights of equal amounts cancel out but for rounding, which may fall below 0.
    return max(0.0, float((np.arange(1 - n, n, 2) * (values / whole)).sum() / n))


def hhi(amounts: ArrayLike) -> float:
    """The sum of squared shares (Herfindahl-Hirschman): 1/n of n alike, 1 where one has all, 0 of nothing."""
    values = np.sort(np.asarray(amounts, dtype=float))
    whole = values.sum()
    return float(((values / whole) ** 2).sum()) if whole else 0.0


def marks(services: pd.DataFrame, column: str) -> pd.Series:
    """Of each row True, False or None (not known), from yes or no as people write it.

    Raises
    ------
    SheetError
        bad_mark, with the row.
    """
    words = services[column].tolist() if column in services else [None] * len(services)
    said: list[bool | None] = []
    for row, word in enumerate(words, start=_FIRST_ROW):
        text = str(word).strip().lower()
        if text not in _SAID:
            raise SheetError("bad_mark", file="services", row=row, column=column, value=str(word))
        said.append(_SAID[text])
    return pd.Series(said, index=services.index, dtype=object)


def _catalogue(services: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """org_id, newcomer, small and group by service_id."""
    for column in ("service_id", "org_id", *([by] if by else [])):
        if column not in services:
            raise SheetError("missing_column", file="services", column=column)
    blank = (services["org_id"].isna() | (services["org_id"] == "")).to_numpy(bool)
    if blank.any():
        row = int(blank.argmax()) + _FIRST_ROW
        raise SheetError("missing_id", file="services", row=row, column="org_id")
    told = {column: marks(services, column) for column in ("newcomer", "small")}
    group = services[by].replace("", None) if by else None
    return services[["service_id", "org_id"]].assign(**told, group=group).set_index("service_id")


def _shown(run: pd.DataFrame, catalogue: pd.DataFrame, k: int) -> pd.DataFrame:
    """The places on the lists, each with its exposure and what the catalogue tells."""
    unknown = ~run["service_id"].isin(catalogue.index).to_numpy(bool)
    if unknown.any():
        at = int(unknown.argmax())
        value = str(run["service_id"].iloc[at])
        row = at + _FIRST_ROW
        raise SheetError("unknown_id", file="matches", row=row, column="service_id", value=value)
    listed = run[run["rank"] <= k]
    if "verdict" in run:
        listed = listed[listed["verdict"] != REFUSED]
    # Sums are taken in this order, so that the order of the rows does not show in their last digits.
    listed = listed[["need_id", "service_id", "rank"]].sort_values(["rank", "need_id", "service_id"])
    seen = listed.assign(exposure=1 / np.log2(1 + listed["rank"].to_numpy(float)))
    return seen.join(catalogue, on="service_id")


def _organisations(shown: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    seen = shown.groupby("org_id").agg(places=("need_id", "size"), exposure=("exposure", "sum"))
    every = pd.Index(sorted(set(catalogue["org_id"])), name="org_id")
    table = seen.reindex(every, fill_value=0).reset_index()
    return table.sort_values(["exposure", "org_id"], ascending=[False, True], ignore_index=True)


def _group_hhi(shown: pd.DataFrame) -> Known:
    whole = shown["exposure"].sum()
    unknown = shown.loc[shown["group"].isna(), "exposure"].sum()
    amounts = shown.groupby("group")["exposure"].sum()
    return Known(hhi(amounts), float(unknown / whole) if whole else 0.0)


def _share(said: pd.Series) -> Known:
    if said.empty:
        return Known(0.0, 0.0)
    return Known(float(said.eq(True).mean()), float(said.isna().mean()))
