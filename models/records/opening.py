"""What is still open about a published result: until all of it is closed, the result counts in no record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.calendar.clocks import local_date
from models.contracts.challenge import Challenge, ChallengePhase, Complaint
from models.contracts.lifecycle import challenge_phase_sql
from models.evaluations.gaps import needs_review
from models.evaluations.lifecycle import rescore_phase_at, rescore_phase_sql
from models.evaluations.rescore import Rescore, RescorePhase
from models.records.outcome import Waiting, window_until
from models.rectifications.consequence import Consequence, ConsequencePhase
from models.rectifications.lifecycle import consequence_phase_sql


def waiting(session: Session, rows: Sequence[Any], at: datetime) -> dict[UUID, frozenset[Waiting]]:
    """evaluation -> what its result waits for; `rows` have id, lot_id and published_at."""
    evaluations, lots = {row.id for row in rows}, {row.lot_id for row in rows}
    open_of = {
        Waiting.APPEAL: _appealed(session, evaluations, at),
        Waiting.RESCORE: _marked_again(session, evaluations, at),
    }
    challenged = _challenged(session, lots, at)
    found: dict[UUID, set[Waiting]] = defaultdict(set)
    for row in rows:
        found[row.id] |= {reason for reason, ids in open_of.items() if row.id in ids}
        if row.lot_id in challenged:
            found[row.id].add(Waiting.CHALLENGE)
        if local_date(at) <= window_until(row.published_at):
            found[row.id].add(Waiting.WINDOW)
    return {key: frozenset(reasons) for key, reasons in found.items()}


def _appealed(session: Session, evaluations: Iterable[UUID], at: datetime) -> set[UUID]:
    """Against what followed from the evaluation the organisation has appealed, and nobody has decided."""
    appealed = consequence_phase_sql(at) == ConsequencePhase.APPEALED.value
    query = select(Consequence.evaluation_id).where(Consequence.evaluation_id.in_(evaluations), appealed)
    return set(session.scalars(query))


def _marked_again(session: Session, evaluations: Iterable[UUID], at: datetime) -> set[UUID]:
    """A second sheet is on its way, or its gap is one to review and nobody has."""
    unfinished = rescore_phase_sql(at).in_([RescorePhase.ORDERED.value, RescorePhase.SUBMITTED.value])
    query = select(Rescore).where(
        Rescore.evaluation_id.in_(evaluations), Rescore.ordered_at <= at, unfinished
    )
    return {
        each.evaluation_id
        for each in session.scalars(query)
        if rescore_phase_at(each, at) is RescorePhase.ORDERED or needs_review(session, each)
    }


def _challenged(session: Session, lots: Iterable[UUID], at: datetime) -> set[UUID]:
    """The result the contract rests on is challenged, or complained about, without an answer yet."""
    filed = (challenge_phase_sql(at) == ChallengePhase.FILED.value) & (Challenge.filed_at <= at)
    complained = (Complaint.filed_at <= at) & (Complaint.decided_at.is_(None) | (Complaint.decided_at > at))
    query = (
        select(Challenge.lot_id)
        .outerjoin(Complaint, Complaint.challenge_id == Challenge.id)
        .where(Challenge.lot_id.in_(lots), or_(filed, complained))
    )
    return {lot_id for lot_id in session.scalars(query) if lot_id is not None}
