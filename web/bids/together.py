"""Consortia: who bids together for a lot, and the answers of those who are asked."""

from dataclasses import dataclass
from decimal import Decimal

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.bids import consortia, queries
from models.bids.consortia import MOST_MEMBERS, Part
from models.bids.consortium import ConsortiumMember
from models.bids.desk import Desk, desk
from models.errors import DomainError, Invalid
from models.parties.organisation import Organisation
from models.session import transaction
from web.bids import words
from web.bids.blueprint import bp
from web.bids.forms import Form, LiableForm, consortium_form
from web.guards import requires
from web.labels import sentence

Answer = str | Response | tuple[str, int]
LINES = 4


@dataclass(frozen=True)
class _Line:
    """What was typed for one organisation."""

    code: str
    share: Decimal | None
    work: str


@bp.get("/lots/<uuid:lot_id>/consortium")
@requires(P.BID_SUBMIT, load=desk)
def consortium(desk: Desk) -> str:
    """Who bids together."""
    return _show(desk, _form(desk))


@bp.post("/lots/<uuid:lot_id>/consortium")
@requires(P.BID_SUBMIT, load=desk)
def invite(desk: Desk) -> Answer:
    """Say who bids together; those who are new or changed are asked."""
    form = _form(desk)
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                consortia.invite(g.db, desk.lot, g.act, parts=_parts(form))
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("联合体已保存。有变动的成员会收到消息，请他们确认。"))
            return redirect(url_for(".consortium", lot_id=desk.lot.id), 303)
    return _show(desk, form), status


@bp.post("/lots/<uuid:lot_id>/consortium/dissolve")
@requires(P.BID_SUBMIT, load=desk)
def dissolve(desk: Desk) -> Response:
    """Bid alone again."""
    with transaction(g.db):
        consortia.invite(g.db, desk.lot, g.act, parts=())
    flash(_("联合体已解散，现在是单独投标。"))
    return redirect(url_for(".edit", lot_id=desk.lot.id), 303)


@bp.get("/invitations")
@requires(P.BID_SUBMIT)
def invitations() -> str:
    """The consortia that want us."""
    rows = queries.invitations(g.db, g.act)
    return render_template("bids/invitations.html", rows=rows, form=LiableForm(formdata=None), words=words)


@bp.post("/invitations/<uuid:seat_id>/join")
@requires(P.BID_SUBMIT, load=queries.seat)
def join(member: ConsortiumMember) -> Answer:
    """Join, and be liable."""
    form = LiableForm()
    try:
        with transaction(g.db):
            consortia.confirm(g.db, member, g.act, liable=form.liable.data)
    except DomainError as error:
        form.form_errors.append(sentence(error))
        rows = queries.invitations(g.db, g.act)
        shown = render_template("bids/invitations.html", rows=rows, form=form, words=words)
        return shown, error.status
    flash(_("已确认参加联合体。"))
    return redirect(url_for(".invitations"), 303)


@bp.post("/invitations/<uuid:seat_id>/decline")
@requires(P.BID_SUBMIT, load=queries.seat)
def decline(member: ConsortiumMember) -> Response:
    """Say no, or leave."""
    with transaction(g.db):
        consortia.decline(g.db, member, g.act)
    flash(_("已答复：不参加这个联合体。"))
    return redirect(url_for(".invitations"), 303)


def _show(desk: Desk, form: Form) -> str:
    lines = [
        (form[f"code_{number}"], form[f"share_{number}"], form[f"work_{number}"])
        for number in range(_count(desk))
    ]
    return render_template("bids/consortium.html", desk=desk, form=form, lines=lines, words=words)


def _count(desk: Desk) -> int:
    members = len(desk.consortium.members) if desk.consortium else 1
    return min(max(LINES, members + 1), MOST_MEMBERS)


def _form(desk: Desk) -> Form:
    data: dict[str, object] = {"code_0": desk.organisation.credit_code}
    for number, member in enumerate(desk.consortium.members if desk.consortium else ()):
        data |= {
            f"code_{number}": member.organisation.credit_code,
            f"share_{number}": member.share,
            f"work_{number}": member.work,
        }
    return consortium_form(_count(desk))(data=data)


def _parts(form: Form) -> list[Part]:
    numbers = [name.removeprefix("code_") for name in form.data if name.startswith("code_")]
    lines = [
        _Line(form[f"code_{n}"].data or "", form[f"share_{n}"].data, form[f"work_{n}"].data or "")
        for n in numbers
    ]
    return [
        Part(_organisation(line.code), line.share or Decimal(0), line.work)
        for line in lines
        if line.code or line.share is not None or line.work
    ]


def _organisation(code: str) -> Organisation:
    found = g.db.scalar(select(Organisation).where(Organisation.credit_code == code.upper()))
    if found is None:
        raise Invalid("consortium_member_unknown", typed=code[:18])
    return found  # type: ignore[no-any-return]  # g is untyped
