"""Messages to me, newest first; following one marks it as read."""

from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models import outbox
from models.session import transaction
from web import asked
from web.db import writes
from web.guards import signed_in
from web.inbox.links import address, news_of

bp = Blueprint("inbox", __name__, url_prefix="/inbox")
PER_PAGE = 30


@bp.get("")
@signed_in
def list_() -> str:
    """The list."""
    page = asked.paging().page
    messages = outbox.inbox(g.db, g.act, limit=PER_PAGE + 1, offset=(page - 1) * PER_PAGE)
    shown = [(message, news_of(message)) for message in messages[:PER_PAGE]]
    return render_template("inbox/list.html", shown=shown, page=page, more=len(messages) > PER_PAGE)


@bp.get("/<uuid:message_id>")
@signed_in
@writes
def follow(message_id: UUID) -> Response:
    """Go to what the message is about and mark it read: the one GET that writes, to one's own row only."""
    with transaction(g.db):
        subject = outbox.mark_read(g.db, message_id, g.act)
    page = address(subject.subject_type, subject.subject_id, subject.kind)
    return redirect(page or url_for(".list_"), 303)


@bp.post("/read")
@signed_in
def read_all() -> Response:
    """Mark everything as read."""
    with transaction(g.db):
        outbox.mark_all_read(g.db, g.act)
    flash(_("全部消息已标为已读。"))
    return redirect(url_for(".list_"), 303)
