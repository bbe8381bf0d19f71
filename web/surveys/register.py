"""The register of the people a contract serves."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from models.access.permissions import Permission as P
from models.errors import DomainError
from models.session import transaction
from models.surveys import queries, registering
from models.surveys.registering import Entry
from models.surveys.seeing import Register
from web import asked
from web.contracts.deed import Answer, carry_out, press
from web.exchange.workbook import respond
from web.guards import requires
from web.labels import sentence
from web.labels.catalogue import term_name
from web.labels.strata import stratum_name
from web.surveys import register_sheet as sheet
from web.surveys.forms import PersonForm, SheetForm

bp = Blueprint("served", __name__)
PREVIEWED = 100


@bp.get("/contracts/<uuid:contract_id>/register")
@requires(P.REGISTER_VIEW, load=queries.register)
def list_(register: Register) -> str | Response:
    """Everybody the contract serves."""
    paging = asked.paging()
    listed = queries.people(g.db, register.contract, paging=paging)
    if asked.workbook():
        return respond(_("服务对象登记"), sheet.columns(), map(sheet.row, listed.rows))
    return render_template(
        "surveys/register.html", register=register, listed=listed, paging=paging, stratum_name=stratum_name
    )


@bp.route("/contracts/<uuid:contract_id>/register/new", methods=["GET", "POST"])
@requires(P.REGISTER_WRITE, load=queries.register)
def new(register: Register) -> Answer:
    """Write one person down."""
    number = registering.next_number(g.db, register.contract)
    form = PersonForm(data={"number": number}).offer(groups())

    def verb() -> None:
        entry = Entry(
            form.number.data or 0,
            form.label.data or "",
            form.stratum.data or "",
            form.age_band.data or None,
        )
        registering.keep(g.db, register, g.act, [entry])

    return carry_out(
        form,
        verb,
        title=_("登记一位服务对象"),
        button=_("登记"),
        back=(_("服务对象登记"), _page(register)),
        kind=register.contract.award.lot.tender.title,
        done=_("已登记。"),
        lead=_("登记号已经有的，改成这次写的。"),
    )


@bp.route("/contracts/<uuid:contract_id>/register/import", methods=["GET", "POST"])
@requires(P.REGISTER_WRITE, load=queries.register)
def import_(register: Register) -> Answer:
    """Write many people down: read first, with what is wrong row by row; kept when it is confirmed."""
    form = SheetForm()
    if request.method == "GET":
        return _sheet_page(register, form, None)
    if not form.validate():
        return _sheet_page(register, form, None, 422)
    found = None
    try:
        rows = _rows(form)
        found = sheet.read(rows, registering.groups(g.db))
        form.rows.data = sheet.text_of(rows)
        if request.form.get("keep") and not found.errors:
            with transaction(g.db):
                kept = registering.keep(g.db, register, g.act, found.entries)
            flash(ngettext("已登记 %(num)d 人。", "已登记 %(num)d 人。", kept))
            return redirect(_page(register), 303)
    except DomainError as error:
        form.refuse(error)
        return _sheet_page(register, form, found, error.status)
    return _sheet_page(register, form, found, 422 if found.errors else 200)


@bp.post("/served-people/<uuid:served_person_id>/leave")
@requires(P.REGISTER_WRITE, load=queries.served_person)
def leave(seen: queries.SeenPerson) -> Answer:
    """Somebody is not served any more."""
    return press(
        lambda: registering.leave(g.db, seen.person, seen.register, g.act),
        done=_("已记下：从今天起不再服务。"),
        to=_page(seen.register),
    )


def groups() -> dict[str, str]:
    """The groups by code, in the language of the page."""
    return {code: term_name(term) for code, term in registering.groups(g.db).items()}


def _rows(form: SheetForm) -> sheet.Rows:
    upload = form.file.data
    if upload is not None and getattr(upload, "filename", ""):
        return sheet.rows_of_file(upload.filename, upload.read())
    return sheet.rows_of_text(form.rows.data or "")


def _sheet_page(
    register: Register, form: SheetForm, found: registering.Read | None, status: int = 200
) -> Answer:
    shown = render_template(
        "surveys/import.html",
        register=register,
        form=form,
        found=found,
        groups=groups(),
        most=PREVIEWED,
        stratum_name=stratum_name,
        sentence=sentence,
    )
    return shown, status


def _page(register: Register) -> str:
    return url_for("served.list_", contract_id=register.contract.id)
