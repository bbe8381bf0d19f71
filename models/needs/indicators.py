"""Indicators that follow from what a need already says, in bands anybody can check.

They are proposals: whoever standardises the need may set another value. N4 (gap to
places like it) follows from other needs, in `models.matching.neighbours`. N3 (gap to a standard) and N9 (what
exists already) follow from nothing written here, so a person gives them.
"""

from collections.abc import Sequence

from models.needs.details import EvidenceKind, IndicatorCode
from models.needs.need import Need

FELT = (0.03, 0.10, 0.25, 0.40)
"""N1: the share of an assessment's respondents who named it; each step reached is one more."""

EXPRESSED = (0.1, 2.0, 5.0, 10.0)
"""N2: calls, visits and names on waiting lists per 1000 residents."""

REACH = (0.01, 0.05, 0.10, 0.20)
"""N7: the people affected as a share of everybody who lives there."""

EQUITY = (0.01, 0.26, 0.51, 1.0)
"""N8: the share of the need's groups that are vulnerable ones."""

VULNERABLE = frozenset({"B03", "B04", "B10", "B12", "B13", "B14", "B15", "B16", "B17"})
"""Groups that are easily left out: frail elders, disabled, poor, ill, and those few speak for."""

HEARD = frozenset({EvidenceKind.HOTLINE, EvidenceKind.VISIT, EvidenceKind.GRID, EvidenceKind.WAITING_LIST})
"""Evidence in which residents came forward by themselves."""

SAMPLE, LARGE_SAMPLE = 30, 100
"""How many people must have been heard before numbers say much (N12)."""


def band(value: float, steps: Sequence[float]) -> int:
    """How many of the steps a value has reached, 0 to 4."""
    return sum(value >= step for step in steps)


def proposed(need: Need) -> dict[IndicatorCode, int]:
    """Every indicator that follows from the need itself; one that does not follow is left out."""
    found = {
        IndicatorCode.N1: _felt(need),
        IndicatorCode.N2: _expressed(need),
        IndicatorCode.N5: need.severity,
        IndicatorCode.N6: need.urgency,
        IndicatorCode.N7: _reach(need),
        IndicatorCode.N8: _equity(need),
        IndicatorCode.N10: min(len(need.resources), 4),
        IndicatorCode.N12: strength(need),
    }
    return {code: value for code, value in found.items() if value is not None}


def strength(need: Need) -> int:
    """N12: 1 for a source, 2 for two, one more for a sample of 30, one more for 100 heard."""
    kinds = {source.kind for source in need.evidence}
    sources = len(kinds) + (need.assessment is not None and EvidenceKind.SURVEY not in kinds)
    heard = sum(source.count or 0 for source in need.evidence)
    if need.assessment is not None:
        heard += sum(method.participants for method in need.assessment.methods)
    return min(sources, 2) + (sources > 0) * ((heard >= SAMPLE) + (heard >= LARGE_SAMPLE))


def _felt(need: Need) -> int | None:
    if need.assessment is None:
        return None
    codes = {term.term_code for term in need.terms}
    shares = [f.share for f in need.assessment.findings if f.term_code in codes and f.share is not None]
    return band(max(shares), FELT) if shares else None


def _expressed(need: Need) -> int | None:
    heard = [source.count for source in need.evidence if source.kind in HEARD and source.count is not None]
    if not heard or not need.unit.population:
        return None
    return band(1000 * sum(heard) / need.unit.population, EXPRESSED)


def _reach(need: Need) -> int | None:
    if need.affected_people is None or not need.unit.population:
        return None
    return band(need.affected_people / need.unit.population, REACH)


def _equity(need: Need) -> int | None:
    groups = [term.term_code for term in need.terms if term.is_group]
    if not groups:
        return None
    return band(sum(group in VULNERABLE for group in groups) / len(groups), EQUITY)
