"""Units, organisations with their standing, and people: what stood on the day the portal was opened."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from models import outbox
from models.act import Actor, Role
from models.parties import accounts, organisations, profile
from models.parties.organisation import Certificate, Grade, ListFlag, OrganisationType, ReportResult
from models.parties.unit import AdministrativeUnit, CommunityType, UnitKind
from seed_data.replay import District, Step, moment
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Units first, then organisations and people in the order they joined."""
    opened = min(row.must_day("since") for row in books["people"]["people"])
    strata: dict[str, dict[str, int]] = defaultdict(dict)
    for row in books["units"]["strata"]:
        strata[row.key("unit_code")][row.key("stratum")] = row.integer("people") or 0
    for row in books["units"]["units"]:
        people = strata[row.key("code")]
        yield Step(moment(opened, 7), row, partial(_unit, strata=people))
    for row in books["organisations"]["organisations"]:
        yield Step(moment(row.must_day("joined_on"), 7, 20), row, _organisation)
        if row.text("grade"):
            yield Step(moment(max(opened, row.must_day("grade_issued_on")), 7, 40), row, _grade)
    for row in books["people"]["people"]:
        yield Step(moment(row.must_day("since"), 7, 30), row, _person)
        if row.day("last_read_on"):
            yield Step(moment(row.must_day("last_read_on"), 22), row, _read)
    joined = {row.key("org_id"): row.must_day("joined_on") for row in books["organisations"]["organisations"]}
    for sheet, do in (("reports", _report), ("staff", _staff), ("board", _board)):
        for row in books["organisations"][sheet]:
            day = row.must_day("entered_on") if sheet == "reports" else joined[row.key("org_id")]
            yield Step(moment(day, 8), row, do)
    for row in books["organisations"]["flags"]:
        yield Step(moment(max(opened, row.must_day("listed_on")), 8, 30), row, _list)
        if row.day("removed_on"):
            yield Step(moment(row.must_day("removed_on"), 8, 40), row, _unlist)


def _unit(district: District, row: Row, at: datetime, strata: dict[str, int]) -> None:
    accounts.create_unit(
        district.session,
        district.by_system(at),
        code=row.key("code"),
        kind=row.choice("kind", UnitKind),
        name=row.key("name"),
        name_en=row.text("name_en") or None,
        parent_code=row.text("parent_code") or None,
        community_type=row.choice_or_none("community_type", CommunityType),
        households=row.integer("households"),
        population=row.integer("population"),
        strata=strata,
    )


def _person(district: District, row: Row, at: datetime) -> None:
    act, role = district.by_system(at), row.choice("role", Role)
    person = accounts.create_person(district.session, act, login=row.key("login"), name=row.key("name"))
    unit = district.session.get(AdministrativeUnit, row.text("unit_code")) if row.text("unit_code") else None
    organisation = district.organisation(row) if row.text("org_id") else None
    held = accounts.give_role(district.session, person, act, role=role, unit=unit, organisation=organisation)
    actor = Actor(person.id, role, held.unit_code, held.organisation_id, held.id)
    district.actors[row.key("login")] = actor
    if role is Role.ORGANISATION_STAFF:
        district.staff.setdefault(row.key("org_id"), actor)


def _read(district: District, row: Row, at: datetime) -> None:
    outbox.mark_all_read(district.session, district.by(row, "login", at))


def _organisation(district: District, row: Row, at: datetime) -> None:
    district.organisations[row.key("org_id")] = organisations.register(
        district.session,
        district.by_system(at),
        credit_code=row.key("credit_code"),
        name=row.key("name"),
        type=row.choice("type", OrganisationType),
        registered_place=row.key("registered_place"),
        established_on=row.must_day("established_on"),
        description=row.text("description"),
    )


def _grade(district: District, row: Row, at: datetime) -> None:
    issued = row.must_day("grade_issued_on")
    # A story that moves over a 29 February would make some grades a day too long.
    longest = organisations.years_after(issued, organisations.GRADE_YEARS)
    organisations.set_grade(
        district.session,
        district.organisation(row),
        district.by_system(at),
        grade=row.choice("grade", Grade),
        issued_on=issued,
        expires_on=min(longest, row.must_day("grade_expires_on")),
    )


def _report(district: District, row: Row, at: datetime) -> None:
    year = date(row.integer("year") or row.refuse("year is empty"), 7, 1) + row.shift
    organisations.record_report(
        district.session,
        district.organisation(row),
        district.by_system(at),
        year=year.year,
        result=row.choice("result", ReportResult),
    )


def _list(district: District, row: Row, at: datetime) -> None:
    organisations.put_on_list(
        district.session,
        district.organisation(row),
        district.by_system(at),
        flag=row.choice("flag", ListFlag),
        listed_on=row.must_day("listed_on"),
        reason=row.text("reason"),
    )


def _unlist(district: District, row: Row, at: datetime) -> None:
    organisations.take_off_list(
        district.session,
        district.organisation(row),
        district.by_system(at),
        flag=row.choice("flag", ListFlag),
        removed_on=row.must_day("removed_on"),
    )


def _staff(district: District, row: Row, at: datetime) -> None:
    profile.add_staff(
        district.session,
        district.organisation(row),
        district.by_system(at),
        name=row.key("name"),
        title=row.text("position"),
        certificate=row.choice_or_none("certificate", Certificate),
        full_time=row.yes("full_time") is not False,
    )


def _board(district: District, row: Row, at: datetime) -> None:
    profile.add_board_member(
        district.session,
        district.organisation(row),
        district.by_system(at),
        name=row.key("name"),
        position=row.text("position"),
        is_resident=row.yes("is_resident") is True,
    )
