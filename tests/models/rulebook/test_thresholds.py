"""Thresholds of a place on a day: the nearest unit's own, its newest in force, else the defaults."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.audit.event import AuditEvent
from models.errors import Invalid, NotAllowed
from models.parties.unit import AdministrativeUnit
from models.rulebook.rule import Verified
from models.rulebook.thresholds import ThresholdKind, history, set_threshold, thresholds_at
from tests.factories.parties import CITY, DISTRICT, NEIGHBOURHOOD, NOON, OTHER_STREET, STREET, act_as, place

LIMIT, TENDER = ThresholdKind.PROCUREMENT_LIMIT, ThresholdKind.OPEN_TENDER
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
SOURCE = "沪财采〔2026〕1号"


@pytest.fixture
def act(session: Session) -> Act:
    place(session)
    return act_as(session, Role.DISTRICT_OFFICIAL, unit=DISTRICT)


def enter(
    session: Session,
    act: Act,
    amount: int | str,
    *,
    kind: ThresholdKind = LIMIT,
    unit: str = DISTRICT,
    valid_from: date = TODAY,
    source: str = SOURCE,
) -> None:
    found = session.get_one(AdministrativeUnit, unit)
    set_threshold(
        session, found, act, kind=kind, amount=Decimal(amount), valid_from=valid_from, source=source
    )


def limit(session: Session, unit: str | None = STREET, day: date = TODAY) -> Decimal:
    return thresholds_at(session, unit, day).procurement_limit.amount


def test_r16_r17_the_defaults_stand_and_say_that_they_are_not_verified(session: Session) -> None:
    found = thresholds_at(session, None, TODAY)
    assert [(each.amount, each.rule, each.verified) for each in found] == [
        (Decimal(1_000_000), "R16", Verified.V3),
        (Decimal(4_000_000), "R17", Verified.U),
    ]


def test_r15_a_threshold_holds_from_its_first_day(session: Session, act: Act) -> None:
    enter(session, act, 500_000)
    assert limit(session, day=TODAY - DAY) == 1_000_000
    assert limit(session) == 500_000
    enter(session, act, 600_000, valid_from=TODAY + DAY)
    assert limit(session) == 500_000
    assert limit(session, day=TODAY + DAY) == 600_000


def test_r15_the_nearest_unit_prevails(session: Session, act: Act) -> None:
    city = act_as(session, Role.CITY_OFFICIAL, unit=CITY)
    enter(session, city, 700_000, unit=CITY)
    assert limit(session, NEIGHBOURHOOD) == 700_000
    enter(session, act, 600_000)
    enter(session, act, 500_000, unit=STREET, valid_from=TODAY - 9 * DAY)
    assert limit(session, NEIGHBOURHOOD) == limit(session, STREET) == 500_000
    assert limit(session, OTHER_STREET) == limit(session, DISTRICT) == 600_000
    assert limit(session, CITY) == limit(session, "310115") == 700_000
    assert limit(session, "11") == 1_000_000


def test_of_two_figures_for_one_day_the_later_one_counts_and_both_are_kept(
    session: Session, act: Act
) -> None:
    enter(session, act, 500_000)
    enter(session, Act(act.actor, NOON + timedelta(seconds=1)), 550_000)
    assert limit(session) == 550_000
    assert [row.amount for row in history(session, DISTRICT, act)] == [550_000, 500_000]
    events = session.scalars(select(AuditEvent).where(AuditEvent.action == "threshold.set")).all()
    assert [event.facts["amount"] for event in events] == ["500000", "550000"]


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.STREET_OFFICIAL, STREET),
        (Role.COMMUNITY_WORKER, NEIGHBOURHOOD),
        (Role.AUDITOR, DISTRICT),
        (Role.ADMINISTRATOR, DISTRICT),
    ],
)
def test_nobody_else_enters_a_threshold(session: Session, act: Act, role: Role, unit: str) -> None:
    with pytest.raises(NotAllowed):
        enter(session, act_as(session, role, unit=unit), 500_000, unit=unit)


def test_a_district_does_not_set_the_citys(session: Session, act: Act) -> None:
    with pytest.raises(NotAllowed):
        enter(session, act, 500_000, unit=CITY)


def test_the_tender_threshold_never_lies_below_the_limit(session: Session, act: Act) -> None:
    enter(session, act, 2_000_000, kind=TENDER)
    enter(session, act, 2_000_000)
    with pytest.raises(Invalid, match="threshold_order"):
        enter(session, act, "2000000.01")
    with pytest.raises(Invalid, match="threshold_order"):
        enter(session, act, "1999999.99", kind=TENDER)


def test_an_unverified_default_stands_in_nobodys_way(session: Session, act: Act) -> None:
    enter(session, act, 5_000_000)
    assert limit(session) == 5_000_000


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": 0}, "threshold_amount"),
        ({"amount": "1000000000.01"}, "threshold_amount"),
        ({"amount": 1, "source": " "}, "threshold_source_missing"),
        ({"amount": 1, "source": "文" * 301}, "threshold_source_long"),
        ({"amount": 1, "valid_from": date(2002, 12, 31)}, "date_out_of_range"),
        ({"amount": 1, "valid_from": date.max}, "date_out_of_range"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    session: Session, act: Act, wrong: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        enter(session, act, **wrong)  # type: ignore[arg-type]  # the values are what is tried
