"""The pool of experts, what ties them to organisations, and officials who may sit on panels."""

from collections.abc import Iterator
from datetime import datetime

from models.act import Role
from models.panels import pooling
from models.panels.pool import Expert, TieKind
from models.parties import accounts
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Who joins and leaves, and what is noted of them."""
    book = books["panels"]
    for row in book["experts"]:
        yield Step(when(row, "joined_on", 9), row, _join)
        if row.day("left_on"):
            yield Step(when(row, "left_on", 9), row, _leave)
    for row in book["ties"]:
        yield Step(when(row, "noted_on", 9, 30), row, _tie)
    for row in book["representatives"]:
        yield Step(when(row, "since", 8), row, _represent)


def _join(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "added_by", at)
    unit = district.session.get_one(AdministrativeUnit, act.actor.unit_code)
    pooling.add(
        district.session,
        unit,
        act,
        person_id=district.person_id(row, "login"),
        employer=row.text("employer"),
        title=row.text("title"),
        terms=row.codes("terms"),
    )


def _leave(district: District, row: Row, at: datetime) -> None:
    expert = district.session.get_one(Expert, district.person_id(row, "login"))
    pooling.leave(district.session, expert, district.by(row, "added_by", at))


def _tie(district: District, row: Row, at: datetime) -> None:
    pooling.tie(
        district.session,
        district.session.get_one(Expert, district.person_id(row, "login")),
        district.by(row, "noted_by", at),
        organisation_id=district.organisation(row).id,
        kind=row.choice("kind", TieKind),
        began_on=row.day("began_on"),
        ended_on=row.day("ended_on"),
    )


def _represent(district: District, row: Row, at: datetime) -> None:
    """An official who may sit on panels of the own unit's tenders."""
    session, act = district.session, district.by_system(at)
    unit = session.get_one(AdministrativeUnit, row.key("unit_code"))
    person = session.get_one(Person, district.person_id(row, "login"))
    accounts.give_role(session, person, act, role=Role.PANEL_MEMBER, unit=unit)
