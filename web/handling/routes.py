"""The queue, and the decisions about one need."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.errors import DomainError
from models.needs import handling
from models.needs import handling_queries as queries
from models.needs.handling_queries import QUEUE_PHASES, QueueRow, Wanted
from models.needs.need import Need, NeedPhase, ReturnReason
from models.needs.queries import need as load_need
from models.parties.unit import AdministrativeUnit
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import Form, revision
from web.guards import requires
from web.handling import desk
from web.handling.forms import ReturnForm, RouteForm, SettleForm

bp = Blueprint("handling", __name__)
COLUMNS = ("priority", "since", "people", "unit", "title")
Answer = str | AnyResponse | tuple[str, int]


@bp.get("/handling")
@requires(Permission.NEED_STANDARDISE)
def queue() -> str | Response:
    """What waits for me, the most pressing first."""
    areas = list(
        g.db.scalars(
            select(AdministrativeUnit)
            .where(AdministrativeUnit.parent_code == g.act.actor.unit_code)
            .order_by(AdministrativeUnit.code)
        )
    )
    domains = terms(g.db, Taxonomy.DOMAIN)
    phase = asked.member("phase", NeedPhase)
    wanted = Wanted(
        words=asked.words(),
        phase=phase if phase in QUEUE_PHASES else None,
        area=asked.among("area", [unit.code for unit in areas]),
        domain=asked.among("domain", [term.code for term in domains]),
        overdue=asked.among("overdue", ["1"]) is not None,
    )
    sort, paging = asked.sort(COLUMNS, "-priority"), asked.paging()
    listed = queries.queue(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("待办需求"), headings(), map(sheet_row, listed.rows))
    return render_template(
        "handling/queue.html",
        listed=listed,
        wanted=wanted,
        sort=sort,
        paging=paging,
        areas=areas,
        domains=domains,
        counts=queries.counts(g.db, g.act),
    )


def headings() -> list[tuple[str, str]]:
    """The columns of the queue as a workbook."""
    return [
        (_("编号"), "reference"),
        (_("需求"), "title"),
        (_("居民区"), "unit"),
        (_("阶段"), "phase"),
        (_("优先指数"), "priority"),
        (_("受益人数"), "people"),
        (_("从哪天起等"), "since"),
        (_("最晚处理"), "due"),
        (_("是否过期"), "late"),
    ]


def sheet_row(row: QueueRow) -> dict[str, object]:
    """A line of the queue as a workbook has it."""
    return {
        "reference": row.need.reference,
        "title": row.need.heading,
        "unit": row.need.unit.name,
        "phase": row.phase,
        "priority": row.priority,
        "people": row.need.affected_people,
        "since": row.since,
        "due": row.due,
        "late": _("是") if row.is_overdue else _("否"),
    }


@bp.get("/needs/<uuid:need_id>/handling")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def show(need: Need) -> str:
    """The need as posted, and what can be done with it."""
    return desk.show(need)


@bp.post("/needs/<uuid:need_id>/handling/standardise")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def standardise(need: Need) -> Answer:
    """Complete the need in the taxonomy's terms."""
    form = desk.standard_form(need)
    return decide(
        need,
        form,
        lambda seen: handling.standardise(g.db, need, g.act, standard=form.standard(), revision=seen),
        _("需求已标准化，接下来可以匹配服务。"),
    )


@bp.post("/needs/<uuid:need_id>/handling/return")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def return_(need: Need) -> Answer:
    """Send the need back."""
    form = ReturnForm()
    return decide(
        need,
        form,
        lambda seen: handling.return_(
            g.db, need, g.act, reason=ReturnReason(form.reason.data), words=form.words.data, revision=seen
        ),
        _("已退回，对方会收到理由。"),
    )


@bp.post("/needs/<uuid:need_id>/handling/merge")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def merge(need: Need) -> Answer:
    """Merge the need into another."""
    form = desk.merge_form(need)
    into = load_need(g.db, form.target, g.act) if form.target else None

    def verb(seen: int) -> None:
        handling.merge(g.db, need, g.act, into=into, words=form.words.data or "", revision=seen)

    if form.validate() and into is None:
        form.into.errors = [_("请选要并入的需求。")]
        return desk.show(need, form), 422
    return decide(need, form, verb, _("已并入，依据一起带过去了。"))


@bp.post("/needs/<uuid:need_id>/handling/route")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def route(need: Need) -> Answer:
    """Say whose work it is."""
    form = RouteForm(routes=terms(g.db, Taxonomy.ROUTE))
    return decide(
        need,
        form,
        lambda seen: handling.route(
            g.db, need, g.act, route_code=form.route_code.data, words=form.words.data, revision=seen
        ),
        _("已转办，对方会收到说明。"),
    )


@bp.post("/needs/<uuid:need_id>/handling/settle")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def settle(need: Need) -> Answer:
    """Close a need that was met in another way."""
    form = SettleForm()
    return decide(
        need,
        form,
        lambda seen: handling.settle(g.db, need, g.act, words=form.words.data, revision=seen),
        _("已登记为解决。"),
    )


@bp.post("/needs/<uuid:need_id>/handling/deliberate")
@requires(Permission.NEED_STANDARDISE, load=load_need)
def deliberate(need: Need) -> AnyResponse:
    """Take the need into deliberation."""
    with transaction(g.db):
        handling.take_into_deliberation(
            g.db, need, g.act, revision=revision(request.form.get("revision")) or None
        )
    flash(_("已列入议事，居民可以看到。接下来公示一次会议。"))
    return redirect(url_for(".show", need_id=need.id), 303)


def decide(need: Need, form: Form, verb: Callable[[int], Any], done: str) -> Answer:
    """Form, verb, redirect; a refusal comes back to the form it is about."""
    if not form.validate():
        return desk.show(need, form), 422
    try:
        with transaction(g.db):
            verb(revision(form.revision.data))
    except DomainError as error:
        form.refuse(error)
        return desk.show(need, form), error.status
    flash(done)
    return redirect(url_for(".show", need_id=need.id), 303)
