"""Plans of an area: list, build, look, edit, solve again, compare, adopt, withdraw."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.audit.timeline import timeline
from models.errors import DomainError
from models.paging import EVERYTHING
from models.parties.unit import AdministrativeUnit
from models.planning import adopting, editing, operations, queries
from models.planning.binding import binding
from models.planning.comparing import comparison
from models.planning.edit import EditKind, PlanEdit
from models.planning.line_page import line_page
from models.planning.page import plan_page
from models.planning.plan import Plan, PlanLine
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import record_id
from web.guards import requires
from web.planning import sheet, words
from web.planning.forms import EditForm, PlanForm

bp = Blueprint("planning", __name__, url_prefix="/plans")
PARTS = ("all", "served", "unserved")

Answer = str | Response | tuple[str, int]


def own_unit() -> AdministrativeUnit:
    """The unit the actor plans for."""
    return g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)


@bp.get("")
@requires(Permission.PLAN_VIEW)
def list_() -> str | Response:
    """The plans of my area."""
    paging = asked.paging()
    listed = queries.plans(g.db, g.act, paging=paging)
    if asked.workbook():
        return respond(_("服务计划"), sheet.plan_headings(), map(sheet.plan_row, listed.rows))
    ready = queries.ready(g.db, g.act.actor.unit_code, g.act)
    return render_template("planning/list.html", listed=listed, paging=paging, ready=ready, words=words)


@bp.get("/new")
@requires(Permission.PLAN_MAKE)
def new() -> str:
    """What a plan is to keep to."""
    return _new(PlanForm(id=str(uuid4())))


@bp.post("/new")
@requires(Permission.PLAN_MAKE)
def build() -> Answer:
    """Build a plan."""
    form = PlanForm()
    if not form.validate():
        return _new(form), 422
    try:
        with transaction(g.db):
            made = operations.build(g.db, own_unit(), g.act, parameters=form.parameters, id=form.record)
            key = made.id
    except DomainError as error:
        form.refuse(error)
        return _new(form, clash=_clash(error)), error.status
    return redirect(url_for(".show", plan_id=key), 303)


@bp.post("/runs")
@requires(Permission.PLAN_MAKE)
def match_rest() -> Response:
    """Find services for the needs that have never been matched."""
    with transaction(g.db):
        count = operations.match_rest(g.db, own_unit(), g.act, current_app.extensions["matching"])
    flash(ngettext("已为 %(num)d 条需求找过服务。", "已为 %(num)d 条需求找过服务。", count))
    return redirect(url_for(".new"), 303)


@bp.get("/<uuid:plan_id>")
@requires(Permission.PLAN_VIEW, load=queries.plan)
def show(plan: Plan) -> Answer:
    """One plan."""
    return _show(plan)


@bp.post("/<uuid:plan_id>/resolve")
@requires(Permission.PLAN_MAKE, load=queries.plan)
def resolve(plan: Plan) -> Answer:
    """Solve again around the edits: a new plan."""
    try:
        with transaction(g.db):
            made = operations.resolve(g.db, plan, g.act, id=record_id(request.form.get("id")))
            key = made.id
    except DomainError as error:
        return _show(plan, error=error), error.status
    flash(_("已做出新计划，原计划保留。下面是两份计划的不同。"))
    return redirect(url_for(".compare", plan_id=key), 303)


@bp.get("/<uuid:plan_id>/compare")
@requires(Permission.PLAN_VIEW, load=queries.plan)
def compare(plan: Plan) -> str:
    """This plan beside another: the one that is asked for, else the one it follows, else the next newest."""
    listed = queries.plans(g.db, g.act, paging=EVERYTHING).rows
    others = [row for row in listed if row.plan is not plan and row.plan.unit_code == plan.unit_code]
    wanted = record_id(request.args.get("with")) or plan.follows_id
    other = next((row.plan for row in others if row.plan.id == wanted), others[0].plan if others else None)
    found = comparison(g.db, other, plan, g.act) if other else None
    return render_template("planning/compare.html", plan=plan, others=others, page=found, words=words)


@bp.post("/<uuid:plan_id>/adopt")
@requires(Permission.PLAN_MAKE, load=queries.plan)
def adopt(plan: Plan) -> Answer:
    """Accept what the plan has chosen."""
    try:
        with transaction(g.db):
            adopting.adopt(g.db, plan, g.act)
    except DomainError as error:
        return _show(plan, error=error), error.status
    flash(_("计划已采用。每条需求的结果见下表。"))
    return _to(plan)


@bp.post("/<uuid:plan_id>/withdraw")
@requires(Permission.PLAN_MAKE, load=queries.plan)
def withdraw(plan: Plan) -> Response:
    """Put the plan aside."""
    with transaction(g.db):
        operations.withdraw(g.db, plan, g.act)
    flash(_("计划已作废，仍可查看。"))
    return _to(plan)


@bp.get("/lines/<uuid:line_id>")
@requires(Permission.PLAN_VIEW, load=queries.line)
def line(line: PlanLine) -> str:
    """One need of a plan, and what else it could get."""
    return _line(line)


@bp.post("/lines/<uuid:line_id>")
@requires(Permission.PLAN_MAKE, load=queries.line)
def edit(line: PlanLine) -> Answer:
    """Force or forbid a service for a need."""
    form = EditForm().offer(line_page(g.db, line, g.act))
    if not form.validate():
        return _line(line, form=form), 422
    verb = editing.force if form.kind.data == EditKind.FORCE else editing.forbid
    try:
        with transaction(g.db):
            verb(g.db, line, g.act, service_id=UUID(form.service_id.data), reason=form.reason.data)
    except DomainError as error:
        form.refuse(error)
        return _line(line, form=form), error.status
    flash(_("改动已记下。重新求解后，计划会按它安排。"))
    return _to(line.plan, "edits")


@bp.post("/edits/<uuid:edit_id>/drop")
@requires(Permission.PLAN_MAKE, load=queries.edit)
def drop(edit: PlanEdit) -> Response:
    """Take an edit back."""
    with transaction(g.db):
        editing.drop(g.db, edit, g.act)
    flash(_("改动已撤销。"))
    return _to(edit.plan, "edits")


def _new(form: PlanForm, clash: list[Any] | None = None) -> str:
    unit = own_unit()
    ready = queries.ready(g.db, unit.code, g.act)
    return render_template("planning/new.html", form=form, unit=unit, ready=ready, clash=clash)


def _show(plan: Plan, *, error: DomainError | None = None) -> str | Response:
    found = plan_page(g.db, plan, g.act)
    part = asked.among("part", PARTS) or "all"
    lines = {"all": found.lines, "served": found.served, "unserved": found.unserved}[part]
    if asked.workbook():
        return respond(_("服务计划"), sheet.headings(), map(sheet.row, lines), sheet.edits(found.edits))
    paging = asked.paging()
    first = (paging.page - 1) * (paging.size or 0)
    return render_template(
        "planning/show.html",
        page=found,
        part=part,
        lines=lines[first : first + (paging.size or 0)],
        total=len(lines),
        paging=paging,
        words=words,
        new_id=uuid4(),
        error=error,
        clash=_clash(error),
        events=timeline(g.db, plan),
    )


def _line(line: PlanLine, *, form: EditForm | None = None) -> str:
    found = line_page(g.db, line, g.act)
    form = form or EditForm(formdata=None).offer(found)
    return render_template("planning/line.html", page=found, form=form, words=words)


def _clash(error: DomainError | None) -> list[Any]:
    """The limits that cannot hold together, in words."""
    limits = error.facts.get("limits", ()) if error is not None else ()
    return words.limits(binding(g.db, limits))


def _to(plan: Plan, anchor: str | None = None) -> Response:
    return redirect(url_for(".show", plan_id=plan.id, _anchor=anchor), 303)
