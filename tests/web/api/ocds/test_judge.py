"""The judge itself: whatever is broken on purpose, it finds."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import disclosure
from tests.web.api.ocds import judge, references
from tests.web.api.ocds.conftest import Get

Release = dict[str, Any]


@pytest.fixture
def release(session: Session, get: Get) -> Release:
    disclosure.running(session)
    found: Release = get("/ocds/releases")["releases"][0]
    assert judge.errors(found) == references.wrong(found) == list(judge.empties(found)) == []
    return found


def unknown_field(it: Release) -> None:
    it["tender"]["colour"] = "teal"


def unknown_field_of_an_extension(it: Release) -> None:
    it["tender"]["lots"][0]["colour"] = "teal"


def closed_code(it: Release) -> None:
    it["tender"]["status"] = "closed"


def other_currency(it: Release) -> None:
    it["tender"]["value"]["currency"] = "RMB"


def no_offset(it: Release) -> None:
    it["awards"][0]["documents"][0]["datePublished"] = "yesterday"


def lacks_an_id(it: Release) -> None:
    del it["contracts"][0]["awardID"]


def amount_as_text(it: Release) -> None:
    it["tender"]["value"]["amount"] = "480000"


@pytest.mark.parametrize(
    "spoil",
    [
        unknown_field,
        unknown_field_of_an_extension,
        closed_code,
        other_currency,
        no_offset,
        lacks_an_id,
        amount_as_text,
    ],
)
def test_the_schema_is_strict(release: Release, spoil: Callable[[Release], None]) -> None:
    spoilt = deepcopy(release)
    spoil(spoilt)
    assert judge.errors(spoilt)


def party_missing(it: Release) -> None:
    it["parties"].pop()


def party_too_many(it: Release) -> None:
    it["parties"].append({"id": "x", "name": "x", "roles": ["tenderer"]})


def lot_unknown(it: Release) -> None:
    it["bids"]["details"][0]["relatedLots"] = ["9"]


def award_unknown(it: Release) -> None:
    it["contracts"][0]["awardID"] = "9"


def id_twice(it: Release) -> None:
    it["bids"]["details"][1]["id"] = it["bids"]["details"][0]["id"]


def hash_in_id(it: Release) -> None:
    it["id"] += "#1"


def period_backwards(it: Release) -> None:
    period = it["contracts"][0]["period"]
    period["startDate"], period["endDate"] = period["endDate"], period["startDate"]


def newer_than_the_release(it: Release) -> None:
    it["awards"][0]["date"] = "2030-01-01T00:00:00+08:00"


@pytest.mark.parametrize(
    "spoil",
    [
        party_missing,
        party_too_many,
        lot_unknown,
        award_unknown,
        id_twice,
        hash_in_id,
        period_backwards,
        newer_than_the_release,
    ],
)
def test_references_and_dates_are_followed(release: Release, spoil: Callable[[Release], None]) -> None:
    spoilt = deepcopy(release)
    spoil(spoilt)
    assert references.wrong(spoilt)


@pytest.mark.parametrize("nothing", ["", " ", [], {}, None])
def test_what_says_nothing_is_found(nothing: object) -> None:
    assert list(judge.empties({"a": [{"b": nothing}]})) == ["/a/0/b"]
    assert list(judge.empties({"a": [{"b": 0, "c": False}]})) == []
