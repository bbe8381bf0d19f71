"""The request's session and act. The only place of the portal that reads the clock."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask, current_app, g, request, session
from sqlalchemy.orm import Session, sessionmaker

from models.act import Act, Actor
from models.parties import signing
from models.rulebook.working_days import counting_at
from models.session import make_engine, make_reading_sessions, make_sessions
from web import opened

TOKEN = "sign_in"  # noqa: S105  # the name of the cookie's field, not a secret
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, database_url: str) -> None:
    """One engine per process; one session and one act per request."""
    engine = make_engine(database_url)
    app.extensions["engine"] = engine
    app.extensions["sessions"] = make_sessions(engine)
    app.extensions["reading_sessions"] = make_reading_sessions(engine)
    app.before_request(open_request)
    app.teardown_request(close_request)


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def writes(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose GET writes (to one's own inbox, or to be undone): it needs a writing session."""
    view.writes = True  # type: ignore[attr-defined]
    return view


def open_request() -> None:
    """Read the clock once, open the session, find out who acts."""
    marked = getattr(current_app.view_functions.get(request.endpoint or ""), "writes", False)
    kind = "reading_sessions" if request.method in SAFE_METHODS and not marked else "sessions"
    sessions: sessionmaker[Session] = current_app.extensions[kind]
    g.db = sessions()
    g.at = now()
    g.opened = ExitStack()
    g.opened.enter_context(counting_at(g.db, g.at))
    g.request_id = uuid4().hex[:16]
    token = session.get(TOKEN)
    g.sign_in = signing.current(g.db, token, g.at) if token else None
    if token and g.sign_in is None:
        session.pop(TOKEN)
    actor = signing.actor_of(g.sign_in, g.at) if g.sign_in else Actor()
    g.act = Act(actor, g.at, g.request_id)
    if request.method == "POST" and actor.person_id:
        g.act = replace(g.act, opened_at=opened.read(g.at))


def close_request(_error: BaseException | None) -> None:
    """Give the connection back, whatever happened."""
    if "opened" in g:
        g.opened.close()
    if "db" in g:
        g.db.close()
