"""How often an organisation has been seen and chosen: who is always shown and who never is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.catalogue.service import Service
from models.matching.review import Decision, Review
from models.matching.run import Match, MatchRun, Verdict

WINDOW = timedelta(days=365)


@dataclass(frozen=True)
class Exposure:
    """In the year before: for how many needs it was listed, and for how many accepted."""

    listed: int = 0
    accepted: int = 0


def exposures(session: Session, organisation_ids: Collection[UUID], act: Act) -> dict[UUID, Exposure]:
    """The exposure of these organisations; a need counts once however often it was run."""
    chosen = case((Review.decision == Decision.ACCEPT, MatchRun.need_id))
    query = (
        select(Service.organisation_id, func.count(distinct(MatchRun.need_id)), func.count(distinct(chosen)))
        .join(Match, Match.service_id == Service.id)
        .join(MatchRun, MatchRun.id == Match.run_id)
        .outerjoin(Review, (Review.match_id == Match.id) & Review.withdrawn_at.is_(None))
        .where(
            Service.organisation_id.in_(organisation_ids),
            Match.verdict != Verdict.REFUSED,
            MatchRun.at > act.at - WINDOW,
            MatchRun.at <= act.at,
        )
        .group_by(Service.organisation_id)
    )
    return {key: Exposure(listed, accepted) for key, listed, accepted in session.execute(query)}
