"""Changes after publication: numbered, public, with more time where a rule asks for it (R22, R39, R44)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.calendar.counting import count, count_back
from models.errors import Invalid
from models.rulebook.methods import METHODS, Span
from models.tenders.amendment import Amendment, AmendmentKind
from models.tenders.checking import last_day
from models.tenders.parts import LIMITS
from models.tenders.publishing import ensure_deadline
from models.tenders.telling import tell
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import hold
from models.wording import bounded

MAY_CHANGE = frozenset(
    {"description", "users_words", "contract_words", "service_starts_on", "service_ends_on"}
)
"""What an amendment may write anew. Method, lots, criteria and money need a new tender."""

LONGEST = 2000


def amend(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    words: str,
    bears_on_bids: bool,
    until: datetime | None = None,
    changes: Mapping[str, Any] | None = None,
    to: Iterable[UUID] = (),
) -> Amendment:
    """Clarify or change a published tender before its deadline.

    What bears on bids leaves so many days to the deadline, or moves it: Invalid("amendment_must_extend").
    Bids sealed before it are asked to confirm; who sealed one is the caller's to name in `to`.
    """
    ensure(act, P.TENDER_PUBLISH, tender)
    hold(session, tender, act, TenderPhase.TENDERING)
    said = bounded(words, LONGEST, field="words")
    if not said:
        raise Invalid("amendment_words_missing", field="words")
    if changes and not bears_on_bids:
        raise Invalid("change_bears_on_bids", field="bears_on_bids")
    after = _after(tender, act.at, until)
    span = METHODS[tender.method].clarification if bears_on_bids else None
    if span is not None:
        _ensure_long_enough(span, local_date(act.at), last_day(after))
    kind = AmendmentKind.CHANGE if bears_on_bids else AmendmentKind.CLARIFICATION
    written = _write(tender, changes or {})
    made = _number(session, tender, act, kind, said, after, written, span)
    tell(session, act, "tender_amended", tender, to=to, number=made.number)
    return made


def extend_after_outage(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    until: datetime,
    words: str,
    to: Iterable[UUID] = (),
) -> Amendment:
    """Give everybody the same more time after the portal was down, also when the deadline has passed.

    Only while no envelope has been opened. Bids that were handed in stand and may be replaced.
    """
    ensure(act, P.TENDER_PUBLISH, tender)
    hold(session, tender, act, TenderPhase.TENDERING, TenderPhase.CLOSED)
    said = bounded(words, LONGEST, field="words")
    if not said:
        raise Invalid("amendment_words_missing", field="words")
    if tender.bids_until is None or until <= tender.bids_until:
        raise Invalid("extension_not_later", field="until")
    ensure_deadline(until, act.at)
    made = _number(session, tender, act, AmendmentKind.OUTAGE, said, until, {}, None)
    tell(session, act, "tender_extended", tender, to=to, number=made.number)
    return made


def lawful_until(tender: Tender, at: datetime) -> date | None:
    """The first day to which an amendment that bears on bids must move the deadline; None: no need to."""
    span = METHODS[tender.method].clarification
    if span is None or tender.bids_until is None:
        return None
    today, deadline = local_date(at), last_day(tender.bids_until)
    return None if _is_long_enough(span, today, deadline) else count(today, span.days, span.kind).day


def _after(tender: Tender, at: datetime, until: datetime | None) -> datetime:
    """The deadline as it will be: never earlier, and on a working day when it moves."""
    before = tender.bids_until
    if before is None:
        raise Invalid("deadline_not_ahead", field="until")
    if until is None or until == before:
        return before
    if until < before:
        raise Invalid("extension_not_later", field="until")
    ensure_deadline(until, at)
    return until


def _is_long_enough(span: Span, today: date, deadline: date) -> bool:
    return today <= count_back(deadline, span.days, span.kind).day


def _ensure_long_enough(span: Span, today: date, deadline: date) -> None:
    if not _is_long_enough(span, today, deadline):
        first = count(today, span.days, span.kind).day
        raise Invalid(
            "amendment_must_extend",
            field="until",
            days=span.days,
            kind=span.kind,
            first=first,
            rule=span.rule,
        )


def _write(tender: Tender, changes: Mapping[str, Any]) -> dict[str, list[str | None]]:
    """Write the fields anew; what they were and are is kept with the amendment."""
    if not MAY_CHANGE.issuperset(changes):
        raise Invalid("change_needs_new_tender", field="changes")
    written: dict[str, list[str | None]] = {}
    for name, value in sorted(changes.items()):
        before = getattr(tender, name)
        new = bounded(value, LIMITS[name], field=name) if name in LIMITS else value
        if new != before:
            setattr(tender, name, new)
            written[name] = [None if each is None else str(each) for each in (before, new)]
    starts, ends = tender.service_starts_on, tender.service_ends_on
    if starts and ends and ends < starts:
        raise Invalid("tender_ends_before_start", field="service_ends_on")
    return written


def _number(
    session: Session,
    tender: Tender,
    act: Act,
    kind: AmendmentKind,
    words: str,
    after: datetime,
    changes: dict[str, list[str | None]],
    span: Span | None,
) -> Amendment:
    """The next amendment, with the deadline before and after. The tender is locked: no number is left out."""
    last = session.scalar(select(func.max(Amendment.number)).where(Amendment.tender_id == tender.id)) or 0
    made = Amendment(
        tender=tender,
        number=last + 1,
        kind=kind,
        bears_on_bids=kind == AmendmentKind.CHANGE,
        words=words,
        changes=changes,
        rule=span.rule if span else None,
        until_before=tender.bids_until,
        until_after=after,
        made_at=act.at,
        made_by=act.actor.person_id,
    )
    session.add(made)
    tender.bids_until = after
    tender.updated_at = act.at
    action = "tender.extend" if kind == AmendmentKind.OUTAGE else "tender.amend"
    record(session, act, action, tender, number=made.number, until=after.isoformat())
    return made
