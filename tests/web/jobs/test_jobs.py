"""`duijie jobs run`: one round reminds and mails; two at once do everything once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from models.act import Role
from models.clocks.reminder import Reminder
from models.mailing import Mail
from models.outbox import Message
from models.parties.person import Person
from models.session import transaction
from tests.factories import catalogue, parties, tenders
from tests.factories.parties import NOON
from tests.support.mail import Letterbox
from web.cli import cli
from web.jobs.command import reminders, round_


def stage(app: Flask) -> str:
    """A published tender, and somebody in its field who has an address."""
    with app.extensions["sessions"]() as session, transaction(session):
        tenders.tender(session)
        seller = parties.organisation(session)
        catalogue.service(session, organisation=seller)
        act = parties.act_as(session, Role.ORGANISATION_STAFF, organisation=seller)
        reader = session.get_one(Person, act.actor.person_id)
        reader.email = "seller@example.org"
        return reader.email


def test_a_round_reminds_and_mails(mailer: Flask, letterbox: Letterbox) -> None:
    address = stage(mailer)
    assert round_(mailer, lambda: NOON) == (1, 1)
    assert round_(mailer, lambda: NOON + timedelta(minutes=1)) == (0, 0)
    (mail,) = letterbox.mails
    assert mail["To"] == address
    assert mail["Subject"].startswith("对接：有新的采购项目适合你们的服务")


def test_rounds_that_run_at_once_remind_once(mailer: Flask) -> None:
    stage(mailer)
    barrier, done = Barrier(4), []

    def work() -> None:
        barrier.wait()
        done.append(reminders(mailer, NOON))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [0, 0, 0, 1]
    with mailer.extensions["reading_sessions"]() as session:
        count = select(func.count())
        assert session.scalar(count.select_from(Reminder)) == 1
        assert session.scalar(count.select_from(Message).where(Message.kind == "tender_new")) == 1
        assert session.scalar(count.select_from(Mail)) == 0


def test_the_command_runs_one_round(mailer: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    config = mailer.extensions["config"]
    monkeypatch.setenv("DUIJIE_VAR", str(config.var))
    monkeypatch.setenv("DUIJIE_DATABASE_URL", config.database_url)
    said = CliRunner().invoke(cli, ["jobs", "run", "--once"])
    assert (said.exit_code, said.output) == (0, "0 reminders, 0 mails\n")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b:c"])
def test_an_address_that_is_no_servers_is_said_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DUIJIE_VAR", str(tmp_path))
    monkeypatch.setenv("DUIJIE_SMTP_URL", url)
    said = CliRunner().invoke(cli, ["jobs", "run", "--once"])
    assert said.exit_code == 1
    assert "DUIJIE_SMTP_URL" in said.output


def test_a_server_without_a_sender_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIJIE_VAR", str(tmp_path))
    monkeypatch.setenv("DUIJIE_SMTP_URL", "smtp://mail.example.org")
    said = CliRunner().invoke(cli, ["jobs", "run", "--once"])
    assert said.exit_code == 1
    assert "DUIJIE_MAIL_FROM" in said.output


def test_told_to_stop_it_ends_well(mailer: Flask) -> None:
    config = mailer.extensions["config"]
    environment = {"DUIJIE_VAR": str(config.var), "DUIJIE_DATABASE_URL": config.database_url}
    command = [str(Path(sys.executable).with_name("duijie")), "jobs", "run"]
    with subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "a round every 60 seconds\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=120) == 0
