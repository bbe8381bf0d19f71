"""Registering organisations and keeping their standing."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from models.parties import organisations
from models.parties.organisation import Grade, ListFlag, Organisation, OrganisationType, ReportResult
from tests.factories import parties
from tests.factories.parties import DISTRICT, NOON, act_as

SERVICE = OrganisationType.SERVICE_ORGANISATION
TODAY = date(2026, 11, 20)


@pytest.fixture
def registrar(session: Session) -> Act:
    return act_as(session, Role.DISTRICT_OFFICIAL)


def register(session: Session, act: Act, **values: object) -> Organisation:
    facts: dict[str, object] = {
        "credit_code": parties.credit_code(501),
        "name": "上海市临澄区邻里乐社区服务中心",
        "type": SERVICE,
        "registered_place": DISTRICT,
        "established_on": date(2019, 3, 1),
    }
    return organisations.register(session, act, **{**facts, **values})  # type: ignore[arg-type]  # as typed above


def test_a_district_official_registers_an_organisation(session: Session, registrar: Act) -> None:
    made = register(session, registrar, credit_code=parties.credit_code(501).lower())
    assert made.credit_code == parties.credit_code(501)
    assert made.revision == 1


def test_a_code_that_is_registered_is_refused(session: Session, registrar: Act) -> None:
    register(session, registrar)
    with pytest.raises(Conflict, match="credit_code_taken"):
        register(session, registrar, name="另一家")


def test_a_double_click_registers_once(session: Session, registrar: Act) -> None:
    key = uuid4()
    assert register(session, registrar, id=key) is register(session, registrar, id=key)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"name": " "}, "organisation_name_missing"),
        ({"name": "长" * 201}, "words_too_long"),
        ({"registered_place": "310190999"}, "unit_unknown"),
        ({"established_on": TODAY + timedelta(days=1)}, "established_in_future"),
        ({"website": "javascript:alert(1)"}, "website_wrong"),
        ({"description": "介" * 4001}, "words_too_long"),
    ],
)
def test_a_registration_that_cannot_be_true_is_refused(
    session: Session, registrar: Act, values: dict[str, object], error: str
) -> None:
    with pytest.raises(Invalid, match=error):
        register(session, registrar, **values)


def test_four_byte_characters_and_nulls_are_survived(session: Session, registrar: Act) -> None:
    made = register(session, registrar, name="上海𠮷祥😀社区\x00服务社")
    session.commit()
    session.expire_all()
    assert made.name == "上海𠮷祥😀社区服务社"


@pytest.mark.parametrize(
    "role", [Role.COMMUNITY_WORKER, Role.STREET_OFFICIAL, Role.HUB, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_only_district_and_city_officials_register(session: Session, role: Role) -> None:
    with pytest.raises(NotAllowed):
        register(session, act_as(session, role))


def test_a_district_has_no_say_in_what_the_city_registered(session: Session, registrar: Act) -> None:
    of_city = parties.organisation(session, registered_place=parties.CITY)
    with pytest.raises(NotAllowed):
        organisations.set_grade(session, of_city, registrar, grade=None)
    city = act_as(session, Role.CITY_OFFICIAL)
    organisations.set_grade(session, of_city, city, grade=Grade.A3, issued_on=date(2024, 1, 1))
    with pytest.raises(NotAllowed):
        register(session, registrar, registered_place=parties.CITY)


def test_a_registrar_cannot_move_an_organisation_out_of_their_area(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    with pytest.raises(NotAllowed):
        organisations.amend(session, made, registrar, name=made.name, registered_place=parties.CITY)


def test_a_grade_expires_five_years_after_its_issue_and_on_that_day(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    organisations.set_grade(session, made, registrar, grade=Grade.A4, issued_on=date(2022, 3, 15))
    assert made.grade_expires_on == date(2027, 3, 15)
    assert made.grade_at(date(2027, 3, 14)) == Grade.A4
    assert made.grade_at(date(2027, 3, 15)) is None


def test_a_grade_of_29_february_expires_on_1_march(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    organisations.set_grade(session, made, registrar, grade=Grade.A3, issued_on=date(2024, 2, 29))
    assert made.grade_expires_on == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("issued_on", "expires_on", "error"),
    [
        (None, None, "grade_issue_missing"),
        (TODAY + timedelta(days=1), None, "grade_in_future"),
        (date(2021, 2, 28), None, "grade_too_early"),
        (date(2024, 1, 1), date(2029, 1, 2), "grade_period_wrong"),
        (date(2024, 1, 1), date(2024, 1, 1), "grade_period_wrong"),
    ],
)
def test_a_grade_that_cannot_be_is_refused(
    session: Session, registrar: Act, issued_on: date | None, expires_on: date | None, error: str
) -> None:
    made = register(session, registrar)
    with pytest.raises(Invalid, match=error):
        organisations.set_grade(
            session, made, registrar, grade=Grade.A5, issued_on=issued_on, expires_on=expires_on
        )


def test_the_first_day_a_grade_is_possible_is_two_years_after_registration(
    session: Session, registrar: Act
) -> None:
    made = register(session, registrar)
    organisations.set_grade(session, made, registrar, grade=Grade.A1, issued_on=date(2021, 3, 1))
    assert made.grade == Grade.A1
    organisations.set_grade(session, made, registrar, grade=None)
    assert (made.grade, made.grade_issued_on, made.grade_expires_on) == (None, None, None)


def test_a_report_is_entered_once_a_year_and_can_be_corrected(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    organisations.record_report(session, made, registrar, year=2025, result=ReportResult.NOT_FILED)
    organisations.record_report(session, made, registrar, year=2025, result=ReportResult.PASSED)
    session.flush()
    assert [(each.year, each.result) for each in made.reports] == [(2025, ReportResult.PASSED)]
    with pytest.raises(Invalid, match="report_year_wrong"):
        organisations.record_report(session, made, registrar, year=2026, result=ReportResult.PASSED)


def test_the_year_of_a_report_is_the_year_in_shanghai(session: Session) -> None:
    new_year = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    act = act_as(session, Role.DISTRICT_OFFICIAL, at=new_year)
    made = register(session, act)
    organisations.record_report(session, made, act, year=2026, result=ReportResult.PASSED)
    assert made.reports[0].year == 2026


def test_a_list_flag_holds_from_its_day_until_the_day_it_is_lifted(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    organisations.put_on_list(
        session, made, registrar, flag=ListFlag.ABNORMAL, listed_on=date(2026, 7, 8), reason="未报送年报"
    )
    assert made.flags_at(date(2026, 7, 7)) == []
    assert made.flags_at(date(2026, 7, 8)) == [ListFlag.ABNORMAL]
    with pytest.raises(Conflict, match="listed_already"):
        organisations.put_on_list(session, made, registrar, flag=ListFlag.ABNORMAL, listed_on=TODAY)
    organisations.take_off_list(
        session, made, registrar, flag=ListFlag.ABNORMAL, removed_on=date(2026, 11, 1)
    )
    assert made.flags_at(date(2026, 10, 31)) == [ListFlag.ABNORMAL]
    assert made.flags_at(date(2026, 11, 1)) == []


def test_list_dates_that_cannot_be_are_refused(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    off = {"flag": ListFlag.DISHONEST}
    with pytest.raises(Invalid, match="listed_in_future"):
        organisations.put_on_list(session, made, registrar, listed_on=TODAY + timedelta(days=1), **off)
    with pytest.raises(NotFound, match="not_listed"):
        organisations.take_off_list(session, made, registrar, removed_on=TODAY, **off)
    organisations.put_on_list(session, made, registrar, listed_on=TODAY, **off)
    for wrong in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Invalid, match="removed_date_wrong"):
            organisations.take_off_list(session, made, registrar, removed_on=wrong, **off)


def test_a_stale_correction_is_refused(session: Session, registrar: Act) -> None:
    made = register(session, registrar)
    with pytest.raises(Conflict, match="stale"):
        organisations.amend(
            session, made, registrar, name="改名", registered_place=DISTRICT, revision=made.revision + 1
        )


def test_refusals_carry_the_field_they_are_about(session: Session, registrar: Act) -> None:
    with pytest.raises(DomainError) as refused:
        register(session, registrar, website="ftp://example.org")
    assert refused.value.field == "website"
    assert NOON.date() == TODAY
