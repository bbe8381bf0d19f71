"""What waits for whom between the report and the last payment, each with its clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.contracts.award import Award, AwardPhase
from models.contracts.awarding import contract_of
from models.contracts.challenge import ChallengePhase
from models.contracts.challenge_page import challenge_row
from models.contracts.clocks import (
    Clock,
    ClockKind,
    contract_clocks,
    decision_until,
    milestone_clock,
    notice_until,
    signing_until,
)
from models.contracts.contract import Contract, ContractPhase, MilestonePhase
from models.contracts.lifecycle import award_phase_at, contract_phase_at, milestone_phase_at
from models.contracts.queries import challenges, contracts
from models.contracts.suspending import suspended_by
from models.tenders.lifecycle import phase_sql
from models.tenders.lot import Lot
from models.tenders.tender import Tender, TenderPhase


class TaskKind(StrEnum):
    """What is to be done."""

    DECIDE = "decide"
    NOTICE = "notice"
    MAKE = "make"
    SIGN = "sign"
    COUNTERSIGN = "countersign"
    REPLY = "reply"
    PUBLISH = "publish"
    FILE = "file"
    ACCEPT = "accept"
    PAY = "pay"
    REPORT = "report"
    INVOICE = "invoice"
    AGREE = "agree"


@dataclass(frozen=True)
class Task:
    """One thing to do, about a tender, an award, a challenge, a contract or a milestone."""

    kind: TaskKind
    subject: Any
    title: str
    clock: Clock | None


AFTER_SIGNING = {ClockKind.PUBLICATION: TaskKind.PUBLISH, ClockKind.FILING: TaskKind.FILE}


def for_official(session: Session, act: Act) -> list[Task]:
    """What waits for the purchaser in the area, what is due first standing first."""
    if not can(act, P.AWARD_DECIDE) or not act.actor.unit_code:
        return []
    return _sorted([*_awards(session, act), *_replies(session, act), *_managed(session, act)])


def for_supplier(session: Session, act: Act) -> list[Task]:
    """What waits for an organisation in its contracts."""
    if not can(act, P.CONTRACT_PERFORM):
        return []
    return _sorted(task for each in contracts(session, act) for task in _performed(each, act))


def _sorted(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.clock.day if task.clock else date.max, task.kind))


def _awards(session: Session, act: Act) -> Iterator[Task]:
    area = Tender.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    reported = select(Tender).where(area, phase_sql(act.at) == TenderPhase.REPORTED.value)
    for tender in session.scalars(reported.order_by(Tender.reported_at)):
        yield Task(TaskKind.DECIDE, tender, tender.title, decision_until(tender))
    standing = select(Award).join(Award.lot).join(Lot.tender).where(area, Award.cancelled_at.is_(None))
    for award in session.scalars(standing.order_by(Award.decided_at)):
        title = award.lot.tender.title
        if award_phase_at(award, act.at) == AwardPhase.PENDING:
            yield Task(TaskKind.NOTICE, award, title, notice_until(award))
        elif contract_of(session, award) is None and not suspended_by(session, award.lot, act):
            yield Task(TaskKind.MAKE, award, title, signing_until(award))


def _replies(session: Session, act: Act) -> Iterator[Task]:
    for challenge in challenges(session, act):
        row = challenge_row(challenge, act.at)
        if row.phase == ChallengePhase.FILED:
            yield Task(TaskKind.REPLY, challenge, challenge.tender.title, row.clock)


def _managed(session: Session, act: Act) -> Iterator[Task]:
    for contract in contracts(session, act):
        title = contract.award.lot.title
        phase = contract_phase_at(contract, act.at)
        if phase == ContractPhase.PENDING:
            yield Task(TaskKind.SIGN, contract, title, signing_until(contract.award))
        for clock in contract_clocks(contract, act.at):
            if clock.kind in AFTER_SIGNING:
                yield Task(AFTER_SIGNING[clock.kind], contract, title, clock)
        for milestone in contract.milestones:
            state = milestone_phase_at(milestone, act.at)
            if state == MilestonePhase.REPORTED and phase == ContractPhase.ACTIVE:
                yield Task(TaskKind.ACCEPT, milestone, milestone.title, None)
            elif state == MilestonePhase.INVOICED:
                yield Task(TaskKind.PAY, milestone, milestone.title, milestone_clock(milestone, act.at))


def _performed(contract: Contract, act: Act) -> Iterator[Task]:
    phase = contract_phase_at(contract, act.at)
    if phase == ContractPhase.SIGNING:
        clock = signing_until(contract.award)
        yield Task(TaskKind.COUNTERSIGN, contract, contract.award.lot.title, clock)
    if phase == ContractPhase.ACTIVE and any(each.agreed_at is None for each in contract.changes):
        yield Task(TaskKind.AGREE, contract, contract.award.lot.title, None)
    for milestone in contract.milestones:
        state = milestone_phase_at(milestone, act.at)
        if state in {MilestonePhase.SCHEDULED, MilestonePhase.RETURNED} and phase == ContractPhase.ACTIVE:
            yield Task(TaskKind.REPORT, milestone, milestone.title, milestone_clock(milestone, act.at))
            break  # one after the other: the next in line is what there is to do
        if state == MilestonePhase.ACCEPTED:
            yield Task(TaskKind.INVOICE, milestone, milestone.title, None)
