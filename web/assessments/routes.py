"""Assessments: the list, one assessment, writing, completing and withdrawing it."""

from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission
from models.access.policy import can
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import DomainError, Invalid, NotFound
from models.needs import assessing
from models.needs import assessment_queries as queries
from models.needs.assessment import Assessment, AssessmentPhase
from models.needs.assessment_queries import AssessmentRow, Wanted
from models.parties.organisation import Organisation
from models.session import transaction
from web import asked
from web.assessments.drawing import drawings
from web.assessments.forms import AssessmentForm, filled_from
from web.exchange.workbook import respond
from web.form import record_id, revision
from web.guards import public, requires
from web.labels import sentence

bp = Blueprint("assessments", __name__, url_prefix="/assessments")
COLUMNS = ("title", "unit", "ended")


@bp.get("")
@public
def list_() -> str | Response:
    """Completed assessments, and the drafts of one's own area."""
    wanted = Wanted(
        words=asked.words(), phase=asked.member("phase", AssessmentPhase), area=asked.words("area")
    )
    sort, paging = asked.sort(COLUMNS, "-ended"), asked.paging()
    listed = queries.list_assessments(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("需求调研"), headings(), map(sheet_row, listed.rows))
    areas = queries.assessable_units(g.db, g.act)
    return render_template(
        "assessments/list.html",
        listed=listed,
        wanted=wanted,
        sort=sort,
        paging=paging,
        areas=areas,
        phases=AssessmentPhase,
    )


def headings() -> list[tuple[str, str]]:
    """The columns of the list as a workbook."""
    return [
        (_("编号"), "reference"),
        (_("标题"), "title"),
        (_("地区"), "unit"),
        (_("开始日期"), "starts_on"),
        (_("结束日期"), "ends_on"),
        (_("参加人数"), "participants"),
        (_("状态"), "phase"),
        (_("有效期至"), "until"),
    ]


def sheet_row(row: AssessmentRow) -> dict[str, object]:
    """A line of the list as a workbook has it."""
    found = row.assessment
    return {
        "reference": found.reference,
        "title": found.title,
        "unit": found.unit.name,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "participants": row.participants,
        "phase": row.phase,
        "until": row.until,
    }


@bp.get("/<uuid:assessment_id>")
@requires(Permission.ASSESSMENT_VIEW, load=queries.assessment)
def show(assessment: Assessment) -> str:
    """One assessment: how, who against who lives there, what was found."""
    page = queries.assessment_page(g.db, assessment.id, g.act)
    if page is None:
        raise NotFound("not_found")
    codes = [found.term_code for found in assessment.findings if found.term_code]
    named = g.db.scalars(select(TaxonomyTerm).where(TaxonomyTerm.code.in_(codes)))
    return render_template(
        "assessments/show.html",
        page=page,
        terms={term.code: term for term in named},
        drawings=drawings(page.sample),
        lacks=[sentence(Invalid(code)) for code in page.lacks],
        may_read_files=can(g.act, Permission.NEED_EVIDENCE, assessment),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_WRITE)
def new() -> str | AnyResponse | tuple[str, int]:
    """Draft an assessment."""
    form = filled(data={"id": str(uuid4()), "unit_code": g.act.actor.unit_code})
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    made = assessing.create(
                        g.db,
                        g.act,
                        id=record_id(form.id.data),
                        unit_code=form.unit_code.data,
                        content=form.content(),
                    )
                    if not made.files:  # a second click brings the same files again
                        attach(made, form)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("草稿已保存。看一看样本和问题，没问题就可以完成。"))
                return redirect(url_for(".show", assessment_id=made.id), 303)
    return page_of(form, url_for(".new")), status


@bp.route("/<uuid:assessment_id>/edit", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_WRITE, load=queries.assessment)
def edit(assessment: Assessment) -> str | AnyResponse | tuple[str, int]:
    """Write a draft anew."""
    form = filled(data=filled_from(assessment))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    assessing.edit(
                        g.db, assessment, g.act, revision=revision(form.revision.data), content=form.content()
                    )
                    attach(assessment, form)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("修改已保存。"))
                return redirect(url_for(".show", assessment_id=assessment.id), 303)
    return page_of(form, url_for(".edit", assessment_id=assessment.id), assessment), status


@bp.post("/<uuid:assessment_id>/complete")
@requires(Permission.ASSESSMENT_WRITE, load=queries.assessment)
def complete(assessment: Assessment) -> AnyResponse:
    """Complete a draft."""
    with transaction(g.db):
        assessing.complete(g.db, assessment, g.act)
    flash(_("调研已完成并公开，一年内可以作为需求的依据。"))
    return redirect(url_for(".show", assessment_id=assessment.id), 303)


@bp.post("/<uuid:assessment_id>/withdraw")
@requires(Permission.ASSESSMENT_WRITE, load=queries.assessment)
def withdraw(assessment: Assessment) -> AnyResponse:
    """Take an assessment back."""
    with transaction(g.db):
        assessing.withdraw(g.db, assessment, g.act)
    flash(_("调研已撤回，不再公开。"))
    return redirect(url_for(".show", assessment_id=assessment.id), 303)


@bp.get("/<uuid:assessment_id>/files/<uuid:file_id>")
@requires(Permission.ASSESSMENT_VIEW, load=queries.assessment)
def file(assessment: Assessment, file_id: UUID) -> AnyResponse:
    """Download an attached file."""
    found = queries.file(g.db, assessment, file_id, g.act)
    if found is None:
        raise NotFound("not_found")
    return send_file(
        BytesIO(found.content), mimetype=found.media_type, as_attachment=True, download_name=found.name
    )


@bp.post("/<uuid:assessment_id>/files/<uuid:file_id>/remove")
@requires(Permission.ASSESSMENT_WRITE, load=queries.assessment)
def remove_file(assessment: Assessment, file_id: UUID) -> AnyResponse:
    """Take a file off a draft."""
    with transaction(g.db):
        assessing.detach(g.db, assessment, g.act, file_id=file_id)
    flash(_("附件已移除。"))
    return redirect(url_for(".show", assessment_id=assessment.id), 303)


def filled(data: dict[str, Any]) -> AssessmentForm:
    """The form with what it offers to choose from."""
    return AssessmentForm(
        units=queries.assessable_units(g.db, g.act),
        organisations=g.db.scalars(select(Organisation).order_by(Organisation.name)),
        codes=terms(g.db, Taxonomy.SERVICE),
        data=data,
    )


def attach(assessment: Assessment, form: AssessmentForm) -> None:
    """Attach the files that came with the form."""
    for sent in request.files.getlist(form.files.name):
        if sent.filename:
            assessing.attach(g.db, assessment, g.act, name=sent.filename, content=sent.read())


def page_of(form: AssessmentForm, url: str, assessment: Assessment | None = None) -> str:
    """The page with the form; populations stand beside the inputs of the strata."""
    places = {unit.code: unit for unit in queries.assessable_units(g.db, g.act)}
    unit = places.get(form.unit_code.data)
    people = {row.stratum.replace(":", "_"): row.people for row in unit.strata} if unit else {}
    return render_template(
        "assessments/edit.html", form=form, url=url, assessment=assessment, unit=unit, people=people
    )
