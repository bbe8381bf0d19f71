"""Every date of a procedure that follows from the dates known so far, each with its rule and its count."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from models.calendar.counting import Counted, DayKind, count, count_back
from models.calendar.workdays import NATIONAL, Calendar
from models.errors import Invalid
from models.rulebook.methods import METHODS, Method, Span
from models.rulebook.rule import rule

FIRST, LAST = date(2004, 1, 1), date(2099, 12, 31)
"""The kept calendar begins in 2004; a year outside can only be a slip of the hand."""


class Event(StrEnum):
    """Dates that follow."""

    BID_DEADLINE = "bid_deadline"
    DOCUMENTS_UNTIL = "documents_until"
    CLARIFICATION_UNTIL = "clarification_until"
    AWARD_DECISION_UNTIL = "award_decision_until"
    AWARD_NOTICE_UNTIL = "award_notice_until"
    CHALLENGE_UNTIL = "challenge_until"
    CHALLENGE_REPLY_UNTIL = "challenge_reply_until"
    COMPLAINT_UNTIL = "complaint_until"
    CONTRACT_UNTIL = "contract_until"
    CONTRACT_PUBLICATION_UNTIL = "contract_publication_until"
    CONTRACT_FILING_UNTIL = "contract_filing_until"


class Start(StrEnum):
    """What a period is counted from: a known date, or one that was counted before it."""

    ISSUED = "issued"
    BID_DEADLINE = "bid_deadline"
    REPORT_DELIVERED = "report_delivered"
    DECIDED = "decided"
    NOTICE = "notice"
    NOTICE_END = "notice_end"
    CONTRACT_SIGNED = "contract_signed"
    CHALLENGE_RECEIVED = "challenge_received"
    CHALLENGE_REPLIED = "challenge_replied"
    REPLY_DUE = "reply_due"


class Direction(StrEnum):
    """How a date binds: not before it, not after it, or not later than so many days ahead of the start."""

    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Known:
    """The dates known so far, in Shanghai."""

    issued: date | None = None
    bid_deadline: date | None = None
    report_delivered: date | None = None
    notice: date | None = None
    contract_signed: date | None = None
    challenge_received: date | None = None
    challenge_replied: date | None = None


@dataclass(frozen=True)
class Deadline:
    """One date: counted from `start` on `start_day`, by `days` of a kind, over the days off in `skipped`."""

    event: Event
    day: date
    rule: str
    days: int
    kind: DayKind
    start: Start
    start_day: date
    direction: Direction
    skipped: tuple[date, ...] = ()
    provisional: bool = False


def deadlines(method: Method, known: Known, calendar: Calendar = NATIONAL) -> list[Deadline]:
    """Every date that follows, in the order of the procedure."""
    check(known)
    book = _Count(method, calendar)
    parts = (book.bidding, book.award, book.challenge, book.complaint, book.contract)
    return [each for part in parts for each in part(known)]


def check(known: Known) -> None:
    """Raise Invalid for a year that cannot be meant, or for dates that stand in the wrong order."""
    for name, day in vars(known).items():
        if day is not None and not FIRST <= day <= LAST:
            raise Invalid("date_out_of_range", field=name, first=FIRST, last=LAST)
    main = ("issued", "bid_deadline", "report_delivered", "notice", "contract_signed")
    for chain in (main, ("challenge_received", "challenge_replied")):
        given = [(name, day) for name in chain if (day := getattr(known, name)) is not None]
        for (before, first), (after, second) in pairwise(given):
            if second < first:
                raise Invalid("dates_out_of_order", field=after, first=Start(before), then=Start(after))


class _Count:
    """Counting for one method by one calendar."""

    def __init__(self, method: Method, calendar: Calendar) -> None:
        self.rules = METHODS[method]
        self.calendar = calendar

    def bidding(self, known: Known) -> Iterator[Deadline]:
        """R21, R22, R39, R44: from the issue of the documents to the deadline."""
        closing, provisional = known.bid_deadline, False
        if known.issued and self.rules.bid_period:
            first = self._after(
                Event.BID_DEADLINE, self.rules.bid_period, Start.ISSUED, known.issued, Direction.NOT_BEFORE
            )
            yield first
            if closing is None:
                closing, provisional = first.day, first.provisional
        if known.issued and self.rules.documents:
            yield self._after(
                Event.DOCUMENTS_UNTIL, self.rules.documents, Start.ISSUED, known.issued, Direction.NOT_BEFORE
            )
        if closing and self.rules.clarification:
            span = self.rules.clarification
            counted = count_back(closing, span.days, span.kind, self.calendar)
            made = _deadline(
                Event.CLARIFICATION_UNTIL, span, Start.BID_DEADLINE, closing, Direction.AHEAD, counted
            )
            yield replace(made, provisional=made.provisional or provisional)

    def award(self, known: Known) -> Iterator[Deadline]:
        """R33: the purchaser decides on the report, then gives notice."""
        if not known.report_delivered or not self.rules.reviewed:
            return
        decided = self._after(
            Event.AWARD_DECISION_UNTIL,
            _working("R33", "decision"),
            Start.REPORT_DELIVERED,
            known.report_delivered,
        )
        yield decided
        yield self._after(
            Event.AWARD_NOTICE_UNTIL,
            _working("R33", "notice"),
            Start.DECIDED,
            decided.day,
            provisional=decided.provisional,
        )

    def challenge(self, known: Known) -> Iterator[Deadline]:
        """R58: a challenge of the result counts from the end of its notice."""
        if not self.rules.statutory or not known.notice:
            return
        notice = _working("R33", "notice_runs")
        end = count(known.notice, notice.days, notice.kind, self.calendar)
        yield self._after(
            Event.CHALLENGE_UNTIL,
            _working("R58", "challenge"),
            Start.NOTICE_END,
            end.day,
            provisional=end.provisional,
            over=end.skipped,
        )

    def complaint(self, known: Known) -> Iterator[Deadline]:
        """R58, R59: the reply to a challenge; a complaint counts from it, or from the day it was due."""
        if not self.rules.statutory:
            return
        replied, start, provisional = known.challenge_replied, Start.CHALLENGE_REPLIED, False
        if known.challenge_received:
            reply = _working("R58", "reply")
            due = self._after(
                Event.CHALLENGE_REPLY_UNTIL, reply, Start.CHALLENGE_RECEIVED, known.challenge_received
            )
            yield due
            if replied is None:
                replied, start, provisional = due.day, Start.REPLY_DUE, due.provisional
        if replied:
            span = _working("R59", "complaint")
            yield self._after(Event.COMPLAINT_UNTIL, span, start, replied, provisional=provisional)

    def contract(self, known: Known) -> Iterator[Deadline]:
        """R34: signing, publication and filing."""
        if not self.rules.statutory:
            return
        if known.notice:
            span = Span(rule("R34").number("signing"), DayKind.CALENDAR, "R34")
            yield self._after(Event.CONTRACT_UNTIL, span, Start.NOTICE, known.notice)
        if known.contract_signed:
            for event, figure in (
                (Event.CONTRACT_PUBLICATION_UNTIL, "publication"),
                (Event.CONTRACT_FILING_UNTIL, "filing"),
            ):
                yield self._after(
                    event, _working("R34", figure), Start.CONTRACT_SIGNED, known.contract_signed
                )

    def _after(
        self,
        event: Event,
        span: Span,
        start: Start,
        day: date,
        direction: Direction = Direction.NOT_AFTER,
        *,
        provisional: bool = False,
        over: tuple[date, ...] = (),
    ) -> Deadline:
        counted = count(day, span.days, span.kind, self.calendar)
        made = _deadline(event, span, start, day, direction, counted)
        return replace(made, skipped=over + made.skipped, provisional=made.provisional or provisional)


def _working(id_: str, figure: str) -> Span:
    return Span(rule(id_).number(figure), DayKind.WORKING, id_)


def _deadline(
    event: Event, span: Span, start: Start, day: date, direction: Direction, counted: Counted
) -> Deadline:
    return Deadline(
        event,
        counted.day,
        span.rule,
        span.days,
        span.kind,
        start,
        day,
        direction,
        counted.skipped,
        counted.provisional,
    )
