"""The file of a project: complete, provable by anybody, and without what must stay in the house."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection, Engine, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.archive.gathering import gather
from models.archive.packing import MANIFEST, SUMS, pack
from models.archive.parts import LEFT_OUT, NOT_PARTS, parts
from models.archive.verifying import Fault, Flaw, verify_archive
from models.audit.event import AuditEvent
from models.audit.timeline import timeline
from models.contracts.contract import Contract
from models.errors import Conflict, Invalid, NotFound
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.sheet import EvaluationMark
from models.ratings.sides import Side
from models.session import WRITES
from models.tables import metadata
from models.tenders import ending
from models.tenders.tender import Tender
from tests.factories import bids, contracts, evaluations, parties, ratings, surveys, tenders
from tests.factories.contracts import SIGNED

MOMENT = timedelta(microseconds=1)
ELSEWHERE = {
    "adjusted_day", "adjusted_year", "administrative_unit", "agency", "agency_qualification",
    "agency_suspension", "agency_tie", "annual_report", "audit_event", "audit_head", "board_member",
    "cost_option", "counter", "crosswalk", "dealing", "expert", "expert_term", "expert_tie",
    "independence_statement", "indicator_set", "learning_run", "list_entry", "mail", "matching_rule",
    "meeting_rule_version", "membership", "message", "organisation", "person", "plan", "plan_budget",
    "population_stratum", "procurement_threshold", "reminder", "rescore_sample", "rotation_rule",
    "service", "service_area", "service_capacity", "service_term", "sign_in", "sign_in_failure",
    "staff_member", "stored_file", "taxonomy_term", "time_taken",
}  # fmt: skip
"""Tables of parties, of the catalogue and of the house itself: no project owns their rows."""


@dataclass
class Made:
    """A contract in force, its tender's archive, and its content by name."""

    tender_id: object
    archive: bytes
    content: dict[str, bytes]


def auditor(session: Session) -> Act:
    return parties.act_as(session, Role.AUDITOR, at=SIGNED)


def packed(session: Session, tender: Tender, act: Act) -> bytes:
    out = BytesIO()
    pack(session, tender, act, out, papers={"采购文件.docx": b"PK"})
    return out.getvalue()


@pytest.fixture(scope="module")
def built(engine: Engine) -> Iterator[tuple[Connection, Made]]:
    """Once a file: a tender through to its signed contract, and the archive of it."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            tender = contracts.contract(session).award.lot.tender
            archive = packed(session, tender, auditor(session))
            session.commit()
            with ZipFile(BytesIO(archive)) as opened:
                made = Made(tender.id, archive, {name: opened.read(name) for name in opened.namelist()})
        yield connection, made
        outer.rollback()


@pytest.fixture
def connection(built: tuple[Connection, Made]) -> Iterator[Connection]:
    inner = built[0].begin_nested()
    yield built[0]
    inner.rollback()


@pytest.fixture
def made(built: tuple[Connection, Made]) -> Made:
    return built[1]


def again(content: dict[str, bytes]) -> list[Fault]:
    """What is wrong with an archive of this content."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return list(verify_archive(out).faults)


def lines(data: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in data.decode().splitlines()]


def rewritten(content: dict[str, bytes], name: str, change: Callable[[dict[str, object]], None]) -> None:
    """Somebody changes the first line of a file, and the manifest and the sums with it."""
    first, *rest = lines(content[name])
    change(first)
    content[name] = b"".join(
        f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n".encode() for row in [first, *rest]
    )
    manifest = json.loads(content[MANIFEST])
    manifest["files"][name] = hashlib.sha256(content[name]).hexdigest()
    content[MANIFEST] = json.dumps(manifest).encode()
    sums = {**manifest["files"], MANIFEST: hashlib.sha256(content[MANIFEST]).hexdigest()}
    content[SUMS] = "".join(f"{each}  {path}\n" for path, each in sorted(sums.items())).encode()


def test_an_archive_is_whole_and_holds_the_project(made: Made) -> None:
    found = verify_archive(BytesIO(made.archive))
    assert found.faults == ()
    assert found.files == len(made.content) - 2
    assert (found.events > 50, found.rankings) == (True, 1)
    for table in ("tender", "lot", "criterion", "bid", "opened_bid", "mark", "ranking", "award", "contract"):
        assert lines(made.content[f"rows/{table}.jsonl"]), table
    assert made.content["papers/采购文件.docx"] == b"PK"


def test_the_sums_are_those_of_sha256sum(made: Made) -> None:
    for line in made.content[SUMS].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(made.content[name]).hexdigest() == digest
    assert set(made.content) == {SUMS} | {
        line.split("  ", 1)[1] for line in made.content[SUMS].decode().splitlines()
    }


def test_the_digest_of_the_manifest_is_in_the_chain(session: Session, made: Made) -> None:
    (event,) = [
        each
        for each in timeline(session, session.get_one(Tender, made.tender_id))
        if each.action == "project.pack"
    ]
    assert event.facts["digest"] == hashlib.sha256(made.content[MANIFEST]).hexdigest()


@pytest.mark.parametrize(
    ("name", "flaw"),
    [("rows/mark.jsonl", Flaw.MISSING), (SUMS, Flaw.MISSING), ("audit.jsonl", Flaw.MISSING)],
)
def test_what_is_taken_out_is_missed(made: Made, name: str, flaw: Flaw) -> None:
    content = {**made.content}
    del content[name]
    assert Fault(name, flaw) in again(content)


def test_what_is_put_in_or_changed_is_found(made: Made) -> None:
    more = {**made.content, "rows/more.jsonl": b"{}\n"}
    assert again(more) == [Fault("rows/more.jsonl", Flaw.EXTRA)]
    changed = {**made.content, "rows/lot.jsonl": made.content["rows/lot.jsonl"] + b"{}\n"}
    assert again(changed) == [Fault("rows/lot.jsonl", Flaw.CHANGED)]


def test_a_changed_event_is_found_though_the_manifest_was_changed_with_it(made: Made) -> None:
    content = {**made.content}
    rewritten(content, "audit.jsonl", lambda event: event.update(action="tender.forged"))
    number = lines(content["audit.jsonl"])[0]["number"]
    assert Fault(f"audit.jsonl:{number}", Flaw.EVENT_CHANGED) in again(content)


def test_a_changed_ranking_is_found_though_the_manifest_was_changed_with_it(made: Made) -> None:
    content = {**made.content}
    question = str(lines(content["rows/ranking.jsonl"])[0]["question"])
    rewritten(
        content,
        "rows/ranking.jsonl",
        lambda row: row.update(question=question.replace('"450000.00"', '"470000.01"')),
    )
    assert [fault.flaw for fault in again(content)] == [Flaw.RANKING_DIFFERS]


def test_a_changed_envelope_is_found_though_the_manifest_was_changed_with_it(made: Made) -> None:
    content = {**made.content}
    rewritten(content, "rows/bid.jsonl", lambda row: row.update(technical_digest="0" * 64))
    assert [fault.flaw for fault in again(content)] == [Flaw.ENVELOPE_CHANGED]


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_of_a_project_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="not_a_project_file"):
        verify_archive(BytesIO(data))


def test_it_is_handed_out_once_the_tender_is_decided_and_not_before(session: Session) -> None:
    tender = tenders.tender(session)
    act = auditor(session)
    with pytest.raises(Conflict, match="project_not_closed"):
        packed(session, tender, act)
    ending.cancel(session, tender, contracts.official(session, parties.NOON), words="资金未落实。")
    assert verify_archive(BytesIO(packed(session, tender, act))).faults == ()


def test_who_bid_stays_secret_when_nothing_was_opened(session: Session) -> None:
    tender = tenders.tender(session)
    made = bids.bids(session, tender, 2)
    act = contracts.official(session, parties.NOON + timedelta(minutes=1))
    ending.cancel(session, tender, act, words="资金未落实。")
    archive = packed(session, tender, auditor(session))
    with ZipFile(BytesIO(archive)) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert not [bid for bid in made if str(bid.organisation_id).encode() in everything]
    assert b'"bid.submit"' not in everything


def test_nobody_but_an_auditor_of_the_area_takes_it(session: Session, made: Made) -> None:
    tender = session.get_one(Tender, made.tender_id)
    elsewhere = auditor(session)
    elsewhere = replace(elsewhere, actor=replace(elsewhere.actor, unit_code="310115"))
    for act in (contracts.official(session, SIGNED), elsewhere):
        with pytest.raises(NotFound):
            packed(session, tender, act)


def test_what_must_stay_in_the_house_is_in_no_file(made: Made) -> None:
    names = {(name.split(".")[0], name.split(".")[1]) for name in LEFT_OUT}
    for table, column in names:
        rows = lines(made.content.get(f"rows/{table}.jsonl", b""))
        assert not [row for row in rows if column in row]
    assert b"password" not in b"".join(made.content.values())


def test_every_table_is_in_the_file_of_a_project_or_said_not_to_be() -> None:
    decided = {table.name for table in parts()} | set(NOT_PARTS) | ELSEWHERE
    assert {table.name for table in metadata.sorted_tables} - decided == set()


def test_events_follow_the_chain(session: Session, made: Made) -> None:
    for line in lines(made.content["audit.jsonl"])[:20]:
        assert session.get_one(AuditEvent, line["number"]).hash == line["hash"]


def count(session: Session, contract: Contract, at: datetime, table: str) -> int:
    """How many rows of a table an archive would hold at an instant."""
    return len(gather(session, contract.award.lot.tender, at).rows.get(table, ()))


def test_a_sheet_is_blind_until_its_draft_and_answers_until_the_survey_ends(session: Session) -> None:
    evaluation = evaluations.evaluation(session, phase=EvaluationPhase.STARTED)
    session.add(EvaluationMark(evaluation_id=evaluation.id, item_code="E1.1", points=Decimal(3)))
    survey = surveys.survey(session, evaluation.contract, answers=3)
    assert survey.closes_at is not None
    session.execute(
        update(Evaluation).where(Evaluation.id == evaluation.id).values(drafted_at=survey.closes_at)
    )  # past `advance()`: what follows from the stamp alone is asked
    for at, found in ((survey.closes_at - MOMENT, 0), (survey.closes_at, 1)):
        assert count(session, evaluation.contract, at, "survey_invitation") == 30
        assert count(session, evaluation.contract, at, "evaluation_mark") == found
        assert count(session, evaluation.contract, at, "survey_answer") == 3 * found


def test_a_rating_is_in_the_file_once_it_is_released(session: Session) -> None:
    contract = evaluations.final(session).contract
    made = ratings.rating(session, contract, Side.ORGANISATION, Side.PURCHASER)
    released = made.given_at + timedelta(days=14)
    assert count(session, contract, released - MOMENT, "rating") == 0
    assert count(session, contract, released, "rating") == 1
