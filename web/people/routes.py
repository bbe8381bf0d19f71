"""Accounts and roles: create, give and end, disable, hand over a new password."""

from uuid import UUID

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from models.access.permissions import Permission
from models.act import Role
from models.audit.timeline import timeline
from models.errors import DomainError, NotFound
from models.parties import accounts, people
from models.parties.organisation import Organisation
from models.parties.passwords import random_password
from models.parties.people import PersonRow, Wanted
from models.parties.person import Membership, Person
from models.parties.unit import AdministrativeUnit
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.guards import requires
from web.labels import label
from web.people.forms import ORGANISATION, UNIT, PersonForm, RoleForm

bp = Blueprint("people", __name__, url_prefix="/people")
STATES = {"open": False, "closed": True}
Answer = str | AnyResponse | tuple[str, int]


@bp.get("")
@requires(Permission.ACCOUNT_MANAGE)
def list_() -> str | Response:
    """The accounts of my area."""
    state = asked.among("state", STATES)
    wanted = Wanted(asked.words(), asked.member("role", Role), STATES[state] if state else None)
    sort, paging = asked.sort(("name", "login"), "name"), asked.paging()
    listed = people.list_people(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("人员与身份"), headings(), map(sheet_row, listed.rows))
    return render_template(
        "people/list.html",
        listed=listed,
        wanted=wanted,
        state=state,
        sort=sort,
        paging=paging,
        roles=[role for role in Role if role is not Role.SYSTEM],
    )


def headings() -> list[tuple[str, str]]:
    """The columns of the list as a workbook."""
    return [(_("姓名"), "name"), (_("登录名"), "login"), (_("身份"), "roles"), (_("停用时间"), "disabled_at")]


def sheet_row(row: PersonRow) -> dict[str, object]:
    """A line of the list as a workbook has it."""
    person = row.person
    return {
        "name": person.name,
        "login": person.login,
        "roles": [f"{label(m.role)} {(m.unit or m.organisation).name}" for m in row.held],  # type: ignore[union-attr]  # one of the two is always there
        "disabled_at": person.disabled_at,
    }


def find(person_id: UUID) -> Person:
    """An account I manage."""
    person = people.person(g.db, person_id, g.act)
    if person is None:
        raise NotFound("not_found")
    return person


def make_form(kind: type[RoleForm]) -> RoleForm:
    """A form with every place I may choose."""
    return kind(people.units_of(g.db, g.act), people.organisations_named(g.db, g.act))


def give(person: Person, form: RoleForm) -> Membership:
    """Give the role the form says, in the place it says."""
    place = form.place.data
    unit = organisation = None
    if place.startswith(UNIT):
        unit = g.db.get(AdministrativeUnit, place.removeprefix(UNIT))
    else:
        organisation = g.db.get(Organisation, UUID(place.removeprefix(ORGANISATION)))
    return accounts.give_role(
        g.db, person, g.act, role=Role(form.role.data), unit=unit, organisation=organisation
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def new() -> Answer:
    """Create an account with a role; its first password is shown once."""
    form = make_form(PersonForm)
    if not form.is_submitted():
        return render_template("people/new.html", form=form)
    status = 422
    if form.validate():
        password = random_password()
        try:
            with transaction(g.db):
                person = accounts.create_person(
                    g.db, g.act, login=form.login.data, name=form.name.data, password=password
                )
                give(person, form)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            return render_template("people/password.html", person=person, password=password, is_new=True)
    return render_template("people/new.html", form=form), status


@bp.get("/<uuid:person_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(person_id: UUID) -> str:
    """One account: its roles, what happened to it, what I can do."""
    return page(find(person_id))


def page(person: Person, form: RoleForm | None = None) -> str:
    """The page, with the form that was refused, if one was."""
    return render_template(
        "people/show.html",
        person=person,
        form=form or make_form(RoleForm),
        held=[m for m in person.memberships if m.is_open(g.at)],
        past=[m for m in person.memberships if not m.is_open(g.at)],
        events=timeline(
            g.db, person, *person.memberships, without=frozenset({"person.sign_in", "person.sign_out"})
        ),
        is_me=person.id == g.act.actor.person_id,
    )


@bp.post("/<uuid:person_id>/roles")
@requires(Permission.ACCOUNT_MANAGE)
def give_role(person_id: UUID) -> Answer:
    """Give another role."""
    person, form = find(person_id), make_form(RoleForm)
    if not form.validate():
        return page(person, form), 422
    try:
        with transaction(g.db):
            give(person, form)
    except DomainError as error:
        form.refuse(error)
        return page(person, form), error.status
    flash(_("已给予这个身份，此人下次切换身份就能使用。"))
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<uuid:person_id>/roles/<uuid:membership_id>/end")
@requires(Permission.ACCOUNT_MANAGE)
def end_role(person_id: UUID, membership_id: UUID) -> AnyResponse:
    """End a role now."""
    held = next((m for m in find(person_id).memberships if m.id == membership_id), None)
    if held is None:
        raise NotFound("not_found")
    with transaction(g.db):
        accounts.end_role(g.db, held, g.act)
    flash(_("这个身份已结束。"))
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<uuid:person_id>/disable")
@requires(Permission.ACCOUNT_MANAGE)
def disable(person_id: UUID) -> AnyResponse:
    """Close the account."""
    with transaction(g.db):
        accounts.disable(g.db, find(person_id), g.act)
    flash(_("账号已停用，此人已在所有设备上退出。"))
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<uuid:person_id>/enable")
@requires(Permission.ACCOUNT_MANAGE)
def enable(person_id: UUID) -> AnyResponse:
    """Open the account again."""
    with transaction(g.db):
        accounts.enable(g.db, find(person_id), g.act)
    flash(_("账号已重新启用。"))
    return redirect(url_for(".show", person_id=person_id), 303)


@bp.post("/<uuid:person_id>/password")
@requires(Permission.ACCOUNT_MANAGE)
def password(person_id: UUID) -> str:
    """Set a new random password. It is shown on this answer and nowhere again, so there is no redirect."""
    fresh = random_password()
    with transaction(g.db):
        person = find(person_id)
        accounts.set_password(g.db, person, g.act, password=fresh)
    return render_template("people/password.html", person=person, password=fresh, is_new=False)
