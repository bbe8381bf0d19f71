"""Tickets of the hotline and the grid: each is counted for a need, begins one, or is set aside."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from models.access.permissions import Permission
from models.matching.propose import SimilarNeed, propose, similar_needs
from models.needs.ticket import REASON_LIMIT, Ticket
from models.needs.ticketing import begin_need, count_for, need_named, set_aside, ticket, waiting
from models.paging import EVERYTHING, Paging
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import Form, Required, narrow, record_id, tidy
from web.guards import requires
from web.needs.proposals import LEAST_SURE

bp = Blueprint("tickets", __name__, url_prefix="/tickets")

Answer = str | Response | tuple[str, int]
MOST_SHOWN, LOOKED_AT = 3, 8
SIZE = 10
"""Similar needs are looked for each ticket shown, so a page holds few."""


class AsideForm(Form):
    """Why nothing follows from a ticket."""

    words = StringField(
        _l("为什么不用处理"),
        [Required(_l("请写明为什么不用处理。")), Length(max=REASON_LIMIT, message=_l("最多写 200 个字。"))],
        filters=[tidy],
    )


@dataclass(frozen=True)
class Shown:
    """A ticket with the open needs of its neighbourhood that may be the same, and the id of a new one."""

    ticket: Ticket
    alike: list[SimilarNeed]
    new_id: str


@bp.get("")
@requires(Permission.NEED_WRITE)
def list_() -> str | Response:
    """The tickets of my area that wait."""
    if asked.workbook():
        return respond(
            _("热线和网格工单"), _headings(), map(_row, waiting(g.db, g.act, paging=EVERYTHING).rows)
        )
    return _page(AsideForm(formdata=None))


@bp.post("/<uuid:ticket_id>/count")
@requires(Permission.NEED_WRITE, load=ticket)
def count(found: Ticket) -> Response:
    """Count it for a need, by the need's number."""
    need = need_named(g.db, found, narrow(request.form.get("into") or "").upper(), g.act)
    with transaction(g.db):
        count_for(g.db, found, g.act, need=need)
    flash(_("已并入，作为那项需求的依据。"))
    return redirect(url_for(".list_"), 303)


@bp.post("/<uuid:ticket_id>/begin")
@requires(Permission.NEED_WRITE, load=ticket)
def begin(found: Ticket) -> Response:
    """Begin a draft from it."""
    proposals = propose(current_app.extensions["matching"], found.words)
    codes, groups = (
        [one.code for one in some if one.score >= LEAST_SURE] for some in (proposals.codes, proposals.groups)
    )
    with transaction(g.db):
        key = record_id(request.form.get("id")) or uuid4()
        need = begin_need(g.db, found, g.act, id=key, codes=codes[:2], groups=groups[:2])
    return redirect(url_for("needs.what", need_id=need.id), 303)


@bp.post("/<uuid:ticket_id>/aside")
@requires(Permission.NEED_WRITE, load=ticket)
def aside(found: Ticket) -> Answer:
    """Set it aside."""
    form = AsideForm()
    if not form.validate():
        return _page(form, failed=found), 422
    with transaction(g.db):
        set_aside(g.db, found, g.act, words=form.words.data or "")
    flash(_("已记下，不再列出。"))
    return redirect(url_for(".list_"), 303)


def _page(form: AsideForm, failed: Ticket | None = None) -> str:
    paging = Paging(asked.paging().page, SIZE)
    found = waiting(g.db, g.act, paging=paging)
    shown = [Shown(each, _alike(each), str(uuid4())) for each in found.rows]
    return render_template(
        "needs/tickets.html", shown=shown, total=found.total, paging=paging, form=form, failed=failed
    )


def _alike(each: Ticket) -> list[SimilarNeed]:
    """Open needs of the same neighbourhood that speak of the same."""
    found = similar_needs(
        g.db,
        g.act,
        current_app.extensions["matching"],
        text=each.words,
        unit_code=each.unit_code,
        limit=LOOKED_AT,
    )
    here = [need for need in found if need.place == "community"]
    return here[:MOST_SHOWN]


def _headings() -> list[tuple[str, str]]:
    return [
        (_("工单编号"), "number"),
        (_("来源"), "channel"),
        (_("受理时间"), "received_on"),
        (_("居民区"), "place"),
        (_("诉求类别"), "category"),
        (_("诉求内容"), "words"),
    ]


def _row(each: Ticket) -> dict[str, object]:
    return {
        "number": each.number,
        "channel": each.channel,
        "received_on": each.received_on,
        "place": each.unit.name,
        "category": each.category,
        "words": each.words,
    }
