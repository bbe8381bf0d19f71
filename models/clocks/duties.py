"""Clocks of the purchaser: opening, decision, notice, signing, publication, filing, replies, payments."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.clocks.clock import Clock, ahead
from models.clocks.reminder import ReminderKind
from models.contracts import clocks, people
from models.contracts.award import Award, AwardPhase
from models.contracts.challenge import Challenge, ChallengePhase
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, MilestonePhase
from models.contracts.lifecycle import (
    award_phase_sql,
    challenge_phase_sql,
    contract_phase_sql,
    milestone_phase_sql,
)
from models.tenders.lifecycle import phase_sql
from models.tenders.tender import Tender, TenderPhase

AHEAD = {
    ReminderKind.DECISION_DUE: 1,
    ReminderKind.NOTICE_DUE: 1,
    ReminderKind.SIGNING_DUE: 5,
    ReminderKind.PUBLICATION_DUE: 1,
    ReminderKind.FILING_DUE: 1,
    ReminderKind.CHALLENGE_REPLY_DUE: 2,
    ReminderKind.PAYMENT_DUE: 5,
}
"""How many working days before the last day the reminder comes: at the beginning of that day."""
ONE = timedelta(days=1)
SIGNED = (ContractPhase.ACTIVE.value, ContractPhase.COMPLETE.value)
AFTER_SIGNING = {
    clocks.ClockKind.PUBLICATION: ReminderKind.PUBLICATION_DUE,
    clocks.ClockKind.FILING: ReminderKind.FILING_DUE,
}


class Duty(NamedTuple):
    """Something a purchaser must do by a day that a rule sets; None where no rule does."""

    kind: ReminderKind
    subject: Any
    about: Any
    tender: Tender
    by: clocks.Clock | None


def duties(session: Session, act: Act) -> Iterator[Clock]:
    """Every clock of a purchaser that is to be reminded of now."""
    yield from _openings(session, act)
    for duty in running(session, act):
        if duty.by is None:
            continue
        opens = ahead(duty.by.day, AHEAD[duty.kind])
        if opens <= act.at:
            yield _clock(session, duty, opens, duty.by.day, act)


def running(session: Session, act: Act) -> Iterator[Duty]:
    """Every duty of a purchaser that waits, near or far."""
    for find in (_decisions, _notices, _signings, _challenges, _contracts, _payments):
        yield from find(session, act)


def _clock(session: Session, duty: Duty, opens: datetime, day: date, act: Act) -> Clock:
    told = frozenset(people.purchaser(session, act, duty.tender))
    facts = {"reference": duty.tender.reference, "title": duty.tender.title, "day": day.isoformat()}
    return Clock(duty.kind, duty.subject.id, duty.about, opens, start_of(day + ONE), told, facts)


def _openings(session: Session, act: Act) -> Iterator[Clock]:
    """The deadline is over: open."""
    closed = select(Tender).where(phase_sql(act.at) == TenderPhase.CLOSED.value).order_by(Tender.id)
    for tender in session.scalars(closed):
        until = tender.bids_until or act.at
        told = frozenset(people.purchaser(session, act, tender))
        facts = {"reference": tender.reference, "title": tender.title}
        yield Clock(ReminderKind.OPENING_DUE, tender.id, tender, until, until, told, facts)


def _decisions(session: Session, act: Act) -> Iterator[Duty]:
    """The report lies there: decide (R33)."""
    reported = select(Tender).where(phase_sql(act.at) == TenderPhase.REPORTED.value).order_by(Tender.id)
    for each in session.scalars(reported):
        yield Duty(ReminderKind.DECISION_DUE, each, each, each, clocks.decision_until(each))


def _notices(session: Session, act: Act) -> Iterator[Duty]:
    """Decided: give notice (R33)."""
    pending = select(Award).where(award_phase_sql(act.at) == AwardPhase.PENDING.value).order_by(Award.id)
    for each in session.scalars(pending):
        tender = each.lot.tender
        yield Duty(ReminderKind.NOTICE_DUE, each, tender, tender, clocks.notice_until(each))


def _signings(session: Session, act: Act) -> Iterator[Duty]:
    """Noticed: sign (R34)."""
    signed = select(Contract.award_id).where(Contract.supplier_signed_at <= act.at)
    noticed = award_phase_sql(act.at).in_((AwardPhase.NOTICED.value, AwardPhase.ACTIVE.value))
    for each in session.scalars(select(Award).where(noticed, Award.id.not_in(signed)).order_by(Award.id)):
        tender = each.lot.tender
        yield Duty(ReminderKind.SIGNING_DUE, each, tender, tender, clocks.signing_until(each))


def _challenges(session: Session, act: Act) -> Iterator[Duty]:
    """Filed: reply (R58)."""
    filed = select(Challenge).where(challenge_phase_sql(act.at) == ChallengePhase.FILED.value)
    for each in session.scalars(filed.order_by(Challenge.id)):
        yield Duty(ReminderKind.CHALLENGE_REPLY_DUE, each, each, each.tender, clocks.reply_until(each))


def _contracts(session: Session, act: Act) -> Iterator[Duty]:
    """Signed: publish and file (R34)."""
    unfinished = Contract.published_at.is_(None) | Contract.filed_at.is_(None)
    found = select(Contract).where(contract_phase_sql(act.at).in_(SIGNED), unfinished).order_by(Contract.id)
    for each in session.scalars(found):
        for clock in clocks.contract_clocks(each, act.at):
            if clock.kind in AFTER_SIGNING:
                yield Duty(AFTER_SIGNING[clock.kind], each, each, each.award.lot.tender, clock)


def _payments(session: Session, act: Act) -> Iterator[Duty]:
    """Invoiced: pay (R36)."""
    invoiced = select(ContractMilestone).where(milestone_phase_sql(act.at) == MilestonePhase.INVOICED.value)
    for each in session.scalars(invoiced.order_by(ContractMilestone.id)):
        tender = each.contract.award.lot.tender
        yield Duty(ReminderKind.PAYMENT_DUE, each, each.contract, tender, clocks.payment_until(each))
