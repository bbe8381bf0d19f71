"""Whom to tell: the evaluators of an agency."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.parties.person import Membership, Person


def evaluators_of(session: Session, act: Act, agency_id: UUID) -> list[UUID]:
    """Ids of the people who can act for an agency now."""
    query = (
        select(Membership.person_id)
        .join(Membership.person)
        .where(
            Membership.role == Role.EVALUATOR,
            Membership.organisation_id == agency_id,
            Membership.started_at <= act.at,
            Membership.ended_at.is_(None) | (Membership.ended_at > act.at),
            Person.disabled_at.is_(None),
        )
    )
    return list(session.scalars(query))
