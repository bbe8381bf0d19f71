"""The register of organisations, as everybody sees it, and entering one."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission
from models.audit.timeline import timeline
from models.catalogue import queries as catalogue
from models.errors import DomainError, NotFound
from models.paging import EVERYTHING
from models.parties import organisations as verbs
from models.parties import queries
from models.parties.organisation import Grade, Organisation, OrganisationType
from models.parties.queries import OrganisationRow, Wanted
from models.records.queries import record_page
from models.rectifications.queries import excellent_of
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.form import record_id, revision
from web.guards import public, requires
from web.parties.forms import RegistrationForm
from web.records import words

bp = Blueprint("parties", __name__, url_prefix="/organisations")
COLUMNS = ("name", "place", "grade", "established")
LISTS = {"on": True, "off": False}


@bp.get("")
@public
def organisations() -> str | Response:
    """The register, filtered and sorted."""
    places = queries.places(g.db)
    wanted = Wanted(
        words=asked.words(),
        type=asked.member("type", OrganisationType),
        least_grade=asked.member("grade", Grade),
        place=asked.among("place", [unit.code for unit in places]),
        on_list=LISTS.get(asked.among("lists", LISTS) or ""),
    )
    sort, paging = asked.sort(COLUMNS, "name"), asked.paging()
    listed = queries.list_organisations(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("社会组织"), headings(), map(sheet_row, listed.rows))
    return render_template(
        "parties/organisations.html",
        listed=listed,
        wanted=wanted,
        sort=sort,
        paging=paging,
        places=places,
        types=OrganisationType,
        grades=queries.BEST_FIRST,
    )


def headings() -> list[tuple[str, str]]:
    """The columns of the register as a workbook."""
    return [
        (_("机构名称"), "name"),
        (_("统一社会信用代码"), "credit_code"),
        (_("机构类型"), "type"),
        (_("登记地"), "place"),
        (_("成立日期"), "established_on"),
        (_("评估等级"), "grade"),
        (_("有效期至"), "grade_expires_on"),
        (_("名单"), "flags"),
    ]


def sheet_row(row: OrganisationRow) -> dict[str, object]:
    """A line of the register as a workbook has it."""
    return {
        "name": row.name,
        "credit_code": row.credit_code,
        "type": row.type,
        "place": row.place.name,
        "established_on": row.established_on,
        "grade": row.grade,
        "grade_expires_on": row.grade_expires_on if row.grade else None,
        "flags": row.flags,
    }


@bp.get("/<uuid:organisation_id>")
@public
def show(organisation_id: UUID) -> str:
    """One organisation: who they are, how they stand, what they offer."""
    page = queries.organisation_page(g.db, organisation_id, g.act)
    if page is None:
        raise NotFound("not_found")
    offered = catalogue.list_services(
        g.db, g.act, catalogue.Wanted(organisation_id=organisation_id), sort="title", paging=EVERYTHING
    )
    events = timeline(g.db, page.organisation, without=INTERNAL)
    return render_template(
        "parties/show.html",
        page=page,
        services=offered.rows,
        events=events,
        excellent=excellent_of(g.db, organisation_id, g.at),
        track=record_page(g.db, page.organisation, g.act),
        track_words=words,
    )


INTERNAL = frozenset(
    f"organisation.{each}"
    for each in ("add_staff", "remove_staff", "add_board_member", "remove_board_member", "edit")
)
"""What an organisation does with its own profile is not news to the public."""


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_REGISTER)
def register() -> str | AnyResponse | tuple[str, int]:
    """Enter an organisation."""
    form = RegistrationForm(queries.registrable_places(g.db, g.act))
    if not form.is_submitted():
        form.id.data, form.registered_place.data = str(uuid4()), g.act.actor.unit_code
        return render_template("parties/registration.html", form=form, organisation=None)
    if form.validate():
        try:
            with transaction(g.db):
                made = verbs.register(
                    g.db,
                    g.act,
                    id=record_id(form.id.data),
                    credit_code=form.credit_code.data,
                    name=form.name.data,
                    type=OrganisationType(form.type.data),
                    registered_place=form.registered_place.data,
                    established_on=form.established_on.data,
                )
        except DomainError as error:
            form.refuse(error)
            return render_template("parties/registration.html", form=form, organisation=None), error.status
        flash(_("已登记这家机构。接下来可以录入等级和年检结果。"))
        return redirect(url_for(".show", organisation_id=made.id), 303)
    return render_template("parties/registration.html", form=form, organisation=None), 422


@bp.route("/<uuid:organisation_id>/registration", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_REGISTER, load=queries.organisation)
def amend(organisation: Organisation) -> str | AnyResponse | tuple[str, int]:
    """Correct what the register says."""
    form = RegistrationForm(queries.registrable_places(g.db, g.act), obj=organisation)
    del form.credit_code, form.type, form.id
    if not form.is_submitted():
        return render_template("parties/registration.html", form=form, organisation=organisation)
    if form.validate():
        try:
            with transaction(g.db):
                verbs.amend(
                    g.db,
                    organisation,
                    g.act,
                    name=form.name.data,
                    registered_place=form.registered_place.data,
                    established_on=form.established_on.data,
                    revision=revision(form.revision.data),
                )
        except DomainError as error:
            form.refuse(error)
            page = render_template("parties/registration.html", form=form, organisation=organisation)
            return page, error.status
        flash(_("登记信息已更正。"))
        return redirect(url_for(".show", organisation_id=organisation.id), 303)
    return render_template("parties/registration.html", form=form, organisation=organisation), 422
