"""What waits for officials and evaluators about agencies."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import AgencyDraw, Assignment
from models.agencies.queries import assignments
from models.agencies.suspension import AgencySuspension
from models.agencies.tie import AgencyTie
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.calendar.clocks import local_date
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.tenders.lot import Lot
from models.tenders.tender import Tender


class TaskKind(StrEnum):
    """What is to be done."""

    DRAW_AGAIN = "draw_again"
    CONFLICT = "conflict"
    APPEAL = "appeal"
    DECLARE = "declare"


@dataclass(frozen=True)
class Task:
    """One thing to do, about a draw, an assignment or a suspension."""

    kind: TaskKind
    subject: Any
    title: str


def for_official(session: Session, act: Act) -> list[Task]:
    """Draws without an agency, agencies that the data tie by now, appeals that wait for another person."""
    if not can(act, P.EVALUATION_PLAN) or not act.actor.unit_code:
        return []
    return [*_draws(session, act), *_appeals(session, act)]


def for_evaluator(session: Session, act: Act) -> list[Task]:
    """Assignments whose declaration waits for the actor's agency."""
    if not can(act, P.ASSIGNMENT_DECLARE):
        return []
    return [
        Task(TaskKind.DECLARE, each, title(each.contract))
        for each in assignments(session, act).rows
        if each.is_live and each.declared_at is None
    ]


def title(contract: Contract) -> str:
    """What a contract is about."""
    return contract.award.lot.tender.title


def _draws(session: Session, act: Act) -> Iterator[Task]:
    """In two queries, however many contracts there are."""
    mine = Tender.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    of_contract = (
        select(AgencyDraw)
        .join(AgencyDraw.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .where(mine)
        .order_by(AgencyDraw.drawn_at, AgencyDraw.id)
        .options(
            contains_eager(AgencyDraw.contract)
            .contains_eager(Contract.award)
            .contains_eager(Award.lot)
            .contains_eager(Lot.tender)
        )
    )
    has_one = AgencyDraw.assignments.any(Assignment.recused_at.is_(None))
    for draw in session.scalars(of_contract.where(~has_one)):
        yield Task(TaskKind.DRAW_AGAIN, draw, title(draw.contract))
    tied = (
        of_contract.join(Assignment, Assignment.draw_id == AgencyDraw.id)
        .join(Award.bid)
        .join(OpenedBid.bid)
        .join(
            AgencyTie,
            (AgencyTie.agency_id == Assignment.agency_id)
            & (AgencyTie.organisation_id == Bid.organisation_id),
        )
        .where(Assignment.recused_at.is_(None))
        .add_columns(AgencyTie)
    )
    found = {draw: None for draw, tie in session.execute(tied) if tie.counts(local_date(act.at))}
    for draw in found:
        yield Task(TaskKind.CONFLICT, draw, title(draw.contract))


def _appeals(session: Session, act: Act) -> Iterator[Task]:
    if not can(act, P.AGENCY_MANAGE):
        return
    query = (
        select(AgencySuspension)
        .join(AgencySuspension.agency)
        .where(
            Agency.unit_code.startswith(act.actor.unit_code or "-", autoescape=True),
            AgencySuspension.appealed_at <= act.at,
            AgencySuspension.upheld_at.is_(None),
            AgencySuspension.lifted_at.is_(None),
        )
        .order_by(AgencySuspension.appealed_at)
    )
    for each in session.scalars(query):
        if each.made_by != act.actor.person_id:
            yield Task(TaskKind.APPEAL, each, each.agency.organisation.name)
