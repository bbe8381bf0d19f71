"""Send what waits: claim, send, settle, one message after the other."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from models import mailing
from models.act import Act
from models.mailing import Claimed
from models.session import transaction
from web.config import Config
from web.mail.letter import letter
from web.mail.post import connected

MOST = 200
"""Mails of one round; the rest go in the next."""
FOR_GOOD = 500


def send_waiting(app: Flask, now: Callable[[], datetime]) -> int:
    """Send every message that waits; how many were sent. Nothing at all where no server is configured.

    A server that cannot be reached ends the round: what was claimed is tried again later.
    """
    config: Config = app.extensions["config"]
    if not (config.smtp_url and config.mail_from):
        return 0
    sessions: sessionmaker[Session] = app.extensions["sessions"]
    done = 0
    for _round in range(MOST):
        act = Act.of_system(now(), "jobs")
        with sessions() as session, transaction(session):
            claimed = mailing.claim(session, act)
        if claimed is None:
            break
        error = _send(app, config, claimed)
        with sessions() as session, transaction(session):
            if error is None:
                mailing.sent(session, claimed.message_id, act)
            else:
                mailing.failed(session, claimed.message_id, act, error=str(error), for_good=_final(error))
        if error is None:
            done += 1
        elif not isinstance(error, SMTPRecipientsRefused | SMTPDataError):
            break  # the server itself fails: every other message would fail as well
    return done


def _send(app: Flask, config: Config, claimed: Claimed) -> OSError | None:
    made = letter(app, config, claimed)
    try:
        with connected(config.smtp_url) as server:
            server.send_message(made)
    except OSError as error:  # every error of smtplib and of the network is one
        return error
    return None


def _final(error: OSError) -> bool:
    """Whether the server has said that it will never take this one."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _words in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= FOR_GOOD
