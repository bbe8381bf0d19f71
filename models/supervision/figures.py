"""Agreement, leniency and drift of agencies, each with n and its interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agencies.agency import Agency
from models.agencies.rotation import RotationRule, rotation_among
from models.calendar.clocks import local_date
from models.evaluations.rescore import Rescore, ScoreStanding
from models.scoring.agreement import Figure, difference_of_means, kappa, mean_difference
from models.supervision.facts import Final, Twice

QUARTERS = 8
"""So many quarters of drift are shown."""


@dataclass(frozen=True)
class Drift:
    """A quarter: how far an agency's finals lay above all others' of the same quarter."""

    year: int
    quarter: int
    figure: Figure


@dataclass(frozen=True)
class Figures:
    """What the data say of an agency, as the first evaluator of its finals."""

    agency: Agency
    finals: int
    agreement: Figure
    against_second: Figure
    against_others: Figure
    drift: list[Drift]
    gaps: int


@dataclass(frozen=True)
class Gap:
    """A final marked twice, and whether the distance of its scores waits for a review."""

    twice: Twice
    is_over: bool

    @property
    def is_waiting(self) -> bool:
        """Nobody has decided yet which score stands."""
        return self.is_over and self.twice.rescore.reviewed_at is None

    @property
    def stands(self) -> ScoreStanding | None:
        """Which score a review let stand."""
        return self.twice.rescore.stands


def agreement(marked: Sequence[Twice]) -> Figure:
    """Quadratic-weighted kappa over all items that two agencies judged, of finals that were drawn.

    What an official had a reason to doubt says nothing of the others (R84).
    """
    return kappa([pair for each in marked if each.is_fair for pair in each.levels])


def figures(agency: Agency, finals: Sequence[Final], gaps: Sequence[Gap]) -> Figures:
    """The figures of one agency among the finals and second sheets of an area."""
    key = agency.organisation_id
    own = [each for each in finals if each.agency_id == key]
    marked = [each.twice for each in gaps if each.twice.first.agency_id == key]
    return Figures(
        agency=agency,
        finals=len(own),
        agreement=agreement(marked),
        against_second=mean_difference([float(each.difference) for each in marked if each.is_fair]),
        against_others=_against_others(key, finals),
        drift=_drift(key, finals),
        gaps=sum(each.is_over for each in gaps if each.twice.first.agency_id == key),
    )


def gaps(session: Session, marked: Sequence[Twice]) -> list[Gap]:
    """Every final marked twice, the widest gap first."""
    rules = session.scalars(select(RotationRule)).all()
    found = [Gap(each, is_over(each.rescore, rules)) for each in marked]
    return sorted(found, key=lambda gap: (-abs(gap.twice.difference), gap.twice.rescore.submitted_at))


def is_over(rescore: Rescore, rules: Iterable[RotationRule]) -> bool:
    """What `evaluations.gaps.needs_review` says, for many at a time (R84)."""
    if rescore.gap is None or rescore.submitted_at is None:
        return False
    held = rotation_among(rules, rescore.unit_code, local_date(rescore.submitted_at))
    return rescore.gap > held.rescore_gap


def _against_others(key: UUID, finals: Sequence[Final]) -> Figure:
    own = [float(each.score) for each in finals if each.agency_id == key]
    return difference_of_means(own, [float(each.score) for each in finals if each.agency_id != key])


def _drift(key: UUID, finals: Sequence[Final]) -> list[Drift]:
    quarters = sorted({each.quarter for each in finals if each.agency_id == key})[-QUARTERS:]
    return [
        Drift(*quarter, _against_others(key, [each for each in finals if each.quarter == quarter]))
        for quarter in quarters
    ]
