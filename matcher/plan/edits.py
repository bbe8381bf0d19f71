"""Pairs that people have fixed: forced, forbidden and agreed ones, checked against the two tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from matcher.sheets import SheetError

Pair = tuple[str, str]
Edit = Sequence[object]  # (need_id, service_id) or (need_id, service_id, units)
Edits = Iterable[Edit] | pd.DataFrame


@dataclass(frozen=True)
class Fixed:
    """What people have fixed; the units of a pair are None where nobody has said how many."""

    forced: Mapping[Pair, float | None]
    forbidden: frozenset[Pair]
    agreed: Mapping[Pair, float | None]

    @property
    def pairs(self) -> set[Pair]:
        """The pairs that have to be in the plan."""
        return {*self.forced, *self.agreed}


def read_edits(
    forced: Edits, forbidden: Edits, agreed: Edits, need_ids: Iterable[str], service_ids: Iterable[str]
) -> Fixed:
    """Check the pairs; raises SheetError on unknown ids, bad numbers and pairs both wanted and forbidden."""
    needs, services = set(need_ids), set(service_ids)
    wanted = {
        name: _pairs(edits, name, needs, services) for name, edits in (("forced", forced), ("agreed", agreed))
    }
    refused = _pairs(forbidden, "forbidden", needs, services)
    for name, pairs in wanted.items():
        for need_id, service_id in sorted(set(pairs) & set(refused)):
            code = f"{name}_and_forbidden"
            raise SheetError(code, need_id=need_id, service_id=service_id)
    return Fixed(wanted["forced"], frozenset(refused), wanted["agreed"])


def _pairs(edits: Edits, file: str, needs: set[str], services: set[str]) -> dict[Pair, float | None]:
    found: dict[Pair, float | None] = {}
    for need_id, service_id, *more in _rows(edits, file):
        pair = str(need_id), str(service_id)
        for column, value, known in (("need_id", pair[0], needs), ("service_id", pair[1], services)):
            if value not in known:
                raise SheetError("unknown_id", file=file, column=column, value=value)
        units = _units(more[0], file) if more else None
        before = found.get(pair)
        found[pair] = units if before is None else max(before, units or 0.0)
    return found


def _rows(edits: Edits, file: str) -> Iterable[Edit]:
    if not isinstance(edits, pd.DataFrame):
        return list(edits)
    for column in ("need_id", "service_id"):
        if column not in edits:
            raise SheetError("missing_column", file=file, column=column)
    named = ["need_id", "service_id", *(["units"] if "units" in edits else [])]
    return list(edits[named].itertuples(index=False, name=None))


def _units(value: object, file: str) -> float | None:
    if value is None or value == "" or pd.isna(value):  # type: ignore[call-overload] # any cell
        return None
    number = pd.to_numeric(str(value), errors="coerce")
    if not number >= 1 or number % 1:
        raise SheetError("bad_units", file=file, value=str(value))
    return float(number)
