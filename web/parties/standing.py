"""What registrars enter about an organisation's standing: grade, annual reports, public lists."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.calendar.clocks import local_date
from models.errors import DomainError
from models.parties import organisations as verbs
from models.parties import queries
from models.parties.organisation import Grade, ListFlag, Organisation, ReportResult
from models.session import transaction
from web.form import Form
from web.guards import requires
from web.parties.forms import GradeForm, ListForm, RemovalForm, ReportForm

bp = Blueprint("standing", __name__, url_prefix="/organisations/<uuid:organisation_id>/standing")
Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def show(organisation: Organisation) -> str:
    """The standing, with a form for each part."""
    return page(organisation)


def entered(organisation: Organisation, name: str, form: Form, enter: Callable[[], object]) -> Answer:
    """Enter what a valid form says; a refused one comes back on the page, in its own place."""
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                enter()
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("已保存。"))
            return redirect(url_for(".show", organisation_id=organisation.id), 303)
    return page(organisation, **{name: form}), status


def page(organisation: Organisation, **refused: Form) -> str:
    """The page, with the form that was refused in the place of its fresh one."""
    day = local_date(g.at)
    open_flags = [entry.flag for entry in organisation.flags if entry.removed_on is None]
    fresh: dict[str, Callable[[], Any]] = {
        "grade": lambda: GradeForm(formdata=None, obj=organisation),
        "report": lambda: ReportForm(formdata=None, year=day.year - 1),
        "listing": lambda: ListForm(formdata=None, listed_on=day),
        "removal": lambda: RemovalForm(open_flags, formdata=None, removed_on=day, prefix="off-"),
    }
    forms = {name: refused.get(name) or make() for name, make in fresh.items()}
    return render_template(
        "parties/standing.html", organisation=organisation, day=day, open_flags=open_flags, **forms
    )


@bp.post("/grade")
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def grade(organisation: Organisation) -> Answer:
    """Enter or take back the grade."""
    form = GradeForm()
    return entered(
        organisation,
        "grade",
        form,
        lambda: verbs.set_grade(
            g.db,
            organisation,
            g.act,
            grade=Grade(form.grade.data) if form.grade.data else None,
            issued_on=form.grade_issued_on.data,
            expires_on=form.grade_expires_on.data,
        ),
    )


@bp.post("/report")
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def report(organisation: Organisation) -> Answer:
    """Enter the result of one year's report."""
    form = ReportForm()
    return entered(
        organisation,
        "report",
        form,
        lambda: verbs.record_report(
            g.db, organisation, g.act, year=form.year.data, result=ReportResult(form.result.data)
        ),
    )


@bp.post("/lists")
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def put_on_list(organisation: Organisation) -> Answer:
    """Enter that it stands on a list."""
    form = ListForm()
    return entered(
        organisation,
        "listing",
        form,
        lambda: verbs.put_on_list(
            g.db,
            organisation,
            g.act,
            flag=ListFlag(form.flag.data),
            listed_on=form.listed_on.data,
            reason=form.reason.data or "",
        ),
    )


@bp.post("/lists/remove")
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def take_off_list(organisation: Organisation) -> Answer:
    """Enter that it no longer stands on one."""
    form = RemovalForm(ListFlag, prefix="off-")
    return entered(
        organisation,
        "removal",
        form,
        lambda: verbs.take_off_list(
            g.db, organisation, g.act, flag=ListFlag(form.flag.data), removed_on=form.removed_on.data
        ),
    )
