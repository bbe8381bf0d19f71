"""What nobody sends who means well: every address with nonsense, every form with worse. Never a 500.

The portal under test hands every error it did not expect to the test, so an answer at all is already a proof;
what may stand in the answer is said beside each case.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from urllib.parse import quote_from_bytes
from uuid import uuid4
from zipfile import ZipFile

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.event import AuditEvent
from models.needs import parts
from models.needs.need import Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import needs as make
from tests.factories import parties
from tests.factories.world import PNG, World
from tests.page import PageClient
from web.account.routes import local
from web.exchange.workbook import workbook
from web.guards import OPEN_ENDPOINTS

WORDS = [
    "𠮷野家👵🏽",
    "\x00\x07",
    "\udcff\ud800",
    "𝟜𝟟",
    "'; DROP TABLE need;--",
    "<script>x</script>",
    "%s%(x)s{}",
]
NUMBERS = ["-1", "9" * 30, "9" * 5000, "1e400", "NaN", "１２，０００", "0x10", "1.005", "٤٢", "²"]
DATES = [
    "0001-01-01",
    "9999-12-31",
    "2026-13-01",
    "2026-02-30",
    "-1-1-1",
    "２０２６年１１月２０日",
    "10000-1-1",
]
NOBODYS = "5f0c1a52-6f0b-4f55-9d0e-3c1d5a7b9e10"
STRANGE = [*WORDS, *NUMBERS, *DATES, "", " ", "../../etc/passwd", "//evil.example", NOBODYS, "x" * 300]
QUESTIONS = re.findall(
    r"\S+",
    """
q street place code group phase budget month sort page size format area domain price type grade
lists state overdue run compare merge role cause next description
""",
)
INPUTS = re.findall(
    r"\S+",
    """
id revision unit_code description title codes groups other_code affected_people severity urgency
since assessment evidence count_visit existing_supply resources words_venue starts ends budget
budget_unknown funding then into words starts_on ends_on assessor_id summary method_questionnaire
age_60_79 problem_0 code_0 share_0 meeting_type place agenda scheduled_at clock took_place_at
noticed_on present outcome conclusion votes_for promise promise_owner promise_due_on priority
priority_words decision reason replaces cause remedy standard-title standard-codes standard-n1
standard-affected_people standard-revision return-reason return-words return-revision merge-into
merge-revision route-route_code route-revision settle-words settle-revision name login role
credit_code type registered_place established_on year result flag listed_on grade grade_issued_on
grade_expires_on website name_en certificate position service_codes areas amount_1 unit_1
maximum_1 available_1 minimum_age maximum_age old password again membership_id locale next text
method method_words budget_item price_weight surveyed_on surveyed_respondents users_words reservation_words
contract_words author_organisation_id needs ceiling quantity quantity_unit weight is_objective
words_0 points_0 evidence_words deliverable due_days percent officers threshold escrow_place ready phrase day
closes_on telephone channel punctuality manner help quality label stratum age_band rows meeting satisfied fair
dissatisfied stage pick go send speak lang state keep
sure question answer bears_on_bids what how url published_on service_starts_on service_ends_on
points_E1.1 planned_E5.1 actual_E5.1 words_E1.1 missing_E1.1 key after reply stands due_from due_until
visited_on items line_pass effective_on
workers subcontracting item_words_1 item_amount_1 in_price liable minutes why code_1 work_1 share_1
""",
)
REFUSED = {403, 404}
"""Not theirs: the gate does not read what was sent, so worse nonsense would be refused just so."""
FORM = "application/x-www-form-urlencoded"
Sent = dict[str, list[str] | str]


@pytest.fixture
def clients(sign_in_as: SignInAs, district: World) -> dict[str, FlaskClient]:
    """Those who have something to fill in."""
    return {
        "worker": sign_in_as(Role.COMMUNITY_WORKER).client,
        "official": sign_in_as(Role.DISTRICT_OFFICIAL).client,
        "staff": sign_in_as(Role.ORGANISATION_STAFF, organisation=district.owner).client,
        "evaluator": sign_in_as(Role.EVALUATOR, organisation=district.other).client,
        "administrator": sign_in_as(Role.ADMINISTRATOR).client,
    }


def addresses(app: Flask, district: World, method: str) -> Iterator[str]:
    known: dict[str, object] = {
        **district.ids,
        "kind": "needs",
        "part": "milestones",
        "about": "agency",
        "form": "docx",
        "token": district.token,
        "number": 1,
        "ocid": "ocds-000000-none",
    }
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint not in OPEN_ENDPOINTS and method in (rule.methods or set()):
                yield url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})


def csrf(client: FlaskClient) -> str:
    page = client.get("/").get_data(as_text=True)
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]


def test_no_question_in_an_address_breaks_a_page(
    app: Flask, connection: Connection, district: World, clients: dict[str, FlaskClient]
) -> None:
    for client in clients.values():
        for where in addresses(app, district, "GET"):
            for start in range(0, len(STRANGE), 14):
                asked: Sent = {name: STRANGE[(start + i) % len(STRANGE)] for i, name in enumerate(QUESTIONS)}
                answer = client.get(where, query_string=encoded(asked).decode())
                assert answer.status_code < 500, where
                if answer.status_code in REFUSED:
                    break


def test_no_field_breaks_a_form(
    app: Flask, connection: Connection, district: World, clients: dict[str, FlaskClient]
) -> None:
    for client in clients.values():
        token = csrf(client)
        cookie = client.get_cookie("session")
        assert cookie is not None
        for where in addresses(app, district, "POST"):
            for start in range(0, len(STRANGE), 14):
                sent: Sent = {
                    name: [STRANGE[(start + i) % len(STRANGE)]] * 2 for i, name in enumerate(INPUTS)
                }
                client.set_cookie("session", cookie.value)  # signing out is among what is tried
                with connection.begin_nested() as undo:
                    answer = client.post(where, data=encoded(sent | {"csrf_token": token}), content_type=FORM)
                    undo.rollback()
                assert answer.status_code < 500, where
                assert answer.status_code != 400, where
                if answer.status_code in REFUSED:
                    break


def encoded(sent: Sent) -> bytes:
    """A form as bytes, in which nothing has to be good UTF-8."""
    pairs = [
        (name, value) for name, many in sent.items() for value in ([many] if isinstance(many, str) else many)
    ]
    return "&".join(f"{name}={quoted(value)}" for name, value in pairs).encode()


@cache
def quoted(value: str) -> str:
    return quote_from_bytes(value.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("field", ["scheduled_at", "promise_due_on", "noticed_on", "took_place_at"])
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_far_off_is_named_and_stops_no_clock(
    field: str, day: date, district: World, clients: dict[str, FlaskClient]
) -> None:
    """A meeting in the year 9999 would have no day by which it is to be handled, and break the queue."""
    client, key = clients["worker"], district.needs[NeedPhase.DELIBERATING]
    sent = {
        "csrf_token": csrf(client),
        "id": str(uuid4()),
        "meeting_type": "hearing",
        "place": "活动室",
        "clock": "14:00",
        "scheduled_at": "2026-11-30",
        "took_place_at": "2026-11-10",
        "noticed_on": "2026-11-01",
        "present": "30",
        "outcome": "supported",
        "conclusion": "同意。",
        "promise": "落实场地",
        "promise_owner": "居委会主任",
        "promise_due_on": "2026-12-31",
        field: f"{day.year:04}-{day:%m-%d}",
    }
    where = "new" if field == "scheduled_at" else "paper"
    answer = client.post(f"/needs/{key}/deliberations/{where}", data=sent)
    assert answer.status_code == 422
    assert "请核对年份" in answer.get_data(as_text=True)
    assert clients["official"].get("/handling").status_code == 200
    assert client.get("/home").status_code == 200


@pytest.mark.parametrize("where", ["/needs?month=9999-12", "/needs?month=0001-01", f"/inbox?page={'9' * 40}"])
def test_the_ends_of_time_and_of_lists_are_pages(where: str, clients: dict[str, FlaskClient]) -> None:
    assert clients["worker"].get(where).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "/\t/evil.example",
        "/\n/evil.example",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "a",
    ],
)
def test_nobody_is_led_out_of_the_house(wanted: str, visitor: PageClient) -> None:
    assert local(wanted) is None
    client = visitor.client
    answer = client.post("/language", data={"csrf_token": csrf(client), "locale": "en", "next": wanted})
    assert answer.location == "/"


def test_choosing_a_language_after_a_refused_form_leads_to_a_page(clients: dict[str, FlaskClient]) -> None:
    """The page of a refused form stands at an address that only takes forms."""
    client = clients["official"]
    sent = {"csrf_token": csrf(client), "locale": "en", "next": f"/needs/{uuid4()}/handling/route"}
    assert client.post("/language", data=sent).location == "/"


@pytest.mark.parametrize("name", ["a\r\nX-Evil: 1.png", "../../etc/照片.png", "c:\\x\\\x00y.png", "𠮷👵.png"])
def test_the_name_of_a_file_is_a_name_and_nothing_else(
    name: str, session: Session, district: World, sign_in_as: SignInAs
) -> None:
    need = session.get_one(Need, district.needs[NeedPhase.DRAFT])
    row = parts.attach(session, need, make.worker(session, at=parties.NOON), name=name, content=PNG)
    session.commit()
    answer = sign_in_as(Role.COMMUNITY_WORKER).client.get(f"/needs/{need.id}/files/{row.id}")
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert row.file is not None
    assert not set("/\\\r\n\x00") & set(row.file.name)


def test_a_cell_that_is_no_number_is_words(clients: dict[str, FlaskClient]) -> None:
    book = workbook(("需求", [("description", "d"), ("budget_yuan", "b")], [{"d": "一", "b": 7}]))
    broken = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(broken, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>7</v>", b"<v>NaN</v>"))
    client = clients["worker"]
    sent = {"csrf_token": csrf(client), "file": (BytesIO(broken.getvalue()), "\x00n.xlsx")}
    answer = client.post("/import/needs", data=sent)
    assert answer.status_code in {303, 422}


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_do_nothing(
    method: str, app: Flask, session: Session, district: World, clients: dict[str, FlaskClient]
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    for where in addresses(app, district, "POST"):
        answer = clients["official"].open(where, method=method)
        assert answer.status_code < 500, where
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_a_form_without_its_token_or_its_boundary_changes_nothing(
    app: Flask, session: Session, district: World, clients: dict[str, FlaskClient]
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditEvent))
    for where in addresses(app, district, "POST"):
        for kind in ("multipart/form-data", "application/json", FORM):
            answer = clients["worker"].post(where, data=b"csrf_token=old&x=1", content_type=kind)
            # A resident's form needs no token: what it carries is signed, and its link is the secret.
            assert answer.status_code == 400 or where == f"/s/{district.token}", where
            assert answer.status_code < 500, where
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == before


def test_a_megabyte_of_words_is_refused_in_words(clients: dict[str, FlaskClient]) -> None:
    client = clients["worker"]
    sent = {"csrf_token": csrf(client), "id": str(uuid4()), "description": "字" * 350_000}
    answer = client.post("/needs/new", data=sent)
    assert answer.status_code in {413, 422}
    assert "<h1" in answer.get_data(as_text=True)
