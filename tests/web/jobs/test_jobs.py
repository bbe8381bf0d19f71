"""`duijie jobs run`: one round reminds and mails; two at once do everything once."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, update

from models.act import Role
from models.audit.event import AuditEvent
from models.clocks.reminder import Reminder
from models.contracts.contract import Contract
from models.evaluations.evaluation import EvaluationPhase
from models.mailing import Mail
from models.matching import training
from models.matching.learning import LearningRun
from models.outbox import Message
from models.parties.person import Person
from models.parties.unit import AdministrativeUnit
from models.rectifications.escalation import Escalation, StepKind
from models.session import transaction
from models.supervision.sample import SampleEntry
from models.surveys.register import ServedPerson
from models.surveys.registering import KEPT_DAYS
from tests.factories import catalogue, evaluations, learning, parties, rectifications, surveys, tenders
from tests.factories.parties import DISTRICT, NOON
from tests.support.mail import Letterbox
from web.cli import cli
from web.jobs.command import reminders, round_

OVER = NOON + timedelta(days=KEPT_DAYS + 1)


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


def test_a_round_lists_finals_goes_up_with_what_is_overdue_and_clears_old_registers(mailer: Flask) -> None:
    with mailer.extensions["sessions"]() as session, transaction(session):
        drafted = evaluations.evaluation(session, phase=EvaluationPhase.DRAFTED)
        surveys.register(session, drafted.contract, 2)
        final = rectifications.final(session)
        year = {"starts_on": date(2026, 1, 1), "ends_on": NOON.date()}
        session.execute(update(Contract).values(year))
        contract_id, final_id = drafted.contract_id, final.id
    for minute in range(2):
        round_(mailer, lambda: OVER + timedelta(minutes=minute))  # noqa: B023  # called at once
    with mailer.extensions["reading_sessions"]() as session:
        labels = session.scalars(select(ServedPerson.label).where(ServedPerson.contract_id == contract_id))
        told = session.scalars(select(Escalation.kind).where(Escalation.evaluation_id == final_id))
        cleared = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "register.forget"))
        assert contract_id in set(session.scalars(select(SampleEntry.contract_id)))
        assert set(labels) == {""}
        assert list(told) == [StepKind.FINDINGS]
        assert len(cleared.all()) == 1


def test_a_round_trains_what_was_asked_for(mailer: Flask) -> None:
    with mailer.extensions["sessions"]() as session, transaction(session):
        act = learning.planner(session)
        made = training.ask(session, session.get_one(AdministrativeUnit, DISTRICT), act)
        run_id = made.id
    for minute in range(2):
        round_(mailer, lambda: NOON + timedelta(minutes=minute))  # noqa: B023  # called at once
    with mailer.extensions["reading_sessions"]() as session:
        assert session.get_one(LearningRun, run_id).trained_at == NOON


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
