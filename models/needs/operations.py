"""Verbs on a need as its own side uses them: start, edit, submit, withdraw, copy, fold into another.

Its parts (codes, evidence, resources ...) are set in parts.py; what officials do is in handling.py.
"""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act, Role
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid, NotFound
from models.lifecycle import advance
from models.needs.assessment import Assessment
from models.needs.completeness import Incomplete, missing
from models.needs.details import (
    Evidence,
    EvidenceKind,
    NeedFunding,
    NeedIndicator,
    NeedResource,
    NeedTerm,
)
from models.needs.indicators import proposed
from models.needs.lifecycle import NEED, NeedMove, phase_at
from models.needs.need import Engagement, Need, NeedPhase, headline
from models.needs.parts import HIGHEST_AMOUNT
from models.needs.raising import bring_raisers
from models.needs.writing import lock, take_up, touch
from models.parties import accounts
from models.parties.unit import CODE_LENGTH, AdministrativeUnit, UnitKind
from models.reference import hold_references, next_reference
from models.wording import bounded

MOST_PEOPLE = 10_000_000
WORDS = {"title": 200, "description": 4000, "existing_supply": 4000}
COPIED = ("title", "existing_supply", "affected_people", "severity", "urgency", "budget", "engagement")


class Changes(TypedDict, total=False):
    """What `edit` may change; a field that is not named stays as it is, None empties it."""

    title: str
    description: str
    existing_supply: str
    affected_people: int | None
    severity: int | None
    urgency: int | None
    since: date | None
    starts_on: date | None
    ends_on: date | None
    budget: Decimal | None
    engagement: Engagement | None
    assessment_id: UUID | None


def start(
    session: Session,
    act: Act,
    *,
    id: UUID,  # noqa: A002  # the record's id, made by the form against double clicks
    unit_code: str,
    description: str = "",
) -> Need:
    """Begin a draft for a neighbourhood. The same id again returns the draft that already stands."""
    hold_references(session, "XQ", act.at)
    standing = session.get(Need, id)
    if standing is not None:
        if standing.created_by != act.actor.person_id or not can(act, Permission.NEED_WRITE, standing):
            raise NotFound("not_found")
        return standing
    unit = session.get(AdministrativeUnit, unit_code)
    if unit is None:
        raise NotFound("not_found")
    ensure(act, Permission.NEED_WRITE, unit)
    if unit.kind is not UnitKind.NEIGHBOURHOOD:
        raise Invalid("need_unit_not_neighbourhood", field="unit_code", unit=unit.name)
    need = Need(
        id=id,
        reference=next_reference(session, "XQ", act.at),
        unit_code=unit_code,
        created_by=act.actor.person_id,
        created_at=act.at,
        updated_at=act.at,
        description=bounded(description, WORDS["description"], field="description"),
    )
    session.add(need)
    record(session, act, "need.start", need)
    return need


def edit(
    session: Session, need: Need, act: Act, *, revision: int | None = None, **changes: Unpack[Changes]
) -> None:
    """Save some fields of a need; any may be empty until it is submitted, none may be impossible."""
    take_up(session, need, act, revision)
    wanted = dict(changes)
    for name in WORDS.keys() & wanted.keys():
        wanted[name] = bounded(str(wanted[name] or ""), WORDS[name], field=name)
    changed = sorted(name for name, value in wanted.items() if getattr(need, name) != value)
    if not changed:
        return
    with session.no_autoflush:  # what is impossible is named before the database sees it
        for name in changed:
            setattr(need, name, wanted[name])
        _check(session, need, act, changed)
    touch(need, act)
    record(session, act, "need.edit", need, fields=changed)


def submit(session: Session, need: Need, act: Act) -> None:
    """Hand a need in. What follows from it is written down as its first indicators.

    Raises Incomplete, which names every missing field at once.
    """
    advance(session, NEED, need, NeedMove.SUBMIT, act)
    lacks = missing(need)
    if lacks:
        raise Incomplete(lacks)
    need.title = need.title or headline(need.description)
    need.updated_at = act.at
    held = {row.code: row for row in need.indicators}
    for position, (code, value) in enumerate(proposed(need).items()):
        row = held.get(code)
        if row is None:
            need.indicators.append(NeedIndicator(code=code, value=value, position=position))
        elif not row.note:  # an official who wrote why has decided
            row.value = value
    street = need.unit_code[: CODE_LENGTH[UnitKind.STREET]]
    officials = accounts.people_of(session, act, Role.STREET_OFFICIAL, street)
    outbox.add(session, act, "need_submitted", need, to=officials, reference=need.reference)


def withdraw(session: Session, need: Need, act: Act, *, words: str = "") -> None:
    """Take back a need that nobody has begun to handle. It stays readable to its own side."""
    advance(session, NEED, need, NeedMove.WITHDRAW, act)
    need.closed_words = bounded(words, 1000, field="words") or None
    need.updated_at = act.at


def copy(
    session: Session,
    need: Need,
    act: Act,
    *,
    id: UUID,  # noqa: A002  # the record's id, made by the form against double clicks
    unit_code: str | None = None,
) -> Need:
    """Begin a new draft with an earlier need's words, codes, people and money; not its dates or evidence."""
    ensure(act, Permission.NEED_VIEW, need)
    draft = start(session, act, id=id, unit_code=unit_code or need.unit_code, description=need.description)
    if draft.title or draft.terms:
        return draft  # the second of two clicks
    for name in (
        "title",
        "existing_supply",
        "affected_people",
        "severity",
        "urgency",
        "budget",
        "engagement",
    ):
        setattr(draft, name, getattr(need, name))
    draft.terms = [NeedTerm(term_code=t.term_code, position=t.position) for t in need.terms]
    draft.resources = [NeedResource(kind=r.kind, words=r.words) for r in need.resources]
    draft.funding = [NeedFunding(source=f.source, amount=f.amount) for f in need.funding]
    record(session, act, "need.copy", draft, source=need.id)
    return draft


def fold(session: Session, need: Need, act: Act, *, into: Need) -> None:
    """Give up a draft because the same thing stands already; what it says becomes evidence there."""
    ensure(act, Permission.NEED_VIEW, into)
    lock(session, need, into)  # neither closes meanwhile, so that no circle of folded needs can arise
    if phase_at(need, act.at) not in {NeedPhase.DRAFT, NeedPhase.RETURNED}:
        raise Conflict("wrong_phase", phase=phase_at(need, act.at))
    if into.id == need.id or phase_at(into, act.at) in {NeedPhase.DRAFT, NeedPhase.CLOSED}:
        raise Invalid("need_cannot_fold", reference=into.reference)
    advance(session, NEED, need, NeedMove.WITHDRAW, act, into=into.id)
    need.merged_into_id = into.id
    need.updated_at = act.at
    session.add(
        Evidence(
            need_id=into.id,
            kind=EvidenceKind.REPORT,
            words=headline(need.description),
            count=need.affected_people,
            seen_on=local_date(act.at),
            added_at=act.at,
        )
    )
    bring_raisers(need, into, act)
    record(session, act, "need.take_in", into, source=need.id)


def _check(session: Session, need: Need, act: Act, changed: list[str]) -> None:
    for name in ("severity", "urgency"):
        value = getattr(need, name)
        if value is not None and not 0 <= value <= 4:
            raise Invalid("need_scale_out_of_range", field=name)
    if need.affected_people is not None and not 1 <= need.affected_people <= MOST_PEOPLE:
        raise Invalid("need_people_out_of_range", field="affected_people")
    if need.budget is not None and need.budget < 0:
        raise Invalid("need_budget_negative", field="budget")
    if need.budget is not None and need.budget > HIGHEST_AMOUNT:
        raise Invalid("need_amount_out_of_range", field="budget")
    if need.starts_on and need.ends_on and need.ends_on < need.starts_on:
        raise Invalid("need_ends_before_start", field="ends_on")
    if need.since is not None and need.since > local_date(act.at):
        raise Invalid("need_day_in_future", field="since")
    if "assessment_id" in changed and need.assessment_id is not None:
        _check_assessment(session, need)


def _check_assessment(session: Session, need: Need) -> None:
    """Only a completed assessment of the place, or of a unit around it, speaks for a need."""
    found = session.get(Assessment, need.assessment_id)
    if found is None or not found.is_public or not need.unit_code.startswith(found.unit_code):
        raise Invalid("need_assessment_not_usable", field="assessment_id")
