"""Messages become mail: once, in the reader's language, with a link; a server that fails loses none."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from models import outbox
from models.mailing import BACK_OFF, Mail
from models.session import transaction
from tests.factories.parties import NOON, person, system
from tests.support.mail import Letterbox
from tests.support.portal import free_port
from web import create_app
from web.config import Config
from web.mail.sending import send_waiting


def tell(app: Flask, locale: str | None = None, number: int = 1) -> list[UUID]:
    """A message to somebody new who has an address."""
    with app.extensions["sessions"]() as session, transaction(session):
        reader = person(session, None, login=f"reader{number}")
        reader.email, reader.locale = f"reader{number}@example.org", locale
        session.flush()
        outbox.add(session, system(), "need_submitted", reader, to=[reader.id], reference="N2026-0001")
        session.flush()
        return list(session.scalars(select(outbox.Message.id)))


def configure(app: Flask, **changes: str) -> None:
    app.extensions["config"] = replace(app.extensions["config"], **changes)


def send(app: Flask, at: datetime = NOON) -> int:
    return send_waiting(app, lambda: at)


def test_a_message_arrives_once_in_chinese_with_a_link(mailer: Flask, letterbox: Letterbox) -> None:
    (message_id,) = tell(mailer)
    assert send(mailer) == 1
    assert send(mailer, NOON + timedelta(days=1)) == 0
    (mail,) = letterbox.mails
    assert mail["To"] == "reader1@example.org"
    assert mail["From"] == "对接 <noreply@duijie.example.org>"
    assert mail["Subject"] == "对接：收到新提交的需求 N2026-0001，请在 5 个工作日内处理。"
    assert mail["Message-ID"] == f"<{message_id}@duijie.example.org>"
    assert f"https://duijie.example.org/inbox/{message_id}" in mail.get_content()
    assert "https://duijie.example.org/me" in mail.get_content()


def test_a_message_arrives_in_the_language_of_its_reader(mailer: Flask, letterbox: Letterbox) -> None:
    tell(mailer, locale="en")
    tell(mailer, locale="zh", number=2)
    assert send(mailer) == 2
    first, second = sorted(letterbox.mails, key=lambda mail: mail["To"])
    assert first["Subject"].startswith("Duijie: ")
    assert "See it on Duijie" in first.get_content()
    assert second["Subject"].startswith("对接：")


def test_a_server_that_is_away_loses_nothing(mailer: Flask, letterbox: Letterbox) -> None:
    tell(mailer)
    tell(mailer, number=2)
    url = mailer.extensions["config"].smtp_url
    configure(mailer, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    assert send(mailer) == 0
    configure(mailer, smtp_url=url)
    assert send(mailer, NOON + BACK_OFF[0]) == 2
    assert {mail["To"] for mail in letterbox.mails} == {"reader1@example.org", "reader2@example.org"}


def test_an_address_that_is_refused_for_good_stops_nobody_else(mailer: Flask, letterbox: Letterbox) -> None:
    ids = tell(mailer)
    letterbox.refuse = "550 no such user"
    assert send(mailer) == 0
    letterbox.refuse = ""
    tell(mailer, number=2)
    assert send(mailer, NOON + timedelta(hours=1)) == 1
    with mailer.extensions["reading_sessions"]() as session:
        refused = session.get_one(Mail, ids[0])
        assert refused.failed_at == NOON
        assert "no such user" in refused.error


def test_a_mail_that_is_put_off_goes_later(mailer: Flask, letterbox: Letterbox) -> None:
    tell(mailer)
    letterbox.answer = "451 greylisted, come again"
    assert send(mailer) == 0
    letterbox.answer = "250 OK"
    assert send(mailer, NOON + BACK_OFF[0] - timedelta(microseconds=1)) == 0
    assert send(mailer, NOON + BACK_OFF[0]) == 1


def test_a_password_is_not_sent_over_a_line_anybody_can_read(mailer: Flask, letterbox: Letterbox) -> None:
    ids = tell(mailer)
    configure(mailer, smtp_url=mailer.extensions["config"].smtp_url.replace("://", "://me:secret@"))
    assert send(mailer) == 0
    assert letterbox.mails == []
    with mailer.extensions["reading_sessions"]() as session:
        assert "no encryption" in session.get_one(Mail, ids[0]).error


def test_nothing_is_sent_or_claimed_where_no_server_is_set(mailer: Flask, letterbox: Letterbox) -> None:
    tell(mailer)
    configure(mailer, smtp_url="")
    assert send(mailer) == 0
    with mailer.extensions["reading_sessions"]() as session:
        assert session.scalars(select(Mail)).all() == []


def test_the_settings_are_read_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIJIE_VAR", str(tmp_path))
    monkeypatch.setenv("DUIJIE_SMTP_URL", "smtps://mail.example.org")
    monkeypatch.setenv("DUIJIE_MAIL_FROM", "noreply@example.org")
    monkeypatch.setenv("DUIJIE_BASE_URL", "https://duijie.example.org/")
    config = Config.from_environment()
    assert (config.smtp_url, config.mail_from) == ("smtps://mail.example.org", "noreply@example.org")
    assert config.base_url == "https://duijie.example.org"
    assert create_app(config).extensions["config"] is config
