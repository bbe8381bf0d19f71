"""An organisation's own catalogue: write, publish, confirm, retire, restore."""

from collections.abc import Callable
from uuid import uuid4

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission
from models.catalogue import operations, queries
from models.catalogue.lifecycle import phase_at
from models.catalogue.service import Service, ServiceStatus
from models.catalogue.taxonomy import terms
from models.catalogue.term import Taxonomy
from models.errors import DomainError
from models.session import transaction
from web import asked
from web.catalogue.forms import ServiceForm, area_groups, code_groups, shown
from web.catalogue.routes import bp, headings, sheet_row
from web.exchange.workbook import respond
from web.form import record_id, revision
from web.guards import requires

Answer = str | AnyResponse | tuple[str, int]
COLUMNS = ("title", "price", "confirmed")


@bp.get("/mine")
@requires(Permission.SERVICE_EDIT)
def mine() -> str | Response:
    """My organisation's catalogue, drafts and retired entries too."""
    phase = asked.member("phase", ServiceStatus)
    sort = asked.sort(COLUMNS, "-confirmed")
    rows = queries.mine(g.db, g.act, phase=phase, sort=sort)
    if asked.workbook():
        return respond(_("我的服务"), headings(), map(sheet_row, rows))
    return render_template("catalogue/mine.html", rows=rows, phase=phase, sort=sort, phases=ServiceStatus)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.SERVICE_EDIT)
def new() -> Answer:
    """Write an entry."""
    form = make_form()
    if not form.is_submitted():
        form.id.data = str(uuid4())
        return page(form)

    def write() -> Service:
        return operations.create(g.db, g.act, form.entry(), id=record_id(form.id.data))

    return answer(form, write)


@bp.route("/<uuid:service_id>/edit", methods=["GET", "POST"])
@requires(Permission.SERVICE_EDIT, load=queries.service)
def edit(service: Service) -> Answer:
    """Write an entry anew."""
    form = make_form(service)
    if not form.is_submitted():
        return page(form, service)

    def write() -> Service:
        operations.edit(g.db, service, g.act, form.entry(), revision=revision(form.revision.data))
        return service

    return answer(form, write, service)


def make_form(service: Service | None = None) -> ServiceForm:
    """The form with everything to pick from."""
    known = [*terms(g.db, Taxonomy.SERVICE), *terms(g.db, Taxonomy.BENEFICIARY)]
    return ServiceForm(known, queries.areas_to_choose(g.db, service), service)


def page(form: ServiceForm, service: Service | None = None) -> str:
    """The form's page."""
    return render_template(
        "catalogue/edit.html",
        form=form,
        prices=shown(form.price_rows()),
        capacities=shown(form.capacity_rows()),
        service=service,
        phase=phase_at(service, g.at) if service else ServiceStatus.DRAFT,
        code_groups=code_groups(terms(g.db, Taxonomy.DOMAIN), terms(g.db, Taxonomy.SERVICE)),
        area_groups=area_groups(queries.areas_to_choose(g.db, service)),
    )


def answer(form: ServiceForm, write: Callable[[], Service], service: Service | None = None) -> Answer:
    """Write what a valid form says, and publish it when that button was pressed: both or neither."""
    publish = "publish" in request.form
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                made = write()
                if publish and phase_at(made, g.at) == ServiceStatus.DRAFT:
                    operations.publish(g.db, made, g.act)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("已发布，社区和街道现在可以看到。") if publish else _("已保存。"))
            return redirect(url_for(".show", service_id=made.id), 303)
    return page(form, service), status


def done(service: Service, verb: Callable[..., None], words: str) -> AnyResponse:
    """Do one thing to an entry, and go back to it or to the list it was done from."""
    with transaction(g.db):
        verb(g.db, service, g.act)
    flash(words)
    if request.form.get("back") == "mine":
        return redirect(url_for(".mine"), 303)
    return redirect(url_for(".show", service_id=service.id), 303)


@bp.post("/<uuid:service_id>/publish")
@requires(Permission.SERVICE_EDIT, load=queries.service)
def publish(service: Service) -> AnyResponse:
    """Show a draft to everybody."""
    return done(service, operations.publish, _("已发布，社区和街道现在可以看到。"))


@bp.post("/<uuid:service_id>/retire")
@requires(Permission.SERVICE_EDIT, load=queries.service)
def retire(service: Service) -> AnyResponse:
    """Take an entry out of the catalogue."""
    return done(service, operations.retire, _("已下架，不再出现在目录和匹配中。"))


@bp.post("/<uuid:service_id>/restore")
@requires(Permission.SERVICE_EDIT, load=queries.service)
def restore(service: Service) -> AnyResponse:
    """Show a retired entry again."""
    return done(service, operations.restore, _("已重新上架。"))


@bp.post("/<uuid:service_id>/confirm")
@requires(Permission.SERVICE_EDIT, load=queries.service)
def confirm(service: Service) -> AnyResponse:
    """Say that everything still holds."""
    return done(service, operations.confirm, _("已确认，目录里显示今天的日期。"))
