"""`duijie jobs run`: a round of what nobody presses a button for, every minute, until told to stop."""

import signal
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import click
from flask import Flask
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.act import Act
from models.clocks.reminding import remind
from models.matching.training import Studied, conclude, study
from models.rectifications.escalating import escalate
from models.rulebook.working_days import counting_at
from models.session import transaction
from models.supervision.sampling import choose_everywhere
from models.surveys.registering import forget
from models.surveys.settling import publish_overdue, settle_closed
from web import create_app, db
from web.config import Config
from web.mail.post import is_server
from web.mail.sending import send_waiting
from web.serve import refuse_old_database

EVERY = 60
CHORES = (choose_everywhere, forget, settle_closed, publish_overdue)
"""What is done before the reminders: finals for a second agency, registers that are over, ended surveys."""


@click.group()
def jobs() -> None:
    """Work nobody waits for: reminders, what is overdue, second sheets, registers, learning, mail."""


@jobs.command("run")
@click.option("--once", is_flag=True, help="one round, then stop: for cron or a timer")
def run(once: bool) -> None:  # noqa: FBT001  # click passes options by name
    """Remind of clocks and send mail; several may run at once."""
    config = Config.from_environment()
    if config.smtp_url and not is_server(config.smtp_url):
        raise click.ClickException("DUIJIE_SMTP_URL: smtp://user:password@host:587 or smtps://host:465")
    if config.smtp_url and not config.mail_from:
        raise click.ClickException("DUIJIE_MAIL_FROM: noreply@example.org")
    refuse_old_database(config)
    app = create_app(config)
    try:
        if once:
            _say(*round_(app, db.now))
        else:
            _keep_running(app)
    finally:
        app.extensions["engine"].dispose()


def _keep_running(app: Flask) -> None:
    """A round a minute. Told to stop, it finishes the round: a mail on its way is settled first."""
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    click.echo(f"a round every {EVERY} seconds")
    while not stop.is_set():
        try:
            reminded, sent = round_(app, db.now)
        except OperationalError as error:  # the database is away or busy: it may be back in a minute
            click.echo(f"{error.orig}", err=True)
        else:
            if reminded or sent:
                _say(reminded, sent)
        stop.wait(EVERY)


def _say(reminded: int, sent: int) -> None:
    click.echo(f"{reminded} reminders, {sent} mails")


def round_(app: Flask, now: Callable[[], datetime]) -> tuple[int, int]:
    """One round: chores and reminders first, so that their mail goes out in the same one."""
    at = now()
    for chore in CHORES:
        _apart(app, at, chore)
    learn(app, now)
    return reminders(app, at), send_waiting(app, now)


def reminders(app: Flask, at: datetime) -> int:
    """Every reminder that is due, and every notice of what is overdue."""
    return _apart(app, at, remind) + _apart(app, at, escalate)


def learn(app: Flask, now: Callable[[], datetime]) -> None:
    """One training that was asked for. It reads for as long as it takes, and writes in a moment."""
    reading: sessionmaker[Session] = app.extensions["reading_sessions"]
    with reading() as session, counting_at(session, now()):
        studied = study(session, now(), app.extensions["matching"])
    if studied is not None:
        _apart(app, now(), partial(_conclude, studied))


def _conclude(studied: Studied, session: Session, act: Act) -> int:
    conclude(session, studied, act)
    return 1


def _apart(app: Flask, at: datetime, work: Callable[[Session, Act], int]) -> int:
    """Do something as the machine in a transaction of its own. Where two run at once, one of them does it."""
    sessions: sessionmaker[Session] = app.extensions["sessions"]
    try:
        with sessions() as session, transaction(session), counting_at(session, at):
            return work(session, Act.of_system(at, "jobs"))
    except IntegrityError:  # somebody else was faster with the same ones; what is left comes next round
        return 0
