"""Needs that wait for a match: to be run, to be reviewed, or to be settled."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.matching.review import Decision, Review
from models.matching.run import Match, newest_run_id
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase


@dataclass(frozen=True)
class Waiting:
    """A standardised need: whether it was run, and how many services are accepted in its latest run."""

    need: Need
    has_run: bool
    accepted: int


def waiting(session: Session, act: Act, *, limit: int = 5) -> list[Waiting]:
    """The actor's own, those that have waited longest first."""
    if not can(act, Permission.MATCH_REVIEW) or not act.actor.unit_code:
        return []
    latest = newest_run_id()
    chosen = (
        select(func.count(Review.id))
        .join(Match, Match.id == Review.match_id)
        .where(Match.run_id == latest, Review.withdrawn_at.is_(None), Review.decision == Decision.ACCEPT)
        .correlate(Need)
        .scalar_subquery()
    )
    query = (
        select(Need, latest.is_not(None), chosen)
        .where(
            Need.unit_code.startswith(act.actor.unit_code, autoescape=True),
            phase_sql(act.at) == NeedPhase.STANDARDISED.value,
        )
        .order_by(Need.standardised_at, Need.id)
        .limit(limit)
        .options(joinedload(Need.unit))
    )
    return [Waiting(need, has_run, accepted) for need, has_run, accepted in session.execute(query)]
