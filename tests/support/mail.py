"""A real SMTP server on this machine, and a portal of its own that mails through it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import Engine

from tests.support.portal import free_port
from web import create_app
from web.config import Config


@dataclass
class Letterbox:
    """Takes every mail, unless told what to answer instead."""

    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    refuse: str = ""

    async def handle_RCPT(  # noqa: N802  # the server looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            made = message_from_bytes(content, policy=policy.default)
            assert isinstance(made, EmailMessage)
            self.mails.append(made)
        return self.answer


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture
def smtp(letterbox: Letterbox) -> Iterator[Controller]:
    """The server, at a free port of this machine."""
    server = Controller(letterbox, hostname="127.0.0.1", port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def smtp_url(smtp: Controller) -> str:
    return f"smtp://127.0.0.1:{smtp.port}"


@pytest.fixture
def mailer(own_engine: Engine, smtp_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A portal on an empty database that mails through the server."""
    made = create_app(
        Config(
            var=tmp_path,
            database_url=own_engine.url.render_as_string(hide_password=False),
            secret_key="for tests only",
            base_url="https://duijie.example.org",
            smtp_url=smtp_url,
            mail_from="对接 <noreply@duijie.example.org>",
            testing=True,
        )
    )
    yield made
    made.extensions["engine"].dispose()
