"""Registering organisations and keeping their standing: the registrar's verbs."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.errors import Conflict, Invalid, NotFound
from models.parties.credit_code import checked
from models.parties.organisation import (
    AnnualReport,
    Grade,
    ListEntry,
    ListFlag,
    Organisation,
    OrganisationType,
    ReportResult,
)
from models.parties.unit import AdministrativeUnit
from models.wording import bounded

GRADE_YEARS = 5
"""A grade is valid for five years (R68)."""

YEARS_BEFORE_GRADE = 2
"""An organisation may be assessed after two years of registration (R68)."""

FIRST_REPORT = 1989
"""Associations have been registered under rules of their own since 1989; no report is older."""


def register(
    session: Session,
    act: Act,
    *,
    credit_code: str,
    name: str,
    type: OrganisationType,  # noqa: A002  # the field's own word
    registered_place: str,
    name_en: str | None = None,
    established_on: date | None = None,
    description: str = "",
    website: str | None = None,
    id: UUID | None = None,  # noqa: A002  # it is the record's id
) -> Organisation:
    """Enter an organisation under its credit code. The same `id` and code again returns what stands."""
    organisation = Organisation(id=id, registered_place=registered_place, type=type, created_at=act.at)
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    code = checked(credit_code, type)
    standing = session.scalar(select(Organisation).where(Organisation.credit_code == code))
    if standing is not None and id is not None and standing.id == id:
        return standing
    if standing is not None:
        raise Conflict("credit_code_taken", field="credit_code", code=code)
    organisation.credit_code = code
    _write_registration(session, organisation, act, name, registered_place, established_on)
    organisation.name_en = bounded(name_en, 200, field="name_en") or None
    organisation.description = bounded(description, 4000, field="description")
    organisation.website = checked_website(website)
    session.add(organisation)
    record(session, act, "organisation.register", organisation)
    return organisation


def amend(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    name: str,
    registered_place: str,
    established_on: date | None = None,
    revision: int | None = None,
) -> None:
    """Correct what the register says of an organisation."""
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    if revision is not None and revision != organisation.revision:
        raise Conflict("stale")
    _write_registration(session, organisation, act, name, registered_place, established_on)
    ensure(
        act, Permission.ORGANISATION_REGISTER, organisation
    )  # nobody registers it away from their own area
    record(session, act, "organisation.amend", organisation)


def set_grade(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    grade: Grade | None,
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> None:
    """Enter a grade for five years from its issue, or for less; None takes it back (R68)."""
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    if grade is None:
        issued_on = expires_on = None
    else:
        if issued_on is None:
            raise Invalid("grade_issue_missing", field="grade_issued_on")
        if issued_on > local_date(act.at):
            raise Invalid("grade_in_future", field="grade_issued_on")
        established = organisation.established_on
        if established is not None and issued_on < years_after(established, YEARS_BEFORE_GRADE):
            raise Invalid("grade_too_early", field="grade_issued_on", years=YEARS_BEFORE_GRADE)
        longest = years_after(issued_on, GRADE_YEARS)
        expires_on = expires_on or longest
        if not issued_on < expires_on <= longest:
            raise Invalid("grade_period_wrong", field="grade_expires_on", years=GRADE_YEARS)
    organisation.grade, organisation.grade_issued_on = grade, issued_on
    organisation.grade_expires_on = expires_on
    record(session, act, "organisation.grade", organisation, grade=grade, issued_on=issued_on)


def record_report(
    session: Session, organisation: Organisation, act: Act, *, year: int, result: ReportResult
) -> AnnualReport:
    """Enter the result of a year's report; the same year again corrects it (R69)."""
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    if not FIRST_REPORT <= year < local_date(act.at).year:
        raise Invalid("report_year_wrong", field="year", latest=local_date(act.at).year - 1)
    report = next((each for each in organisation.reports if each.year == year), None)
    if report is None:
        report = AnnualReport(year=year)
        organisation.reports.append(report)
    report.result = result
    record(session, act, "organisation.report", organisation, year=year, result=result)
    return report


def put_on_list(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    flag: ListFlag,
    listed_on: date,
    reason: str = "",
) -> ListEntry:
    """Enter that an organisation stands on a public list (R70, R71)."""
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    if listed_on > local_date(act.at):
        raise Invalid("listed_in_future", field="listed_on")
    if any(entry.flag == flag and entry.removed_on is None for entry in organisation.flags):
        raise Conflict("listed_already", field="flag", flag=flag)
    entry = ListEntry(flag=flag, listed_on=listed_on, reason=bounded(reason, 200, field="reason"))
    organisation.flags.append(entry)
    record(session, act, "organisation.put_on_list", organisation, flag=flag, listed_on=listed_on)
    return entry


def take_off_list(
    session: Session, organisation: Organisation, act: Act, *, flag: ListFlag, removed_on: date
) -> None:
    """Enter that an organisation no longer stands on a list."""
    ensure(act, Permission.ORGANISATION_REGISTER, organisation)
    entry = next((e for e in organisation.flags if e.flag == flag and e.removed_on is None), None)
    if entry is None:
        raise NotFound("not_listed", field="flag", flag=flag)
    if not entry.listed_on <= removed_on <= local_date(act.at):
        raise Invalid("removed_date_wrong", field="removed_on")
    entry.removed_on = removed_on
    record(session, act, "organisation.take_off_list", organisation, flag=flag, removed_on=removed_on)


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February falls on 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def checked_website(website: str | None) -> str | None:
    """An address a browser may follow, or none."""
    address = bounded(website, 300, field="website")
    if address and not address.startswith(("https://", "http://")):
        raise Invalid("website_wrong", field="website")
    return address or None


def _write_registration(
    session: Session,
    organisation: Organisation,
    act: Act,
    name: str,
    registered_place: str,
    established_on: date | None,
) -> None:
    kept = bounded(name, 200, field="name")
    if not kept:
        raise Invalid("organisation_name_missing", field="name")
    if session.get(AdministrativeUnit, registered_place) is None:
        raise Invalid("unit_unknown", field="registered_place", typed=registered_place)
    if established_on is not None and established_on > local_date(act.at):
        raise Invalid("established_in_future", field="established_on")
    organisation.name, organisation.registered_place = kept, registered_place
    organisation.established_on = established_on
