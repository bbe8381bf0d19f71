"""What people have judged in an area: a grade for each reviewed service, from the review and its outcome.

0 another service or other people; 1 about the right thing, but not to be had (too far, too dear, too small,
its record, a conflict), or kept in reserve, or delivered badly; 2 accepted; 3 accepted and delivered well.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.catalogue.service import Service
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.matching.review import Decision, RejectReason, Review
from models.matching.run import Match, MatchRun, newest_run_id
from models.needs.need import Need
from models.records.book import morning_of
from models.records.reading import outcomes
from models.tenders.lot import LotNeed

UNFITTING, NEAR, ACCEPTED, GOOD = range(4)
WELL, BADLY = 80.0, 60.0
"""From which points on a delivery was good, and below which it was not: lines of the default grades."""
NOT_OF_TOPIC = frozenset(
    {
        RejectReason.TOO_FAR,
        RejectReason.TOO_EXPENSIVE,
        RejectReason.TOO_SMALL,
        RejectReason.RECORD,
        RejectReason.CONFLICT,
    }
)


@dataclass(frozen=True)
class Judged:
    """need_id -> service_id -> grade, needs in the order of their last reviews; and how many reviews."""

    grades: dict[str, dict[str, int]]
    reviews: int

    @property
    def digest(self) -> str:
        """The same for the same judgments in the same order."""
        return hashlib.sha256(json.dumps(list(self.grades.items())).encode()).hexdigest()

    def some(self, needs: Sequence[str]) -> dict[str, dict[str, int]]:
        """The grades of some needs."""
        return {need_id: self.grades[need_id] for need_id in needs}


def judged(session: Session, unit_code: str, at: datetime) -> Judged:
    """The reviews that hold, of the newest run of each need of an area."""
    query = (
        select(
            MatchRun.need_id,
            Match.service_id,
            Service.organisation_id,
            Review.decision,
            Review.reason,
            Review.at,
        )
        .join(Match, Match.id == Review.match_id)
        .join(MatchRun, MatchRun.id == Match.run_id)
        .join(Service, Service.id == Match.service_id)
        .join(Need, Need.id == MatchRun.need_id)
        .where(
            Review.withdrawn_at.is_(None),
            Review.at <= at,
            Need.unit_code.startswith(unit_code, autoescape=True),
            MatchRun.id == newest_run_id(),
        )
    )
    came_of = _came_of(session, at)
    last: dict[str, datetime] = {}
    grades: dict[str, dict[str, int]] = {}
    rows = session.execute(query).all()
    for row in rows:
        need_id = str(row.need_id)
        last[need_id] = max(last.get(need_id, row.at), row.at)
        points = came_of.get((need_id, str(row.organisation_id)))
        grades.setdefault(need_id, {})[str(row.service_id)] = grade(row.decision, row.reason, points)
    ordered = sorted(grades, key=lambda need_id: (last[need_id], need_id))
    return Judged({each: dict(sorted(grades[each].items())) for each in ordered}, len(rows))


def grade(decision: Decision, reason: RejectReason | None, points: float | None) -> int:
    """The grade of a review; `points` are what its contract came to, once that counts."""
    if decision is Decision.REJECT:
        return NEAR if reason in NOT_OF_TOPIC else UNFITTING
    if decision is Decision.SHORTLIST:
        return NEAR
    if points is None or BADLY <= points < WELL:
        return ACCEPTED
    return GOOD if points >= WELL else NEAR


def _came_of(session: Session, at: datetime) -> dict[tuple[str, str], float]:
    """(need, organisation) -> what the contract of them came to, of those that count in records."""
    query = (
        select(Contract.id, LotNeed.need_id)
        .join(Award, Award.id == Contract.award_id)
        .join(LotNeed, LotNeed.lot_id == Award.lot_id)
    )
    counted = {each.contract_id: each for each in outcomes(session, morning_of(at)) if each.counts}
    return {
        (str(need_id), str(counted[contract_id].organisation_id)): counted[contract_id].composed.points
        for contract_id, need_id in session.execute(query.where(Contract.id.in_(counted)))
    }
