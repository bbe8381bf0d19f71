"""Verbs on tickets: bring one, count it for a need, begin a need from it, set it aside (demand 49).

A ticket is expressed need: it counts as evidence of the hotline or the grid, once.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid
from models.needs import operations, parts
from models.needs.details import Evidence, EvidenceKind
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.needs.ticket import NUMBER_LIMIT, REASON_LIMIT, WORDS_LIMIT, Ticket
from models.needs.writing import lock, touch
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit
from models.wording import bounded


def bring(
    session: Session,
    act: Act,
    unit: AdministrativeUnit,
    *,
    channel: EvidenceKind,
    number: str,
    words: str,
    received_on: date | None = None,
    category: str = "",
) -> Ticket:
    """Keep a ticket of a neighbourhood; one whose number is there already is refused, and adds nothing."""
    ensure(act, Permission.NEED_WRITE, unit)
    if received_on is not None and received_on > local_date(act.at):
        raise Invalid("ticket_in_future", field="received_on")
    made = Ticket(
        channel=channel,
        number=bounded(number, NUMBER_LIMIT, field="number"),
        unit_code=unit.code,
        received_on=received_on,
        category=bounded(category, 200, field="category"),
        words=bounded(words, WORDS_LIMIT, field="ticket_words"),
        brought_by=act.actor.person_id,
        brought_at=act.at,
    )
    known = select(Ticket.id).where(Ticket.channel == channel, Ticket.number == made.number)
    if session.scalar(known) is not None:
        raise Invalid("ticket_known", field="number", number=made.number)
    session.add(made)
    try:
        session.flush()  # of two who bring it at once the second is told as well
    except IntegrityError as error:
        raise Invalid("ticket_known", field="number", number=made.number) from error
    record(session, act, "ticket.bring", made, channel=channel)
    return made


def count_for(session: Session, ticket: Ticket, act: Act, *, need: Need) -> None:
    """Count a ticket for an open need of the same neighbourhood, as evidence of its channel."""
    ensure(act, Permission.NEED_WRITE, need)
    _take_up(session, ticket, act)
    lock(session, need)
    if need.unit_code != ticket.unit_code or phase_at(need, act.at) is NeedPhase.CLOSED:
        raise Conflict("ticket_need_not_open", reference=need.reference)
    _settle(ticket, act, need=need)
    _heard(need, ticket, act)
    touch(need, act)
    record(session, act, "ticket.count", ticket, need=need.id)


def begin_need(
    session: Session,
    ticket: Ticket,
    act: Act,
    *,
    id: UUID,  # noqa: A002  # the record's id, made by the form against double clicks
    codes: Sequence[str],
    groups: Sequence[str],
) -> Need:
    """Begin a draft from a ticket, with the codes and groups its words propose; the same id returns it."""
    standing = session.get(Need, id)
    if standing is not None and ticket.need_id == standing.id:
        return standing
    _take_up(session, ticket, act)
    need = operations.start(session, act, id=id, unit_code=ticket.unit_code, description=ticket.words)
    parts.set_terms(session, need, act, codes=codes, groups=groups)
    _settle(ticket, act, need=need)
    _heard(need, ticket, act)
    record(session, act, "ticket.begin", ticket, need=need.id)
    return need


def set_aside(session: Session, ticket: Ticket, act: Act, *, words: str) -> None:
    """Say why nothing follows from a ticket here: settled already, or somebody else's work."""
    _take_up(session, ticket, act)
    said = bounded(words, REASON_LIMIT, field="words")
    if not said:
        raise Invalid("ticket_aside_words", field="words")
    _settle(ticket, act, words=said)
    record(session, act, "ticket.set_aside", ticket)


def ticket(session: Session, ticket_id: UUID, act: Act) -> Ticket | None:
    """A ticket of the actor's own area; nobody else learns that there is one."""
    found = session.get(Ticket, ticket_id)
    return found if found is not None and can(act, Permission.NEED_WRITE, found) else None


def waiting(session: Session, act: Act, *, paging: Paging = FIRST_PAGE) -> Listed[Ticket]:
    """The tickets of the actor's area that wait, the oldest call first."""
    query = _waiting(act)
    order = Ticket.received_on.asc().nulls_last(), Ticket.number
    found = cut(query.order_by(*order), paging).options(joinedload(Ticket.unit))
    return Listed(list(session.scalars(found)), count(session, query))


def how_many_wait(session: Session, act: Act) -> int:
    """How many wait in the actor's area."""
    return session.scalar(select(func.count()).select_from(_waiting(act).subquery())) or 0


def need_named(session: Session, ticket_: Ticket, reference: str, act: Act) -> Need:
    """A need of the ticket's neighbourhood by its number, where the actor may write."""
    query = select(Need).where(Need.unit_code == ticket_.unit_code, Need.reference == reference)
    found = session.scalar(query)
    if found is None or not can(act, Permission.NEED_WRITE, found):
        raise Invalid("ticket_need_unknown", field="into")
    return found


def _waiting(act: Act) -> Select[Ticket]:
    code = act.actor.unit_code
    query = select(Ticket).where(Ticket.settled_at.is_(None))
    if not code or not can(act, Permission.NEED_WRITE):
        return query.where(false())
    return query.where(Ticket.unit_code.startswith(code, autoescape=True))


def _take_up(session: Session, ticket_: Ticket, act: Act) -> None:
    ensure(act, Permission.NEED_WRITE, ticket_)
    session.refresh(ticket_, with_for_update=True)
    if ticket_.settled_at is not None:
        raise Conflict("ticket_settled")


def _settle(ticket_: Ticket, act: Act, *, need: Need | None = None, words: str | None = None) -> None:
    ticket_.need, ticket_.aside_words = need, words
    ticket_.settled_by, ticket_.settled_at = act.actor.person_id, act.at


def _heard(need: Need, ticket_: Ticket, act: Act) -> None:
    """One more call among the need's evidence."""
    rows = [row for row in need.evidence if row.kind is ticket_.channel and row.file_id is None]
    if not rows:
        rows = [Evidence(kind=ticket_.channel, count=0, added_at=act.at)]
        need.evidence += rows
    row = rows[0]
    row.count = (row.count or 0) + 1
    row.seen_on = max(filter(None, (row.seen_on, ticket_.received_on)), default=None)
