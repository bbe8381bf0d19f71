"""Packages are what the standard asks for: its schema, made strict, and what no schema can say."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import contracts, disclosure, tenders
from tests.factories.parties import NOON
from tests.web.api.ocds import judge, references
from tests.web.api.ocds.conftest import NEW_YEAR, Get
from web import db

SCENES = {
    "tendering": disclosure.tendering,
    "opened": disclosure.opened,
    "priced": disclosure.priced,
    "cancelled": disclosure.cancelled,
    "failed_and_repeated": disclosure.failed_and_repeated,
    "reported": contracts.reported,
    "awarded": contracts.award,
    "running": disclosure.running,
}


@pytest.mark.parametrize("scene", SCENES)
def test_releases_of_every_phase_are_sound(session: Session, get: Get, scene: str) -> None:
    SCENES[scene](session)
    package = get("/ocds/releases")
    assert package["releases"]
    assert list(judge.empties(package)) == []
    for release in package["releases"]:
        assert references.wrong(release) == []
        assert judge.errors(release) == []


def test_a_package_says_who_publishes_it_and_that_the_prefix_is_nobodys(session: Session, get: Get) -> None:
    tender = disclosure.tendering(session)
    package = get("/ocds/releases")
    assert set(package) == {
        "uri",
        "version",
        "extensions",
        "publishedDate",
        "publisher",
        "publicationPolicy",
        "releases",
    }
    assert package["version"] == "1.1"
    assert package["uri"] == "http://localhost/ocds/releases"
    assert package["publishedDate"] == "2027-01-01T08:00:00+08:00"
    assert "not registered" in package["publisher"]["name"]
    assert package["releases"][0]["ocid"] == f"ocds-000000-{tender.reference}"


def test_records_hold_the_release_and_the_same_compiled(session: Session, get: Get) -> None:
    disclosure.running(session)
    (record,) = get("/ocds/records")["records"]
    (release,) = record["releases"]
    compiled = record["compiledRelease"]
    assert judge.errors(compiled) == []
    assert compiled["tag"] == ["compiled"]
    assert compiled["id"] == f"{release['ocid']}-{release['date']}"
    same = {name for name in release if name not in {"id", "tag"}}
    assert {name: release[name] for name in same} == {name: compiled[name] for name in same}


def test_one_process_and_everything(session: Session, get: Get) -> None:
    tender = disclosure.cancelled(session)
    disclosure.tendering(session)
    ocid = f"ocds-000000-{tender.reference}"
    one = get(f"/ocds/{ocid}")["releases"]
    everything = get("/ocds/package.json")["releases"]
    assert [each["ocid"] for each in one] == [ocid]
    assert len(everything) == 2
    assert one[0] in everything


NOWHERE = (
    "/ocds/ocds-000000-none",
    "/ocds/else",
    "/ocds/releases?page=7",
    "/ocds/records?page=9" + "9" * 30,
)


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_a_problem(session: Session, get: Get, path: str) -> None:
    disclosure.cancelled(session)
    answer = get(path, status=404)
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json(force=True)["status"] == 404


def test_a_draft_is_not_there(session: Session, get: Get) -> None:
    draft = tenders.draft(session)
    get(f"/ocds/ocds-000000-{draft.reference}", status=404)
    get("/ocds/releases", status=204)


def test_a_tender_appears_at_its_publication_and_not_before(session: Session, get: Get) -> None:
    tenders.tender(session)
    get("/ocds/releases", at=NOON - timedelta(microseconds=1), status=204)
    assert len(get("/ocds/releases", at=NOON)["releases"]) == 1


def test_pages_follow_each_other_the_last_change_first(
    session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.api.ocds.routes.SIZE", 2)
    made = [tenders.tender(session, at=NOON + timedelta(hours=number)) for number in range(5)]
    disclosure.asked(session, made[0], NOON + timedelta(days=2))  # the oldest has changed last
    session.commit()
    monkeypatch.setattr(db, "now", lambda: NEW_YEAR)
    seen, path = [], "/ocds/releases"
    while path:
        answer = app.test_client().get(path)
        seen += [each["ocid"].removeprefix("ocds-000000-") for each in answer.get_json()["releases"]]
        links = dict(reversed(link.split("; ")) for link in answer.headers["Link"].split(", "))
        assert ('rel="prev"' in links) == (path != "/ocds/releases")
        path = links.get('rel="next"', "").strip("<>").removeprefix("http://localhost")
    assert seen == [each.reference for each in [made[0], *reversed(made[1:])]]


def test_an_id_names_one_content_and_stays_while_nothing_changes(session: Session, get: Get) -> None:
    tender = tenders.tender(session)
    (first,) = get("/ocds/releases", at=NOON + timedelta(hours=1))["releases"]
    (same,) = get("/ocds/releases", at=NOON + timedelta(days=1))["releases"]
    assert first == same
    disclosure.asked(session, tender, NOON + timedelta(days=2))
    (later,) = get("/ocds/releases", at=NOON + timedelta(days=3))["releases"]
    assert later["id"] != first["id"]
    assert later["date"] > first["date"]
