"""Publishing a tender: everything is written, no rule refuses it, every phrase is in its holder's hands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import count, onto_workday
from models.calendar.workdays import is_workday
from models.errors import Invalid
from models.lifecycle import advance
from models.needs.need import Need
from models.rulebook.finding import Finding
from models.rulebook.methods import METHODS, Method
from models.tenders.checking import Task, findings, last_day, refusals, tasks
from models.tenders.lifecycle import TENDER, TenderMove
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import ensure_ready, hold, take_needs

__all__ = ["NotReady", "findings", "publish", "tasks", "usual_deadline"]
USUAL_HOUR = 17
USUAL_DAYS = 10
"""What a deadline is proposed from where no rule asks for a number of days (R20)."""


class NotReady(Invalid):
    """The tender lacks something or breaks a rule: all of it at once."""

    def __init__(self, lacks: list[Task], found: list[Finding]) -> None:
        super().__init__("tender_not_ready", count=len(lacks) + len(found))
        self.tasks = lacks
        self.findings = found


def publish(session: Session, tender: Tender, act: Act, *, bids_until: datetime) -> None:
    """Publish a draft with its deadline: in the future, on a working day, long enough by its method.

    R21, R39, R44 set the days; R37 how they are counted. Raises NotReady with all that is wrong.
    """
    ensure(act, P.TENDER_PUBLISH, tender)
    hold(session, tender, act, TenderPhase.DRAFT)
    ensure_deadline(bids_until, act.at)
    found = refusals(findings(session, tender, act, bids_until=bids_until))
    lacks = [task for task in tasks(session, tender, act) if not task.is_advice]
    if lacks or found:
        raise NotReady(lacks, found)
    needs = needs_of(tender)
    take_needs(session, needs, tender.unit_code, besides=tender.id)
    ensure_ready(needs, act.at)
    tender.bids_until = bids_until
    tender.updated_at = act.at
    advance(session, TENDER, tender, TenderMove.PUBLISH, act, bids_until=bids_until.isoformat())
    outbox.add(session, act, "need_in_procurement", tender, to=_authors(needs), reference=tender.reference)


def ensure_deadline(until: datetime, at: datetime) -> None:
    """A deadline lies ahead, on a day on which people work (R37)."""
    if until <= at:
        raise Invalid("deadline_not_ahead", field="bids_until")
    day = last_day(until)
    works, _provisional = is_workday(day)
    if not works:
        raise Invalid(
            "deadline_not_workday", field="bids_until", day=day, next=onto_workday(day).day, rule="R37"
        )


def usual_deadline(method: Method, at: datetime) -> datetime:
    """The earliest lawful working day for bids, at the end of its hours: what the form proposes."""
    rules, today = METHODS[method], local_date(at)
    days = [count(today, span.days, span.kind).day for span in (rules.bid_period, rules.documents) if span]
    day = max(days) if days else onto_workday(today + timedelta(days=USUAL_DAYS)).day
    return start_of(day) + timedelta(hours=USUAL_HOUR)


def needs_of(tender: Tender) -> list[Need]:
    """The needs of all lots."""
    return [row.need for lot in tender.lots for row in lot.needs]


def _authors(needs: Iterable[Need]) -> set[UUID]:
    return {need.created_by for need in needs if need.created_by is not None}
