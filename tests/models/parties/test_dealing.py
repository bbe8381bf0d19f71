"""The register of dealings: one row for both sides, and counted until the last day asked about."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.parties.dealing import Dealing, DealingKind, dealings_between, dealings_of
from models.parties.organisation import Organisation
from tests.factories import parties

BEGAN, ENDED = date(2024, 3, 1), date(2025, 2, 28)
DAY = timedelta(days=1)


def dealing(session: Session, one: Organisation, two: Organisation, **changes: object) -> Dealing:
    usual = {"kind": DealingKind.CONSORTIUM, "began_on": BEGAN, "ended_on": ENDED, "source": "HT-2024-0001"}
    made = Dealing(organisation_id=one.id, other_id=two.id, **{**usual, **changes})
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def three(session: Session) -> list[Organisation]:
    return [parties.organisation(session, name=f"上海往来{number}号中心") for number in range(3)]


def test_a_dealing_is_that_of_both_sides(session: Session, three: list[Organisation]) -> None:
    one, two, other = three
    made = dealing(session, one, two)
    for mine, theirs in ((one, two), (two, one)):
        assert dealings_between(session, mine.id, {theirs.id, other.id}, ENDED) == [made]
        assert made.with_whom(mine.id) == theirs.id
    assert dealings_between(session, other.id, {one.id, two.id}, BEGAN) == []
    assert dealings_between(session, one.id, {other.id}, BEGAN) == []
    assert dealings_between(session, one.id, set(), BEGAN) == []


def test_what_ended_on_the_day_counts_and_what_ended_before_does_not(
    session: Session, three: list[Organisation]
) -> None:
    one, two, other = three
    ended = dealing(session, one, two)
    holds = dealing(session, other, one, ended_on=None, began_on=BEGAN - DAY, source="HT-2024-0002")
    assert dealings_of(session, [one.id], ENDED) == [ended, holds]
    assert dealings_of(session, [one.id], ENDED + DAY) == [holds]


@pytest.mark.parametrize("changes", [{"ended_on": BEGAN - DAY}, {"source": "HT-2024-0001"}])
def test_a_dealing_ends_after_it_began_and_is_noted_once(
    session: Session, three: list[Organisation], changes: dict[str, object]
) -> None:
    dealing(session, *three[:2])
    with pytest.raises(IntegrityError):
        dealing(session, *three[:2], **changes)


def test_nobody_deals_with_itself(session: Session, three: list[Organisation]) -> None:
    with pytest.raises(IntegrityError):
        dealing(session, three[0], three[0])
