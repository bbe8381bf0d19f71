"""Who may enter where: every address of the portal, for every role, in its area and outside it.

The gates of gates.py name who is let in. Whoever is not gets the answer of the gate: 404 where nobody may
learn that there is such a thing, 403 where the thing is known, and a visitor is asked to sign in.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from models.act import Role
from models.needs.need import NeedPhase
from models.parties.person import Person
from tests.conftest import SignInAs
from tests.factories import judged, parties
from tests.factories import world as worlds
from tests.factories.world import AUDIENCES, World
from tests.factories.world_agencies import FEE_WORDS
from tests.factories.world_heard import RECOMMEND_WORDS, TICKET_WORDS
from tests.web.gates import ALSO_REFUSED, AREA, GATES, OFFICIALS
from web import db
from web.guards import OPEN_ENDPOINTS

# Who may enter is decided in Python; the SQL of every list is tested with its subject, on both databases.
pytestmark = pytest.mark.sqlite_only

Come = Callable[[str], FlaskClient]
Seen = dict[tuple[str, str], set[str]]


@pytest.fixture
def come(app: Flask, sign_in_as: SignInAs, district: World) -> Come:
    """A client that is one of the audiences."""

    def come_as(name: str) -> FlaskClient:
        if name == "visitor":
            return app.test_client()
        role, unit = AUDIENCES[name]
        organisation = None
        if role in {Role.ORGANISATION_STAFF, Role.EVALUATOR}:
            organisation = district.owner if name == "staff" else district.other
        return sign_in_as(role, unit=unit, organisation=organisation).client

    return come_as


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN_ENDPOINTS]


def address(app: Flask, rule: Rule, district: World) -> str:
    known: dict[str, object] = {
        **district.ids,
        "kind": "needs",
        "part": "milestones",
        "form": "docx",
        "about": "agency",
        "token": district.token,
        "number": 1,
        "ocid": "ocds-000000-none",
    }
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def csrf(client: FlaskClient) -> str:
    page = client.get("/").get_data(as_text=True)
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def told(answer_status: int, location: str | None) -> int:
    """303 for being asked to sign in; being sent anywhere else is being let in."""
    if answer_status == 303 and location and location.startswith("/sign-in"):
        return 303
    assert answer_status not in {400, 405}
    return answer_status if answer_status in {403, 404} else 200


def test_every_address_has_its_gate(portal: Flask) -> None:
    assert {rule.endpoint for rule in rules(portal)} == set(GATES)


@pytest.fixture(scope="module")
def seen() -> Seen:
    """The secrets on every page that was fetched on the way: no page is fetched twice for one audience."""
    return {}


@pytest.mark.parametrize("who", AUDIENCES)
def test_who_may_enter_where(
    who: str, app: Flask, connection: Connection, district: World, come: Come, seen: Seen
) -> None:
    client = come(who)
    token = csrf(client)
    cookie = client.get_cookie("session")
    assert cookie is not None
    wrong = []
    for rule in rules(app):
        where = address(app, rule, district)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            client.set_cookie("session", cookie.value)  # signing out is among what is tried
            with connection.begin_nested() as undo:
                if method == "GET":
                    answer = client.get(where)
                    seen[who, where] = secrets_in(answer.data)
                else:
                    answer = client.post(where, data={"csrf_token": token})
                undo.rollback()
            got = told(answer.status_code, answer.headers.get("Location"))
            expected = expected_for(who, rule.endpoint)
            if got != expected:
                wrong.append(f"{who} {method} {rule.endpoint}: {answer.status_code}, expected {expected}")
    assert not wrong, "\n".join(wrong)


def expected_for(who: str, endpoint: str) -> int:
    gate = GATES[endpoint]
    if who in gate.allowed:
        return 200
    if who == "visitor":
        return gate.visitor
    return ALSO_REFUSED.get((who, endpoint), gate.refused)


SECRETS: dict[str, frozenset[str]] = {
    worlds.BID_WORDS: frozenset({"staff"}),
    worlds.DRAFT_WORDS: AREA,
    worlds.SUBMITTED_WORDS: AREA | {"hub", "auditor"},
    worlds.ASSESSMENT_WORDS: AREA,
    worlds.SERVICE_WORDS: frozenset({"staff"}),
    worlds.REVIEW_WORDS: OFFICIALS | {"auditor"},
    worlds.TENDER_WORDS: OFFICIALS,
    FEE_WORDS: OFFICIALS | {"auditor", "evaluator"},
    worlds.MARK_WORDS: frozenset(),
    judged.RATING_WORDS: frozenset({"staff"}),
    judged.FINDING_WORDS: OFFICIALS | {"auditor", "staff", "evaluator"},
    worlds.LABEL_WORDS: OFFICIALS | {"staff", "worker", "evaluator"},
    # Neither the pages of its tender nor those of the bids say it: the hub reads it, and the project's file.
    RECOMMEND_WORDS: frozenset({"hub", "auditor"}),
    TICKET_WORDS: AREA,
    worlds.EDIT_WORDS: frozenset({"district", "city", "auditor"}),
}
"""Words that stand in one record only, and who may ever read them."""


@pytest.mark.parametrize("who", AUDIENCES)
def test_no_page_list_or_workbook_says_what_is_not_ones_own(
    who: str, app: Flask, connection: Connection, district: World, come: Come, seen: Seen
) -> None:
    client = come(who)
    leaks = []
    for where in places(app, district):
        if (who, where) not in seen:
            with connection.begin_nested() as undo:
                seen[who, where] = secrets_in(client.get(where).data)
                undo.rollback()
        leaks += [f"{words} on {where}" for words in seen[who, where] if who not in SECRETS[words]]
    assert not leaks, "\n".join(leaks)


def places(app: Flask, district: World) -> list[str]:
    """Every address one can look at, lists also as workbooks and searched for each secret."""
    found = []
    for rule in rules(app):
        if "GET" not in (rule.methods or set()):
            continue
        where = address(app, rule, district)
        found.append(where)
        if not rule.arguments:
            found += [f"{where}?format=xlsx", f"{where}?phase=all&state=all&size=100"]
            found.append(f"{where}?q=凌霄")
    for phase in (NeedPhase.STANDARDISED, NeedPhase.SUBMITTED, NeedPhase.MATCHED):
        key = district.needs[phase]
        found += [f"/needs/{key}", f"/needs/{key}/matching", f"/needs/{key}/handling", f"/needs/{key}/check"]
    found += [
        f"/services/{district.ids['active_id']}",
        f"/assessments/{district.ids['public_assessment_id']}",
    ]
    return found


def secrets_in(data: bytes) -> set[str]:
    """The secrets that an answer tells."""
    words = text_of(data)
    return {secret for secret in SECRETS if secret in words}


def text_of(data: bytes) -> str:
    """The words of an answer; those inside a workbook too."""
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@pytest.mark.parametrize("who", ["worker next door", "other street"])
def test_proposals_show_no_need_that_is_not_ones_own(
    who: str, connection: Connection, district: World, come: Come
) -> None:
    client = come(who)
    sent = {"csrf_token": csrf(client), "description": worlds.SUBMITTED_WORDS + needs_words()}
    body = client.post("/needs/proposals", data=sent).get_data(as_text=True)
    said = body.replace(sent["description"], "")
    assert worlds.SUBMITTED_WORDS not in said
    assert worlds.DRAFT_WORDS not in said


def needs_words() -> str:
    return "高龄独居老人吃饭难，家里没人烧饭，已经半年了。"


READ_FILES = AREA | {"auditor"}


def test_raw_answers_of_a_public_assessment_are_for_its_area_alone(district: World, come: Come) -> None:
    page = f"/assessments/{district.ids['public_assessment_id']}"
    file = f"{page}/files/{district.ids['public_file_id']}"
    for who in AUDIENCES:
        client = come(who)
        assert client.get(file).status_code == (200 if who in READ_FILES else 404), who
        assert (file in client.get(page).get_data(as_text=True)) == (who in READ_FILES), who


def test_an_upload_and_a_message_open_for_the_person_they_are_of(
    app: Flask, session: Session, district: World
) -> None:
    client = app.test_client()
    person = session.get_one(Person, district.ids["person_id"])
    with client.session_transaction() as cookie:
        cookie[db.TOKEN] = parties.token_for(session, person, parties.NOON)
    session.commit()
    assert client.get(f"/import/batches/{district.ids['batch_id']}").status_code == 200
    assert client.get(f"/inbox/{district.ids['message_id']}").location.startswith("/needs/")
