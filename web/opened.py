"""When a form was opened: the form says so itself, signed, and only to people who signed in (demand 22)."""

from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, g, request
from itsdangerous import BadSignature, Signer

FIELD = "opened"
LONGEST = timedelta(days=1)
"""A page that was left open longer says nothing any more."""


def opened() -> str:
    """What a form carries: the instant it was opened, also when it comes back with what was wrong."""
    if g.act.actor.person_id is None:
        return ""
    at = g.act.opened_at or g.at
    return _signer().sign(str(int(at.timestamp()))).decode()


def read(at: datetime) -> datetime | None:
    """When the form that was sent was opened; what was tampered with or is too old says nothing."""
    try:
        seconds = _signer().unsign(request.form.get(FIELD, ""))
    except BadSignature:
        return None
    found = datetime.fromtimestamp(int(seconds), UTC)
    return found if at - LONGEST <= found <= at else None


def init_app(app: Flask) -> None:
    """Let the macros of forms ask."""
    app.jinja_env.globals["opened_at"] = opened


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="opened")
