"""The file of a project on the portal, and the command that verifies it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.act import Role
from models.archive.verifying import verify_archive
from models.tenders import ending
from models.tenders.tender import Tender
from tests.factories import contracts, parties, tenders
from tests.page import PageClient
from web.cli import cli

SignInAs = Callable[..., PageClient]


@pytest.fixture
def cancelled(session: Session) -> Tender:
    tender = tenders.tender(session)
    ending.cancel(session, tender, contracts.official(session, parties.NOON), words="资金未落实。")
    session.commit()
    return tender


def address(tender: Tender) -> str:
    return f"/tenders/{tender.id}/file"


def test_an_auditor_finds_it_from_the_tender_takes_it_and_the_page_says_so(
    cancelled: Tender, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(Role.AUDITOR)
    page = client.get(f"/tenders/{cancelled.id}")
    assert "全套项目档案" in page.text
    assert "还没有人下载过" in client.get(address(cancelled)).text
    answer = taken(client, cancelled)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    found = verify_archive(BytesIO(answer.data))
    assert (found.tender, found.faults) == (cancelled.reference, ())
    assert found.digest in client.get(address(cancelled)).text
    with ZipFile(BytesIO(answer.data)) as archive:
        assert f"papers/{cancelled.reference} 采购文件.docx" in archive.namelist()


def taken(client: PageClient, tender: Tender) -> TestResponse:
    with client.client.post(address(tender), data={"csrf_token": client.token()}) as answer:
        answer.get_data()
        return answer


@pytest.mark.parametrize(
    "role", [None, Role.STREET_OFFICIAL, Role.COMMUNITY_WORKER, Role.HUB, Role.EVALUATOR, Role.PANEL_MEMBER]
)
def test_for_others_there_is_no_such_page(
    cancelled: Tender, sign_in_as: SignInAs, session: Session, role: Role | None
) -> None:
    organisation = parties.organisation(session) if role is Role.EVALUATOR else None
    client = sign_in_as(role, organisation=organisation)
    client.get(address(cancelled), status=404)
    assert "全套项目档案" not in client.get(f"/tenders/{cancelled.id}").text


def test_before_the_end_the_page_says_when(session: Session, sign_in_as: SignInAs) -> None:
    tender = tenders.tender(session)
    client = sign_in_as(Role.AUDITOR, locale="en")
    page = client.get(address(tender))
    assert "once the tender is decided, failed or cancelled" in page.text
    assert "Download the file" not in page.text


@pytest.fixture
def file(cancelled: Tender, sign_in_as: SignInAs, tmp_path: Path) -> Path:
    client = sign_in_as(Role.AUDITOR)
    client.get(address(cancelled))
    answer = taken(client, cancelled)
    path = tmp_path / "file.zip"
    path.write_bytes(answer.data)
    return path


def test_the_command_verifies_an_archive_without_a_database(app: Flask, file: Path) -> None:
    runner = CliRunner()
    whole = runner.invoke(cli, ["audit", "verify", str(file)])
    assert (whole.exit_code, whole.output.startswith("whole: CG-")) == (0, True)
    with ZipFile(file, "a") as archive:
        archive.writestr("rows/more.jsonl", "{}")
    broken = runner.invoke(cli, ["audit", "verify", str(file)])
    assert (broken.exit_code, "rows/more.jsonl: extra" in broken.output) == (1, True)


def test_the_command_says_what_is_no_archive(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"PK")
    for path in (other, tmp_path / "absent.zip"):
        answer = CliRunner().invoke(cli, ["audit", "verify", str(path)])
        assert (answer.exit_code, bool(answer.output.strip())) == (2, True)
