"""Writing a need: three pages that save themselves, proposals as one writes, files."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import Conflict, DomainError, NotFound
from models.needs import operations, parts, queries
from models.needs.lifecycle import phase_at
from models.needs.mine import last_budget
from models.needs.need import Need
from models.needs.writing import may_write
from models.session import transaction
from web import asked
from web.form import Form, record_id
from web.guards import requires
from web.needs import filling
from web.needs.blueprint import bp
from web.needs.forms import WhatForm
from web.needs.proposals import offer

Answer = str | Response | tuple[str, int] | tuple[Response, int]
PAGES = ("what", "who", "when")


@bp.route("/new", methods=["GET", "POST"])
@requires(P.NEED_WRITE)
def new() -> Answer:
    """Page 1 of a need that does not exist yet; the page brings the id it will have."""
    form = filling.what_form(None)
    units = filling.offer_units(form)
    if not units:
        raise NotFound("not_found")
    if not form.is_submitted():
        form.id.data = str(uuid4())
        form.description.data = asked.words("problem") or ""  # a finding of an assessment
        return show_what(form, None)
    wanted = record_id(form.id.data) or uuid4()
    unit_code = units[0].code if len(units) == 1 else form.unit_code.data
    status = 422
    if not unit_code:
        form.unit_code.errors = [_("请选择是哪个居民区的需求。")]
    elif form.validate():
        try:
            with transaction(g.db):
                need = operations.start(g.db, g.act, id=wanted, unit_code=unit_code)
                filling.save_what(need, form)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            return go_on(need, "what")
    return refused(form, status) or (show_what(form, None), status)


@bp.route("/<uuid:need_id>/what", methods=["GET", "POST"])
@requires(P.NEED_WRITE, load=queries.need)
def what(need: Need) -> Answer:
    """Page 1: what is going on."""
    form = filling.what_form(need)
    return step(need, form, "what", filling.save_what, lambda: show_what(form, need))


@bp.route("/<uuid:need_id>/who", methods=["GET", "POST"])
@requires(P.NEED_WRITE, load=queries.need)
def who(need: Need) -> Answer:
    """Page 2: who, and how much."""
    form = filling.who_form(need)

    def show() -> str:
        assessment = filling.proposed_assessment(need)
        return render_template("needs/who.html", need=need, form=form, assessment=assessment)

    return step(need, form, "who", filling.save_who, show)


@bp.route("/<uuid:need_id>/when", methods=["GET", "POST"])
@requires(P.NEED_WRITE, load=queries.need)
def when(need: Need) -> Answer:
    """Page 3: when, and with what."""
    form = filling.when_form(need)

    def show() -> str:
        before = last_budget(g.db, need)
        proposed = filling.proposed_engagement(need)
        return render_template("needs/when.html", need=need, form=form, last_budget=before, proposed=proposed)

    return step(need, form, "when", filling.save_when, show)


@bp.post("/proposals")
@requires(P.NEED_WRITE)
def proposals() -> str:
    """What the text on page 1 suggests, as a piece of that page."""
    form = filling.what_form(None)
    units = filling.offer_units(form)
    wanted = record_id(form.id.data)
    need = queries.need(g.db, wanted, g.act) if wanted else None
    unit_code = need.unit_code if need else (units[0].code if units else "")
    return render_template("needs/proposals.html", offer=offered(form, unit_code, exclude=wanted))


@bp.post("/<uuid:need_id>/files/<uuid:evidence_id>/remove")
@requires(P.NEED_WRITE, load=queries.need)
def remove_file(need: Need, evidence_id: UUID) -> Response:
    """Take an attached file off."""
    with transaction(g.db):
        parts.detach(g.db, need, g.act, evidence_id=evidence_id)
    flash(_("文件已删除。"))
    return redirect(url_for(".what", need_id=need.id), 303)


def step(
    need: Need, form: Form, page: str, save: Callable[[Need, Any], None], show: Callable[[], str]
) -> Answer:
    """One page of the form: shown, or saved and gone on from."""
    if not may_write(need, g.act):
        raise Conflict("wrong_phase", phase=phase_at(need, g.at))
    if not form.is_submitted():
        return show()
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                save(need, form)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            return go_on(need, page)
    return refused(form, status) or (show(), status)


def go_on(need: Need, page: str) -> Answer:
    """After saving: the next page, the same one again with proposals, another need to fold into, or JSON."""
    if wants_json():
        return jsonify(id=str(need.id), revision=need.revision)
    into = request.form.get("into")
    if into:
        other_id = record_id(into)
        if other_id is None:
            raise NotFound("not_found")
        return redirect(url_for(".fold", need_id=need.id, other_id=other_id), 303)
    then = request.form.get("then", "next")
    if then == "look":
        return redirect(url_for(".what", need_id=need.id) + "#proposals", 303)
    if then == "save":
        flash(_("草稿 %(reference)s 已保存。", reference=need.reference))
        return redirect(url_for(".mine"), 303)
    following = {"what": ".who", "who": ".when", "when": ".check"}[page]
    return redirect(url_for(following, need_id=need.id), 303)


def refused(form: Form, status: int) -> tuple[Response, int] | None:
    """The refusal as the script that saves by itself reads it."""
    return (jsonify(errors=form.errors), status) if wants_json() else None


def wants_json() -> bool:
    """Whether the page saves itself; a person gets a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def show_what(form: WhatForm, need: Need | None) -> str:
    """Page 1 with its proposals."""
    units = filling.offer_units(form) if need is None else []
    unit_code = need.unit_code if need else units[0].code
    files = [row for row in need.evidence if row.file_id] if need else []
    return render_template(
        "needs/what.html",
        form=form,
        need=need,
        units=units,
        files=files,
        offer=offered(form, unit_code, exclude=need.id if need else None),
    )


def offered(form: WhatForm, unit_code: str, exclude: UUID | None = None) -> Any:
    """The proposals for what the page says now."""
    return offer(
        form.description.data or "",
        form.unit_code.data or unit_code,
        form.codes.data or [],
        form.groups.data or [],
        exclude=exclude,
    )
