"""The priority index: eleven indicators in, one number with its arithmetic out.

100 x (0.15 N1 + 0.20 N2 + 0.15 N3 + 0.10 N4 + 0.15 N5 + 0.10 N6 + 0.10 N7 + 0.05 N8) / 4 - 5 x N9,
with each indicator from 0 to 4 (Bradshaw's four measures first). N10 speaks for what the
place can bring and N12 for how sure we are: both are shown beside the number and change nothing in it.
An indicator nobody knows counts as nothing and is named, so that a low number is never a silent guess.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select

from models.needs.details import IndicatorCode, NeedIndicator
from models.needs.need import Need

HIGHEST = 4
WEIGHTS: Mapping[IndicatorCode, Decimal] = {
    IndicatorCode.N1: Decimal("0.15"),
    IndicatorCode.N2: Decimal("0.20"),
    IndicatorCode.N3: Decimal("0.15"),
    IndicatorCode.N4: Decimal("0.10"),
    IndicatorCode.N5: Decimal("0.15"),
    IndicatorCode.N6: Decimal("0.10"),
    IndicatorCode.N7: Decimal("0.10"),
    IndicatorCode.N8: Decimal("0.05"),
}
SUPPLY_COSTS = Decimal(5)
"""What each step of existing supply (N9) takes off."""


@dataclass(frozen=True)
class PriorityTerm:
    """One line of the arithmetic: points = factor x value; `value` is None where nobody knows."""

    code: IndicatorCode
    factor: Decimal
    value: int | None
    points: Decimal


@dataclass(frozen=True)
class PriorityIndex:
    """The number, the lines it is the sum of, what is not known, and how sure we are (N12)."""

    total: Decimal
    terms: tuple[PriorityTerm, ...]
    missing: tuple[IndicatorCode, ...]
    confidence: int | None


def priority(values: Mapping[IndicatorCode, int]) -> PriorityIndex:
    """The index of these indicators, between -20 and 100, exact to the hundredth."""
    terms = [_term(code, 100 * weight / HIGHEST, values) for code, weight in WEIGHTS.items()]
    terms.append(_term(IndicatorCode.N9, -SUPPLY_COSTS, values))
    return PriorityIndex(
        total=sum((term.points for term in terms), Decimal()),
        terms=tuple(terms),
        missing=tuple(term.code for term in terms if term.value is None),
        confidence=values.get(IndicatorCode.N12),
    )


def priority_of(need: Need) -> PriorityIndex:
    """The index of a need's own indicators."""
    return priority({indicator.code: indicator.value for indicator in need.indicators})


def priority_sql() -> ColumnElement[int]:
    """A hundred times the index as SQL, for sorting; `priority_of` says the same."""
    factors = {code: int(2500 * weight) for code, weight in WEIGHTS.items()}
    factors[IndicatorCode.N9] = int(-100 * SUPPLY_COSTS)
    points = case(*((NeedIndicator.code == code, factor) for code, factor in factors.items()), else_=0)
    return (
        select(func.coalesce(func.sum(points * NeedIndicator.value), 0))
        .where(NeedIndicator.need_id == Need.id)
        .correlate(Need)
        .scalar_subquery()
    )


def _term(code: IndicatorCode, factor: Decimal, values: Mapping[IndicatorCode, int]) -> PriorityTerm:
    value = values.get(code)
    return PriorityTerm(code, factor, value, factor * (value or 0) + 0)  # + 0: never minus nothing
