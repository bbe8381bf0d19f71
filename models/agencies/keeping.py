"""Verbs of the list: agencies join and leave, show that they are fit (R77), and what ties them (R53)."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.agency import Agency, AgencyQualification, QualificationKind
from models.agencies.ground import ASKED, Ground
from models.agencies.tie import AgencyTie
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.words import needed
from models.errors import Conflict, Invalid, NotFound
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from models.wording import bounded

LONGEST = 4000


def add(
    session: Session, unit: AdministrativeUnit, act: Act, *, organisation_id: UUID, words: str = ""
) -> Agency:
    """Take an organisation onto the list of an area; one that left comes back."""
    ensure(act, Permission.AGENCY_MANAGE, unit)
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("not_found", field="organisation_id")
    agency = session.get(Agency, organisation_id, with_for_update=True)
    if agency is not None:
        ensure(act, Permission.AGENCY_MANAGE, agency)
        if agency.left_on is None:
            raise Conflict("agency_on_list", field="organisation_id")
    agency = agency or Agency(organisation_id=organisation_id)
    agency.unit_code = unit.code
    agency.joined_on, agency.left_on = local_date(act.at), None
    agency.words = bounded(words, LONGEST, field="words")
    session.add(agency)
    record(session, act, "agency.add", agency)
    return agency


def describe(session: Session, agency: Agency, act: Act, *, words: str) -> None:
    """Write anew what one should know of it."""
    ensure(act, Permission.AGENCY_MANAGE, agency)
    agency.words = bounded(words, LONGEST, field="words")
    record(session, act, "agency.describe", agency)


def leave(session: Session, agency: Agency, act: Act) -> None:
    """From this day on it is not drawn; what it was given before stays with it."""
    ensure(act, Permission.AGENCY_MANAGE, agency)
    if agency.left_on is not None:
        raise Conflict("agency_has_left")
    agency.left_on = local_date(act.at)
    record(session, act, "agency.leave", agency)


def qualify(
    session: Session,
    agency: Agency,
    act: Act,
    *,
    kind: QualificationKind,
    words: str,
    issued_on: date,
    expires_on: date | None = None,
) -> AgencyQualification:
    """Note what the agency has shown, in which papers, and until when it holds (R77)."""
    ensure(act, Permission.AGENCY_MANAGE, agency)
    if expires_on is not None and expires_on <= issued_on:
        raise Invalid("qualification_ends_before_it_began", field="expires_on")
    made = AgencyQualification(
        kind=kind,
        words=needed(words),
        issued_on=issued_on,
        expires_on=expires_on,
        noted_at=act.at,
        noted_by=act.actor.person_id,
    )
    agency.qualifications.append(made)
    record(session, act, "agency.qualify", agency, kind=kind)
    return made


def tie(
    session: Session,
    agency: Agency,
    act: Act,
    *,
    organisation_id: UUID,
    kind: Ground,
    began_on: date | None = None,
    ended_on: date | None = None,
) -> AgencyTie:
    """Note a tie to an organisation; one without an end still holds (R53)."""
    ensure(act, Permission.AGENCY_MANAGE, agency)
    if session.get(Organisation, organisation_id) is None:
        raise NotFound("not_found", field="organisation_id")
    if organisation_id == agency.organisation_id:
        raise Invalid("agency_tied_to_itself", field="organisation_id")
    if kind not in ASKED:
        raise Invalid("tie_kind_unknown", field="kind")
    if began_on is not None and ended_on is not None and ended_on < began_on:
        raise Invalid("tie_ends_before_it_began", field="ended_on")
    made = AgencyTie(
        agency=agency,
        organisation_id=organisation_id,
        kind=kind,
        began_on=began_on,
        ended_on=ended_on,
        declared_at=act.at,
    )
    session.add(made)
    record(session, act, "agency.tie", agency, organisation=organisation_id, kind=kind)
    return made


def end_tie(session: Session, tie: AgencyTie, act: Act, *, on: date) -> None:
    """Note the last day of a tie; most count for three years more (R53)."""
    ensure(act, Permission.AGENCY_MANAGE, tie)
    if tie.ended_on is not None:
        raise Conflict("tie_has_ended")
    if on > local_date(act.at):
        raise Invalid("tie_ends_in_future", field="ended_on")
    if tie.began_on is not None and on < tie.began_on:
        raise Invalid("tie_ends_before_it_began", field="ended_on")
    tie.ended_on = on
    record(session, act, "agency.end_tie", tie.agency, organisation=tie.organisation_id, kind=tie.kind)
