"""Whom to tell of an evaluation."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.people import evaluators_of
from models.contracts import people
from models.evaluations.evaluation import Evaluation


def contractor(session: Session, evaluation: Evaluation, act: Act) -> set[UUID]:
    """The staff of the contractor."""
    return people.supplier(session, act, evaluation.organisation_id)


def purchaser(session: Session, evaluation: Evaluation, act: Act) -> set[UUID]:
    """The purchaser's people."""
    return people.purchaser(session, act, evaluation.contract.award.lot.tender)


def evaluators(session: Session, holder: Any, act: Act) -> set[UUID]:
    """The people of the agency that evaluates, or that marks again."""
    return set(evaluators_of(session, act, holder.agency_id)) if holder.agency_id else set()
