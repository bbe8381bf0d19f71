"""The pool of experts: who is in it, what they know, what ties them to organisations."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.calendar.clocks import local_date
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.errors import DomainError
from models.paging import EVERYTHING
from models.panels import pool_queries, pooling
from models.panels.eligibility import tie_counts
from models.panels.pool import Expert, ExpertTie, TieKind
from models.panels.pool_queries import Wanted
from models.parties import queries as parties
from models.parties.unit import AdministrativeUnit
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import record_id
from web.guards import requires
from web.labels import label
from web.panels.pool_forms import EndForm, ExpertForm, NewExpertForm, TieForm

bp = Blueprint("experts", __name__, url_prefix="/experts")
Answer = str | Response | tuple[str, int]
STATES = {"left": True}


@bp.get("")
@requires(Permission.EXPERT_MANAGE)
def list_() -> str | Response:
    """The pool of my area."""
    state = asked.among("state", STATES)
    wanted = Wanted(asked.words(), has_left=state == "left")
    paging = asked.paging()
    listed = pool_queries.experts(g.db, g.act, wanted, paging=paging)
    if asked.workbook():
        return respond(_("专家库"), headings(), map(sheet_row, listed.rows))
    return render_template(
        "panels/experts.html", listed=listed, wanted=wanted, state=state, paging=paging, held=held
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EXPERT_MANAGE)
def new() -> Answer:
    """Take somebody into the pool."""
    people = pool_queries.candidates(g.db, g.act)
    form = NewExpertForm(terms(g.db, Taxonomy.DOMAIN)).offer(people)
    status = 200
    if form.is_submitted():
        status = 422
        key = record_id(form.person_id.data)
        if form.validate() and key is not None:
            unit = g.db.get_one(AdministrativeUnit, g.act.actor.unit_code)
            try:
                with transaction(g.db):
                    pooling.add(g.db, unit, g.act, person_id=key, **said(form))
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("已加入专家库。请接着登记与社会组织的关系。"))
                return redirect(url_for(".show", expert_id=key), 303)
    shown = render_template("panels/expert_new.html", form=form, people=people)
    return (shown, status) if status != 200 else shown


@bp.route("/<uuid:expert_id>", methods=["GET", "POST"])
@requires(Permission.EXPERT_MANAGE, load=pool_queries.expert)
def show(expert: Expert) -> Answer:
    """One expert; what is written about them can be changed."""
    if request.method == "GET":
        return _show(expert)
    form = ExpertForm(terms(g.db, Taxonomy.DOMAIN))
    if not form.validate():
        return _show(expert, form=form), 422
    domains = {term.code for term in terms(g.db, Taxonomy.DOMAIN)}
    others = [term.term_code for term in expert.terms if term.term_code not in domains]
    try:
        with transaction(g.db):
            given = said(form)
            given["terms"] = [*given["terms"], *others]
            pooling.describe(g.db, expert, g.act, **given)
    except DomainError as error:
        form.refuse(error)
        return _show(expert, form=form), error.status
    flash(_("已保存。"))
    return _to(expert)


@bp.post("/<uuid:expert_id>/leave")
@requires(Permission.EXPERT_MANAGE, load=pool_queries.expert)
def leave(expert: Expert) -> Response:
    """Nobody draws them from now on."""
    with transaction(g.db):
        pooling.leave(g.db, expert, g.act)
    flash(_("已移出专家库，以后不再抽到。"))
    return _to(expert)


@bp.post("/<uuid:expert_id>/ties")
@requires(Permission.EXPERT_MANAGE, load=pool_queries.expert)
def tie(expert: Expert) -> Answer:
    """Note a tie."""
    form = _tie_form()
    key = record_id(form.organisation_id.data)
    if not form.validate() or key is None:
        return _show(expert, tie_form=form), 422
    try:
        with transaction(g.db):
            pooling.tie(
                g.db,
                expert,
                g.act,
                organisation_id=key,
                kind=TieKind(form.kind.data),
                began_on=form.began_on.data,
                ended_on=form.ended_on.data,
            )
    except DomainError as error:
        form.refuse(error)
        return _show(expert, tie_form=form), error.status
    flash(_("已记录。"))
    return _to(expert, "ties")


@bp.route("/ties/<uuid:tie_id>/end", methods=["GET", "POST"])
@requires(Permission.EXPERT_MANAGE, load=pool_queries.tie)
def end_tie(tie: ExpertTie) -> Answer:
    """Note when a tie ended."""
    form = EndForm()
    expert = tie.expert
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    pooling.end_tie(g.db, tie, g.act, on=form.ended_on.data)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("已记录。"))
                return _to(expert, "ties")
    shown = render_template("panels/tie_end.html", tie=tie, expert=expert, form=form)
    return (shown, status) if status != 200 else shown


def said(form: ExpertForm) -> dict[str, Any]:
    """What a form says of an expert."""
    return {
        "employer": form.employer.data or "",
        "title": form.title.data or "",
        "terms": form.terms.data or [],
    }


def held(expert: Expert) -> list[ExpertTie]:
    """The ties that would keep an expert from a panel today."""
    return [tie for tie in expert.ties if tie_counts(tie, local_date(g.at))]


def headings() -> list[tuple[str, str]]:
    """The columns of the pool as a workbook."""
    return [
        (_("姓名"), "name"),
        (_("工作单位"), "employer"),
        (_("职称或职务"), "title"),
        (_("熟悉的领域"), "terms"),
        (_("利害关系"), "ties"),
        (_("加入日期"), "joined_on"),
        (_("离开日期"), "left_on"),
    ]


def sheet_row(expert: Expert) -> dict[str, Any]:
    """An expert."""
    return {
        "name": expert.person.name,
        "employer": expert.employer,
        "title": expert.title,
        "terms": [term.term_code for term in expert.terms],
        "ties": [f"{tie.organisation.name}: {label(tie.kind)}" for tie in expert.ties],
        "joined_on": expert.joined_on,
        "left_on": expert.left_on,
    }


def _tie_form(**options: Any) -> TieForm:
    listed = parties.list_organisations(g.db, g.act, parties.Wanted(), paging=EVERYTHING)
    return TieForm(listed.rows, **options)


def _show(expert: Expert, *, form: ExpertForm | None = None, tie_form: TieForm | None = None) -> str:
    domains = terms(g.db, Taxonomy.DOMAIN)
    held_terms = [term.term_code for term in expert.terms]
    written = {"employer": expert.employer, "title": expert.title, "terms": held_terms}
    return render_template(
        "panels/expert.html",
        expert=expert,
        form=form or ExpertForm(domains, formdata=None, **written),
        tie_form=tie_form or _tie_form(formdata=None),
        counts=lambda tie: tie_counts(tie, local_date(g.at)),
    )


def _to(expert: Expert, anchor: str | None = None) -> Response:
    return redirect(url_for(".show", expert_id=expert.person_id, _anchor=anchor), 303)
