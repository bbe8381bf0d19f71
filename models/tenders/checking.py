"""What stands between a draft and its publication: what the rules find, and what is still to be written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.calendar.clocks import local_date
from models.needs.assessment import AssessmentPhase
from models.needs.lifecycle import assessment_phase_at
from models.rulebook import draft as book
from models.rulebook.checks import before_publication, public_notice
from models.rulebook.finding import Finding, Severity
from models.rulebook.methods import METHODS, Method
from models.rulebook.picker import Standing, Why, pick
from models.rulebook.rule import rule
from models.rulebook.thresholds import ThresholdKind, threshold_at
from models.tenders.drafting import purchase
from models.tenders.key import TenderKey
from models.tenders.keys import waiting
from models.tenders.notice import Notice, NoticeKind
from models.tenders.noticing import noticed_on
from models.tenders.tender import Tender

WHOLE = Decimal(100)
TICK = timedelta(microseconds=1)


class Section(StrEnum):
    """The sections of the editor."""

    BASICS = "basics"
    LOTS = "lots"
    CRITERIA = "criteria"
    REQUIREMENTS = "requirements"
    MILESTONES = "milestones"
    KEYS = "keys"
    NOTICES = "notices"


class TaskCode(StrEnum):
    """What can still be to do."""

    DESCRIPTION_MISSING = "description_missing"
    BUDGET_ITEM_MISSING = "budget_item_missing"
    PERIOD_MISSING = "period_missing"
    PERIOD_OVER_USUAL = "period_over_usual"
    PERIOD_TOO_LONG = "period_too_long"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    SPLITTING = "splitting"
    METHOD_REASON_MISSING = "method_reason_missing"
    RESERVATION_REASON_MISSING = "reservation_reason_missing"
    USERS_MISSING = "users_missing"
    CRITERIA_MISSING = "criteria_missing"
    REQUIREMENTS_MISSING = "requirements_missing"
    MILESTONES_NOT_100 = "milestones_not_100"
    KEYS_MISSING = "keys_missing"
    PHRASES_WAIT = "phrases_wait"
    INTENT_NOTICE_MISSING = "intent_notice_missing"
    SINGLE_SOURCE_NOTICE_MISSING = "single_source_notice_missing"


@dataclass(frozen=True)
class Task:
    """One thing to do, where, by which rule; an advisory one does not hold publication up."""

    code: TaskCode
    section: Section
    rule: str | None = None
    is_advice: bool = False


def last_day(until: datetime) -> date:
    """The last day on which something can still be handed in before an instant."""
    return local_date(until - TICK)


def findings(
    session: Session, tender: Tender, act: Act, *, bids_until: datetime | None = None
) -> list[Finding]:
    """What the rules find if the tender were published now, with this deadline."""
    ensure(act, P.TENDER_VIEW, tender)
    return before_publication(_as_draft(session, tender, act.at, bids_until))


def refusals(found: list[Finding]) -> list[Finding]:
    """The findings with which nothing may be published."""
    return [finding for finding in found if finding.severity == Severity.REFUSES]


def _as_draft(session: Session, tender: Tender, at: datetime, bids_until: datetime | None) -> book.Draft:
    until = last_day(bids_until) if bids_until else None
    return book.Draft(
        method=tender.method,
        amount=tender.budget,
        issued=local_date(at),
        price_weight=tender.price_weight,
        fixed_price=tender.fixed_price,
        bid_deadline=until,
        documents_until=until,  # they can be read here until the last minute
        criteria=tuple(
            book.Criterion(
                str(each.id),
                each.title,
                each.weight,
                each.description,
                tuple((level.words, level.points) for level in each.levels),
            )
            for each in tender.criteria
        ),
        conditions=tuple(book.Condition(str(each.id), each.words) for each in tender.requirements),
        survey=_survey(tender, at),
        tender_threshold=_threshold(session, tender, at),
        noticed=noticed_on(session, tender),
    )


def _threshold(session: Session, tender: Tender, at: datetime) -> Decimal:
    """From which amount on the place has to tender openly (R15, R17)."""
    return threshold_at(session, tender.unit_code, local_date(at), ThresholdKind.OPEN_TENDER).amount


def _survey(tender: Tender, at: datetime) -> book.Survey | None:
    if tender.surveyed_on is None:
        return None
    return book.Survey(tender.surveyed_on, tender.surveyed_respondents or 0, public_asked(tender, at))


def public_asked(tender: Tender, at: datetime) -> bool:
    """Whether each need rests on a completed assessment of its neighbourhood, or was deliberated (R07)."""
    needs = [row.need for lot in tender.lots for row in lot.needs]
    return bool(needs) and all(
        need.deliberating_at is not None
        or (
            need.assessment is not None
            and assessment_phase_at(need.assessment, at) == AssessmentPhase.COMPLETED
        )
        for need in needs
    )


def tasks(session: Session, tender: Tender, act: Act) -> list[Task]:
    """What must still be written or done, in the order of the editor."""
    ensure(act, P.TENDER_VIEW, tender)
    return [
        *_basics(session, tender, act),
        *_parts(tender),
        *_keys(session, tender),
        *_notices(session, tender, act.at),
    ]


def _basics(session: Session, tender: Tender, act: Act) -> Iterator[Task]:
    for code, missing, id_ in (
        (TaskCode.DESCRIPTION_MISSING, not tender.description, "R07"),
        (TaskCode.BUDGET_ITEM_MISSING, not tender.budget_item, "R05"),
        (TaskCode.PERIOD_MISSING, not (tender.service_starts_on and tender.service_ends_on), "R06"),
        (TaskCode.USERS_MISSING, not tender.users_words, "R10"),
    ):
        if missing:
            yield Task(code, Section.BASICS, id_)
    yield from _period(tender)
    picked = pick(
        purchase(
            session,
            tender.unit_code,
            tender.budget,
            act,
            budget_item=tender.budget_item,
            besides=tender.id,
        )
    )
    choice = next(each for each in picked.choices if each.method == tender.method)
    by = choice.reasons[0].rule
    if any(reason.why == Why.SPLITTING for reason in choice.reasons):
        yield Task(TaskCode.SPLITTING, Section.BASICS, "R19", is_advice=True)
    if choice.standing == Standing.NOT_ALLOWED and tender.method != Method.FRAMEWORK_CALL_OFF:
        yield Task(TaskCode.METHOD_NOT_ALLOWED, Section.BASICS, by)
    elif choice.standing not in (Standing.USUAL, Standing.ALLOWED) and not tender.method_words:
        yield Task(TaskCode.METHOD_REASON_MISSING, Section.BASICS, by)
    trap = any(note.why == Why.SME_RESERVATION_TRAP for note in picked.notes)
    if trap and METHODS[tender.method].statutory and not tender.reservation_words:
        yield Task(TaskCode.RESERVATION_REASON_MISSING, Section.BASICS, "R63")


def _period(tender: Tender) -> Iterator[Task]:
    """R06: a year as a rule; three at most, where the service is stable and budgeted."""
    starts, ends = tender.service_starts_on, tender.service_ends_on
    if starts is None or ends is None:
        return
    if ends >= _years_after(starts, rule("R06").number("most_years")):
        yield Task(TaskCode.PERIOD_TOO_LONG, Section.BASICS, "R06")
    elif ends >= _years_after(starts, rule("R06").number("usual_years")):
        yield Task(TaskCode.PERIOD_OVER_USUAL, Section.BASICS, "R06", is_advice=True)


def _years_after(day: date, years: int) -> date:
    """The first day that lies outside so many years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _parts(tender: Tender) -> Iterator[Task]:
    if not tender.criteria and not METHODS[tender.method].lowest_price_wins:
        yield Task(TaskCode.CRITERIA_MISSING, Section.CRITERIA, "R27")
    if not tender.requirements:
        yield Task(TaskCode.REQUIREMENTS_MISSING, Section.REQUIREMENTS, "R50")
    if sum((each.percent for each in tender.milestones), Decimal(0)) != WHOLE:
        yield Task(TaskCode.MILESTONES_NOT_100, Section.MILESTONES, "R36")


def _keys(session: Session, tender: Tender) -> Iterator[Task]:
    key = session.get(TenderKey, tender.id)
    if key is None:
        yield Task(TaskCode.KEYS_MISSING, Section.KEYS)
    elif waiting(key):
        yield Task(TaskCode.PHRASES_WAIT, Section.KEYS)


def _notices(session: Session, tender: Tender, at: datetime) -> Iterator[Task]:
    """R57: intent is announced a month ahead; its thirty days are not verified, so this is advice.

    R45: at the threshold of tenders a single source is announced; `findings` counts the days.
    """
    if not METHODS[tender.method].statutory:
        return
    kinds = set(session.scalars(select(Notice.kind).where(Notice.tender_id == tender.id)))
    if NoticeKind.INTENT not in kinds:
        yield Task(TaskCode.INTENT_NOTICE_MISSING, Section.NOTICES, "R57", is_advice=True)
    span = public_notice(tender.method, tender.budget, _threshold(session, tender, at))
    if span and NoticeKind.SINGLE_SOURCE not in kinds:
        yield Task(TaskCode.SINGLE_SOURCE_NOTICE_MISSING, Section.NOTICES, span.rule)
