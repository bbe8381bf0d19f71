"""The public register: search, filters, and standing on the day it is read."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.parties import organisations, queries
from models.parties.organisation import (
    BoardMember,
    Certificate,
    Grade,
    ListFlag,
    OrganisationType,
    StaffMember,
)
from models.parties.queries import Wanted
from tests.factories import parties
from tests.factories.parties import CITY, DISTRICT, act_as, nobody, system

EXPIRED, VALID, BARE = "上海澄江乐龄服务中心", "上海望湖青禾社会工作服务社", "临澄区邻里基金会"


@pytest.fixture(autouse=True)
def register(session: Session) -> None:
    today = date(2026, 11, 20)
    parties.organisation(
        session,
        name=EXPIRED,
        grade=Grade.A5,
        grade_issued_on=date(2021, 11, 20),
        grade_expires_on=today,
    )
    listed = parties.organisation(
        session,
        name=VALID,
        grade=Grade.A3,
        grade_issued_on=date(2021, 11, 21),
        grade_expires_on=date(2026, 11, 21),
        registered_place=CITY,
    )
    organisations.put_on_list(session, listed, system(), flag=ListFlag.ABNORMAL, listed_on=today)
    parties.organisation(
        session,
        name=BARE,
        type=OrganisationType.FOUNDATION,
        credit_code=parties.credit_code(88, OrganisationType.FOUNDATION),
    )
    session.flush()


def names(session: Session, wanted: Wanted, sort: str = "name") -> list[str]:
    return [row.name for row in queries.list_organisations(session, nobody(), wanted, sort=sort).rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), {EXPIRED, VALID, BARE}),
        (Wanted(least_grade=Grade.A1), {VALID}),
        (Wanted(least_grade=Grade.A4), set()),
        (Wanted(on_list=True), {VALID}),
        (Wanted(on_list=False), {EXPIRED, BARE}),
        (Wanted(type=OrganisationType.FOUNDATION), {BARE}),
        (Wanted(place=CITY), {EXPIRED, VALID, BARE}),
        (Wanted(place=DISTRICT), {EXPIRED, BARE}),
        (Wanted(words="上海 服務中心"), {EXPIRED}),
        (Wanted(words=parties.credit_code(88, OrganisationType.FOUNDATION).lower()), {BARE}),
        (Wanted(words="%"), set()),
        (Wanted(words="_"), set()),
        (Wanted(words="\x00"), {EXPIRED, VALID, BARE}),
        (Wanted(words="😀"), set()),
    ],
)
def test_the_register_is_filtered_as_asked(session: Session, wanted: Wanted, found: set[str]) -> None:
    assert set(names(session, wanted)) == found
    assert queries.list_organisations(session, nobody(), wanted).total == len(found)


def test_an_expired_grade_no_longer_counts_in_the_order(session: Session) -> None:
    assert names(session, Wanted(), "-grade")[0] == VALID


def test_the_register_says_the_grade_in_force_and_the_lists(session: Session) -> None:
    rows = {row.name: row for row in queries.list_organisations(session, nobody(), Wanted()).rows}
    assert {name: row.grade for name, row in rows.items()} == {EXPIRED: None, VALID: Grade.A3, BARE: None}
    assert rows[VALID].flags == [ListFlag.ABNORMAL]
    assert rows[VALID].place.name == "上海市"


def staff(name: str, certificate: Certificate | None, *, full_time: bool = True) -> StaffMember:
    return StaffMember(name=name, certificate=certificate, full_time=full_time)


def board(name: str, *, resident: bool) -> BoardMember:
    return BoardMember(name=name, is_resident=resident)


def test_a_page_counts_certificates_and_residents(session: Session) -> None:
    made = parties.organisation(session, name="澄江一家亲")
    made.staff = [
        staff("甲", Certificate.SENIOR),
        staff("乙", Certificate.ASSISTANT),
        staff("丙", Certificate.ASSISTANT, full_time=False),
        staff("丁", None),
    ]
    made.board = [board("戊", resident=True), board("己", resident=False)]
    session.flush()
    page = queries.organisation_page(session, made.id, nobody())
    assert page is not None
    assert page.certified == {Certificate.ASSISTANT: 2, Certificate.SENIOR: 1}
    assert (page.full_time, page.residents_on_board) == (3, 1)


def test_a_registrar_registers_within_their_area(session: Session) -> None:
    codes = [
        unit.code for unit in queries.registrable_places(session, act_as(session, Role.DISTRICT_OFFICIAL))
    ]
    assert codes == [DISTRICT, parties.STREET, parties.OTHER_STREET]
    assert queries.registrable_places(session, nobody()) == []
