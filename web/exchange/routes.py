"""Bulk entry: upload, preview with every row's fault in words, confirm what is good, take the rest home."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.errors import DomainError, NotFound
from models.exchange.batch import ImportBatch, SheetKind
from models.exchange.importing import batch_of, check, columns, confirm, kinds_for, upload
from models.session import transaction
from web.db import writes
from web.exchange.forms import UploadForm
from web.exchange.reading import read
from web.exchange.workbook import respond
from web.guards import signed_in
from web.labels import label, sentence
from web.labels.catalogue import term_name
from web.labels.exchange import COLUMNS, HELP, HELP_OF_KIND, headings

bp = Blueprint("exchange", __name__, url_prefix="/import")
SHOWN_ROWS = 20
SAME = {"codes": "service_codes", "groups": "beneficiary_codes", "budget": "budget_yuan"}
"""Fields of the forms that sheets call otherwise."""


def allowed(name: str) -> SheetKind:
    """The kind of sheet in the address, if I may bring it."""
    if name not in set(SheetKind) or SheetKind(name) not in kinds_for(g.act):
        raise NotFound("not_found")
    return SheetKind(name)


def own(batch_id: UUID) -> ImportBatch:
    """My batch."""
    batch = batch_of(g.db, batch_id, g.act)
    if batch is None:
        raise NotFound("not_found")
    return batch


@bp.get("")
@signed_in
def start() -> str:
    """What I can bring in."""
    return render_template("exchange/start.html", kinds=kinds_for(g.act))


@bp.route("/<kind>", methods=["GET", "POST"])
@signed_in
def sheet(kind: str) -> str | AnyResponse | tuple[str, int]:
    """Columns, template, upload."""
    wanted = allowed(kind)
    form = UploadForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            file = form.file.data
            try:
                keys, rows = read(file.filename, file.read(), headings())
                with transaction(g.db):
                    batch = upload(
                        g.db, g.act, kind=wanted, file_name=file.filename, headings=keys, rows=rows
                    )
            except DomainError as error:
                error.facts = {name: str(COLUMNS.get(fact, fact)) for name, fact in error.facts.items()}
                form.refuse(error)
            else:
                return redirect(url_for(".preview", batch_id=batch.id), 303)
    helps = HELP | HELP_OF_KIND.get(wanted, {})
    listed = [(COLUMNS[key], required, helps.get(key, "")) for key, required in columns(wanted).items()]
    return render_template("exchange/sheet.html", kind=wanted, form=form, columns=listed), status


@bp.get("/<kind>/template.xlsx")
@signed_in
def template(kind: str) -> Response:
    """An empty sheet with the right headings, and the codes to choose from on a second one."""
    wanted = allowed(kind)
    named = [(f"{COLUMNS[key]}{' *' if required else ''}", key) for key, required in columns(wanted).items()]
    codes = [
        {"code": term.code, "name": term_name(term)}
        for taxonomy in (Taxonomy.SERVICE, Taxonomy.BENEFICIARY)
        for term in terms(g.db, taxonomy)
    ]
    second = (_("编码"), [(_("编码"), "code"), (_("名称"), "name")], codes)
    with_codes = [second] if wanted is not SheetKind.ORGANISATIONS else []
    return respond(_("%(kind)s导入模板", kind=label(wanted)), named, [], *with_codes)


@bp.get("/batches/<uuid:batch_id>")
@signed_in
@writes
def preview(batch_id: UUID) -> str:
    """What would be written, and what is wrong with the rest. Nothing is written yet."""
    batch = own(batch_id)
    if batch.confirmed_at is not None:
        return render_template("exchange/done.html", batch=batch)
    report = check(g.db, batch, g.act)  # it writes, and undoes it
    keys = [key for key in columns(batch.kind) if any(key in row for row in batch.rows)]
    faults = [(fault.number, *said(fault.error), fault.cells) for fault in report.faults]
    return render_template(
        "exchange/preview.html",
        batch=batch,
        headings=[(key, COLUMNS[key]) for key in keys],
        good=report.good[:SHOWN_ROWS],
        good_total=len(report.good),
        faults=faults,
    )


@bp.get("/batches/<uuid:batch_id>/rejected.xlsx")
@signed_in
@writes
def rejected(batch_id: UUID) -> Response:
    """The rows that were not good, as they came, with the reason: to mend and upload again."""
    batch = own(batch_id)
    if batch.confirmed_at is not None:
        abort(404)
    report = check(g.db, batch, g.act)  # it writes, and undoes it
    named = [(str(COLUMNS[key]), key) for key in columns(batch.kind)]
    rows = [{**fault.cells, "why": "：".join(filter(None, said(fault.error)))} for fault in report.faults]
    return respond(_("未导入的行"), [*named, (_("未导入的原因"), "why")], rows)


@bp.post("/batches/<uuid:batch_id>/confirm")
@signed_in
def confirm_(batch_id: UUID) -> AnyResponse:
    """Write every good row, all of them or none."""
    batch = own(batch_id)
    with transaction(g.db):
        report = confirm(g.db, batch, g.act)
    done = len(report.good)
    flash(ngettext("已导入 %(num)d 条。", "已导入 %(num)d 条。", done))
    return redirect(url_for(".preview", batch_id=batch_id), 303)


def said(error: DomainError) -> tuple[str, str]:
    """The column and the sentence of a fault."""
    field = SAME.get(error.field or "", error.field or "")
    column: Any = COLUMNS.get(field, "")
    return str(column), sentence(error)
