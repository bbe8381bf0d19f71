"""What an organisation writes about itself: profile, staff, board."""

from collections.abc import Callable
from uuid import UUID, uuid4

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import DomainError
from models.parties import profile as verbs
from models.parties import queries
from models.parties.independence import state_independence, statement_of
from models.parties.organisation import Certificate, Organisation
from models.session import transaction
from web.form import Form, record_id, revision
from web.guards import requires
from web.parties.forms import BoardForm, OwnProfileForm, ProfileForm, StaffForm

bp = Blueprint("organisation", __name__, url_prefix="/organisations/<uuid:organisation_id>")
Answer = str | Response | tuple[str, int]


def entered(form: Form, organisation: Organisation, enter: Callable[[], object]) -> Response | None:
    """Enter what a valid form says and go back to the list; None when it was refused."""
    if not form.validate():
        return None
    try:
        with transaction(g.db):
            enter()
    except DomainError as error:
        form.refuse(error)
        return None
    flash(_("已保存。"))
    return redirect(url_for("organisation.members", organisation_id=organisation.id), 303)


@bp.route("/profile", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def profile(organisation: Organisation) -> Answer:
    """Write the profile."""
    form = _profile_form(organisation)
    if not form.is_submitted():
        return render_template("parties/profile.html", form=form, organisation=organisation)
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                verbs.edit_profile(
                    g.db,
                    organisation,
                    g.act,
                    description=form.description.data,
                    name_en=form.name_en.data,
                    website=form.website.data,
                    revision=revision(form.revision.data),
                )
                _state(organisation, form)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("机构介绍已保存。"))
            return redirect(url_for("parties.show", organisation_id=organisation.id), 303)
    return render_template("parties/profile.html", form=form, organisation=organisation), status


def _profile_form(organisation: Organisation) -> ProfileForm:
    """What a registrar may write, and for the organisation itself what it states of its independence."""
    if g.act.actor.organisation_id != organisation.id:
        return ProfileForm(obj=organisation)
    stated = statement_of(g.db, organisation.id, g.at)
    said = {"founded_by": "", "founder": "", "government_share": None}
    if stated is not None:
        said = {
            "founded_by": "yes" if stated.founded_by_government else "no",
            "founder": stated.founder,
            "government_share": stated.government_share,
        }
    return OwnProfileForm(obj=organisation, data=said)


def _state(organisation: Organisation, form: ProfileForm) -> None:
    if isinstance(form, OwnProfileForm) and form.founded_by.data:
        state_independence(
            g.db,
            organisation,
            g.act,
            government_share=form.government_share.data,
            founded_by_government=form.founded_by.data == "yes",
            founder=form.founder.data or "",
        )


@bp.get("/members")
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def members(organisation: Organisation) -> str:
    """Staff and board."""
    return members_page(organisation)


def members_page(
    organisation: Organisation, staff: StaffForm | None = None, board: BoardForm | None = None
) -> str:
    """The page of staff and board, with the form that was refused, if one was."""
    staff, board = staff or StaffForm(formdata=None), board or BoardForm(formdata=None, prefix="board-")
    for form in (staff, board):
        form.id.data = form.id.data or str(uuid4())
    return render_template("parties/members.html", organisation=organisation, staff=staff, board=board)


@bp.post("/staff")
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def add_staff(organisation: Organisation) -> Answer:
    """Enter somebody who works there."""
    form = StaffForm()

    def enter() -> None:
        verbs.add_staff(
            g.db,
            organisation,
            g.act,
            id=record_id(form.id.data),
            name=form.name.data,
            title=form.title.data,
            certificate=Certificate(form.certificate.data) if form.certificate.data else None,
            full_time=form.full_time.data,
        )

    return entered(form, organisation, enter) or (members_page(organisation, staff=form), 422)


@bp.post("/board")
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def add_board_member(organisation: Organisation) -> Answer:
    """Enter somebody on the board."""
    form = BoardForm(prefix="board-")

    def enter() -> None:
        verbs.add_board_member(
            g.db,
            organisation,
            g.act,
            id=record_id(form.id.data),
            name=form.name.data,
            position=form.position.data,
            is_resident=form.is_resident.data,
        )

    return entered(form, organisation, enter) or (members_page(organisation, board=form), 422)


@bp.post("/staff/<uuid:staff_id>/remove")
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def remove_staff(organisation: Organisation, staff_id: UUID) -> Response:
    """Somebody no longer works there."""
    with transaction(g.db):
        verbs.remove_staff(g.db, organisation, g.act, staff_id=staff_id)
    flash(_("已从工作人员名单中移除。"))
    return redirect(url_for(".members", organisation_id=organisation.id), 303)


@bp.post("/board/<uuid:member_id>/remove")
@requires(Permission.ORGANISATION_EDIT, load=queries.organisation)
def remove_board_member(organisation: Organisation, member_id: UUID) -> Response:
    """Somebody left the board."""
    with transaction(g.db):
        verbs.remove_board_member(g.db, organisation, g.act, member_id=member_id)
    flash(_("已从理事名单中移除。"))
    return redirect(url_for(".members", organisation_id=organisation.id), 303)
