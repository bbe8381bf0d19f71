"""The contract and fee of an evaluation, kept apart from its result: agreed once, paid whatever it says."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.assignment import Assignment
from models.agencies.engagement import Engagement
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.locking import hold
from models.contracts.words import LONGEST
from models.errors import Conflict, Invalid
from models.wording import bounded

MOST = Decimal(10_000_000)


def engage(
    session: Session, assignment: Assignment, act: Act, *, fee: Decimal, agreed_on: date, words: str = ""
) -> Engagement:
    """Note what was agreed with the agency; there is no verb that changes a fee afterwards."""
    ensure(act, Permission.EVALUATION_PLAN, assignment)
    hold(session, assignment)
    if not assignment.is_live:
        raise Conflict("assignment_recused")
    if session.scalar(select(Engagement.id).where(Engagement.assignment_id == assignment.id)) is not None:
        raise Conflict("engagement_agreed")
    if not 0 < fee <= MOST:
        raise Invalid("fee_out_of_range", field="fee", most=MOST)
    drawn_on = local_date(assignment.drawn_at)
    if not drawn_on <= agreed_on <= local_date(act.at):
        raise Invalid(
            "engagement_day",
            field="agreed_on",
            first=drawn_on,
            last=local_date(act.at),
        )
    made = Engagement(
        assignment=assignment,
        fee=fee,
        agreed_on=agreed_on,
        words=bounded(words, LONGEST, field="words"),
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    record(session, act, "engagement.agree", made, fee=fee)
    return made


def pay(session: Session, engagement: Engagement, act: Act, *, paid_on: date) -> None:
    """Note the day the fee was paid."""
    ensure(act, Permission.EVALUATION_PLAN, engagement)
    hold(session, engagement)
    if engagement.paid_on is not None:
        raise Conflict("engagement_paid")
    if not engagement.agreed_on <= paid_on <= local_date(act.at):
        raise Invalid("engagement_day", field="paid_on", first=engagement.agreed_on, last=local_date(act.at))
    engagement.paid_on = paid_on
    record(session, act, "engagement.pay", engagement)
