"""Beginning a tender: from one need, from several of the area, or from what a plan has placed."""

from uuid import UUID, uuid4

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import DomainError
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from models.planning import queries as planning
from models.session import transaction
from models.tenders import drafting, queries
from models.tenders.writing import needs_named
from web.form import record_id
from web.guards import requires
from web.tenders.blueprint import bp
from web.tenders.forms import StartForm, needs_as_choices

Answer = str | Response | tuple[str, int]


@bp.route("/new", methods=["GET", "POST"])
@requires(P.TENDER_WRITE)
def new() -> Answer:
    """Choose the needs, and find the tender filled in."""
    unit = g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)
    ready = queries.ready_needs(g.db, unit.code, g.act)
    form = StartForm(data={"id": str(uuid4()), "needs": [str(each) for each in _proposed(ready)]})
    form.needs.choices = needs_as_choices(ready)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    needs = needs_named(g.db, form.chosen())
                    made = drafting.draft(
                        g.db, unit, g.act, needs=needs, budget=form.budget.data, id=form.record
                    )
                    key = made.id
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("已按需求填好草稿。下面是还要完成的事。"))
                return redirect(url_for(".write", tender_id=key), 303)
    return render_template("tenders/new.html", form=form, unit=unit, ready=ready), status


def _proposed(ready: list[Need]) -> list[UUID]:
    """The needs that the address names, or that the plan it names has found a service for."""
    asked = {id_ for each in request.args.getlist("need") if (id_ := record_id(each)) is not None}
    plan_id = record_id(request.args.get("plan"))
    plan = planning.plan(g.db, plan_id, g.act) if plan_id else None
    if plan is not None:
        asked |= {line.need_id for line in plan.lines if line.service_id is not None}
    return [need.id for need in ready if need.id in asked]
