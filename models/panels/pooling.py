"""Verbs of the pool: experts join and leave, say what they know, and what ties them to organisations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Conflict, Invalid, NotFound
from models.panels.eligibility import may_sit
from models.panels.pool import Expert, ExpertTerm, ExpertTie, TieKind
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from models.wording import bounded

KNOWN = (Taxonomy.DOMAIN, Taxonomy.SERVICE)


def add(
    session: Session,
    unit: AdministrativeUnit,
    act: Act,
    *,
    person_id: UUID,
    employer: str = "",
    title: str = "",
    terms: Sequence[str] = (),
) -> Expert:
    """Take a person into the pool of an area; one who left comes back. Who marks needs the role for it."""
    ensure(act, Permission.EXPERT_MANAGE, unit)
    person = session.get(Person, person_id)
    if person is None or not may_sit(person, act):
        raise Invalid("expert_without_role", field="person_id")
    expert = session.get(Expert, person_id, with_for_update=True)
    if expert is not None:
        ensure(act, Permission.EXPERT_MANAGE, expert)
        if expert.left_on is None:
            raise Conflict("expert_in_pool", field="person_id")
    expert = expert or Expert(person_id=person_id, unit_code=unit.code)
    expert.person, expert.unit_code = person, unit.code
    expert.joined_on, expert.left_on = local_date(act.at), None
    session.add(expert)
    _describe(session, expert, employer=employer, title=title, terms=terms)
    record(session, act, "expert.add", expert)
    return expert


def describe(
    session: Session, expert: Expert, act: Act, *, employer: str, title: str, terms: Sequence[str]
) -> None:
    """Write anew where the expert works and what they know."""
    ensure(act, Permission.EXPERT_MANAGE, expert)
    _describe(session, expert, employer=employer, title=title, terms=terms)
    record(session, act, "expert.describe", expert)


def leave(session: Session, expert: Expert, act: Act) -> None:
    """Nobody who has left is drawn from that day on; the seats they hold stay theirs."""
    ensure(act, Permission.EXPERT_MANAGE, expert)
    if expert.left_on is not None:
        raise Conflict("expert_has_left")
    expert.left_on = local_date(act.at)
    record(session, act, "expert.leave", expert)


def tie(
    session: Session,
    expert: Expert,
    act: Act,
    *,
    organisation_id: UUID,
    kind: TieKind,
    began_on: date | None = None,
    ended_on: date | None = None,
) -> ExpertTie:
    """Note a tie to an organisation; one without an end still holds (R53)."""
    ensure(act, Permission.EXPERT_MANAGE, expert)
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("not_found", field="organisation_id")
    if began_on is not None and ended_on is not None and ended_on < began_on:
        raise Invalid("tie_ends_before_it_began", field="ended_on")
    made = ExpertTie(
        person_id=expert.person_id,
        organisation_id=organisation_id,
        kind=kind,
        began_on=began_on,
        ended_on=ended_on,
        declared_at=act.at,
    )
    expert.ties.append(made)
    record(session, act, "expert.tie", expert, organisation=organisation_id, kind=kind)
    return made


def end_tie(session: Session, tie: ExpertTie, act: Act, *, on: date) -> None:
    """Note that a tie has ended; it counts for three years more (R53)."""
    ensure(act, Permission.EXPERT_MANAGE, tie)
    if tie.ended_on is not None:
        raise Conflict("tie_has_ended")
    if on > local_date(act.at):
        raise Invalid("tie_ends_in_future", field="ended_on")
    if tie.began_on is not None and on < tie.began_on:
        raise Invalid("tie_ends_before_it_began", field="ended_on")
    tie.ended_on = on
    record(session, act, "expert.end_tie", tie.expert, organisation=tie.organisation_id, kind=tie.kind)


def _describe(session: Session, expert: Expert, *, employer: str, title: str, terms: Sequence[str]) -> None:
    known = select(TaxonomyTerm.code).where(TaxonomyTerm.code.in_(terms), TaxonomyTerm.taxonomy.in_(KNOWN))
    unknown = set(terms) - set(session.scalars(known))
    if unknown:
        raise Invalid("expert_term_unknown", field="terms", code=min(unknown))
    expert.employer = bounded(employer, 200, field="employer")
    expert.title = bounded(title, 200, field="title")
    held = {term.term_code: term for term in expert.terms}
    expert.terms = [held.get(code) or ExpertTerm(term_code=code) for code in sorted(set(terms))]
