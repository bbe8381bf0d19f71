"""The clocks from the report to the last payment, each counted by its rule (R33, R34, R36, R58, R59)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.calendar.clocks import local_date
from models.calendar.counting import Counted, DayKind, count
from models.contracts.award import Award
from models.contracts.challenge import Challenge
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, MilestonePhase
from models.contracts.lifecycle import contract_phase_at, milestone_phase_at
from models.rulebook.deadlines import Deadline, Event, Known, deadlines
from models.rulebook.methods import METHODS, Method
from models.rulebook.rule import rule
from models.tenders.tender import Tender


class ClockKind(StrEnum):
    """What must be done by a day."""

    DECISION = "decision"
    NOTICE = "notice"
    CHALLENGE = "challenge"
    REPLY = "reply"
    COMPLAINT = "complaint"
    SIGNING = "signing"
    PUBLICATION = "publication"
    FILING = "filing"
    DELIVERY = "delivery"
    PAYMENT = "payment"


@dataclass(frozen=True)
class Clock:
    """One day by which something is to be done; a day agreed in a contract has no rule."""

    kind: ClockKind
    day: date
    rule: str | None
    provisional: bool = False

    def is_over(self, at: datetime) -> bool:
        """Whether the day has passed."""
        return local_date(at) > self.day


def decision_until(tender: Tender) -> Clock | None:
    """The purchaser decides within 5 working days of the report (R33)."""
    if tender.reported_at is None:
        return None
    known = Known(report_delivered=local_date(tender.reported_at))
    return _from(ClockKind.DECISION, tender.method, Event.AWARD_DECISION_UNTIL, known)


def notice_until(award: Award) -> Clock:
    """The notice follows within 2 working days of the decision (R33)."""
    counted = _working(local_date(award.decided_at), "R33", "notice")
    return Clock(ClockKind.NOTICE, counted.day, "R33", counted.provisional)


def notice_ends(noticed_on: date) -> Counted:
    """The last day of a notice, which runs one working day (R33)."""
    return _working(noticed_on, "R33", "notice_runs")


def challenge_until(award: Award) -> Clock | None:
    """The result can be challenged for 7 working days after its notice (R58)."""
    return _noticed(ClockKind.CHALLENGE, award, Event.CHALLENGE_UNTIL)


def signing_until(award: Award) -> Clock | None:
    """The contract is signed within 30 days of the notice (R34)."""
    return _noticed(ClockKind.SIGNING, award, Event.CONTRACT_UNTIL)


def reply_until(challenge: Challenge) -> Clock:
    """A challenge is answered within 7 working days (R58)."""
    counted = _working(local_date(challenge.filed_at), "R58", "reply")
    return Clock(ClockKind.REPLY, counted.day, "R58", counted.provisional)


def complaint_until(challenge: Challenge) -> Clock:
    """A complaint follows within 15 working days of the reply, or of the day it was due (R59)."""
    replied = challenge.upheld_at or challenge.rejected_at
    start = local_date(replied) if replied else reply_until(challenge).day
    counted = _working(start, "R59", "complaint")
    return Clock(ClockKind.COMPLAINT, counted.day, "R59", counted.provisional)


def payment_until(milestone: ContractMilestone) -> Clock | None:
    """An invoice is paid within 30 days (R36)."""
    if milestone.invoiced_at is None:
        return None
    counted = count(local_date(milestone.invoiced_at), rule("R36").number("days"), DayKind.CALENDAR)
    return Clock(ClockKind.PAYMENT, counted.day, "R36", counted.provisional)


def milestone_clock(milestone: ContractMilestone, at: datetime) -> Clock | None:
    """What is due of a milestone: its delivery, or its payment."""
    phase = milestone_phase_at(milestone, at)
    if phase in {MilestonePhase.SCHEDULED, MilestonePhase.RETURNED}:
        return Clock(ClockKind.DELIVERY, milestone.due_on, None)
    return payment_until(milestone) if phase == MilestonePhase.INVOICED else None


def contract_clocks(contract: Contract, at: datetime) -> list[Clock]:
    """All that is due of a contract, the earliest first."""
    phase = contract_phase_at(contract, at)
    found: list[Clock | None] = []
    if phase in {ContractPhase.PENDING, ContractPhase.SIGNING}:
        found = [signing_until(contract.award)]
    elif phase in {ContractPhase.ACTIVE, ContractPhase.COMPLETE}:
        found = [*_after_signing(contract), *(milestone_clock(each, at) for each in contract.milestones)]
    return sorted((each for each in found if each), key=lambda clock: (clock.day, clock.kind))


def is_statutory(method: Method) -> bool:
    """Whether the procurement law's clocks and remedies hold for a method."""
    return METHODS[method].statutory


def _after_signing(contract: Contract) -> list[Clock | None]:
    if contract.supplier_signed_at is None:
        return []
    method = contract.award.lot.tender.method
    known = Known(contract_signed=local_date(contract.supplier_signed_at))
    publication = _from(ClockKind.PUBLICATION, method, Event.CONTRACT_PUBLICATION_UNTIL, known)
    filing = _from(ClockKind.FILING, method, Event.CONTRACT_FILING_UNTIL, known)
    return [
        None if contract.published_at else publication,
        None if contract.filed_at else filing,
    ]


def _noticed(kind: ClockKind, award: Award, event: Event) -> Clock | None:
    if award.noticed_on is None:
        return None
    return _from(kind, award.lot.tender.method, event, Known(notice=award.noticed_on))


def _from(kind: ClockKind, method: Method, event: Event, known: Known) -> Clock | None:
    found: Deadline | None = next((each for each in deadlines(method, known) if each.event == event), None)
    return Clock(kind, found.day, found.rule, found.provisional) if found else None


def _working(start: date, id_: str, figure: str) -> Counted:
    return count(start, rule(id_).number(figure), DayKind.WORKING)
