"""Calls for volunteers: the list, each of them and its poster for everybody; posting and closing (D39)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.errors import NotFound
from models.needs.need import Need
from models.volunteers import calling, queries
from models.volunteers.call import VolunteerCall
from models.volunteers.calling import Ground
from web import asked
from web.contracts.deed import Answer, carry_out
from web.exchange.workbook import respond
from web.format import language
from web.guards import public, requires
from web.labels.parties import place_words
from web.surveys.qr import qr
from web.volunteers import words
from web.volunteers.forms import CallForm, CloseForm

bp = Blueprint("volunteers", __name__)


@bp.get("/volunteers")
@public
def list_() -> str | Response:
    """The calls one can answer now."""
    streets = queries.streets(g.db, g.act)
    street = asked.among("street", [each.code for each in streets])
    paging = asked.paging()
    listed = queries.board(g.db, g.act, street=street, paging=paging)
    if asked.workbook():
        return respond(_("志愿者招募"), _headings(), map(_row, listed.rows))
    options = [("", _("所有街道")), *((each.code, place_words(each)) for each in streets)]
    return render_template(
        "volunteers/list.html",
        listed=listed,
        paging=paging,
        street=street,
        streets=streets,
        options=options,
        words=words,
    )


@bp.get("/volunteers/<uuid:call_id>")
@public
def show(call_id: UUID) -> str:
    """One call."""
    return render_template("volunteers/show.html", call=_found(call_id), words=words)


@bp.get("/volunteers/<uuid:call_id>/poster")
@public
def poster(call_id: UUID) -> str:
    """One call on a sheet of A4, in large type, with a code that leads to its page."""
    call = _found(call_id)
    address = f"{current_app.extensions['config'].base_url}{_page(call)}"
    code = qr(address, title=_("这次招募的二维码"))
    return render_template(
        "volunteers/poster.html", call=call, address=address, code=code, words=words, language=language()
    )


@bp.route("/needs/<uuid:need_id>/volunteers/new", methods=["GET", "POST"])
@requires(P.VOLUNTEER_CALL, load=queries.of_need)
def for_need(ground: Ground) -> Answer:
    """A committee calls for a need of its neighbourhood."""
    return _post(ground)


@bp.route("/contracts/<uuid:contract_id>/volunteers/new", methods=["GET", "POST"])
@requires(P.VOLUNTEER_CALL, load=queries.of_contract)
def for_contract(ground: Ground) -> Answer:
    """A contractor calls within its contract."""
    return _post(ground)


@bp.route("/volunteers/<uuid:call_id>/edit", methods=["GET", "POST"])
@requires(P.VOLUNTEER_CALL, load=queries.call)
def edit(call: VolunteerCall) -> Answer:
    """Change what it says."""
    form = CallForm.of(call)
    return carry_out(
        form,
        lambda: calling.edit(g.db, call, g.act, given=form.given, revision=form.seen),
        title=_("修改志愿者招募"),
        button=_("保存"),
        back=(call.reference, _page(call)),
        done=_("已保存。贴出去的海报请换成新的。"),
    )


@bp.route("/volunteers/<uuid:call_id>/close", methods=["GET", "POST"])
@requires(P.VOLUNTEER_CALL, load=queries.call)
def close(call: VolunteerCall) -> Answer:
    """Close it with how many came forward."""
    form = CloseForm()
    return carry_out(
        form,
        lambda: calling.close(g.db, call, g.act, came_forward=form.came_forward.data or 0),
        title=_("结束志愿者招募"),
        button=_("结束招募"),
        back=(call.reference, _page(call)),
        done=_("招募已结束。"),
        kind=call.title,
        lead=_("结束之后不再列出，页面上会写明有多少人报名。"),
    )


def _post(ground: Ground) -> Answer:
    if request.method == "GET":
        calling.check_live(ground.subject, g.act)
    form = CallForm.new()
    subject = ground.subject
    return carry_out(
        form,
        lambda: calling.post(g.db, ground, g.act, id=form.new_id, given=form.given),
        title=_("招募志愿者"),
        button=_("发布"),
        back=_back(subject),
        done=_("已发布。可以打印海报，贴在楼道和活动室。"),
        to=_page,
        kind=words.subject_title(subject),
        lead=_("居民不用注册，打电话报名。到截止那天自动停止。"),
    )


def _back(subject: Any) -> tuple[str, str]:
    if isinstance(subject, Need):
        return subject.reference, url_for("needs.show", need_id=subject.id)
    return subject.reference, url_for("contracts.show", contract_id=subject.id)


def _found(call_id: UUID) -> VolunteerCall:
    call = queries.call(g.db, call_id, g.act)
    if call is None:
        raise NotFound("not_found")
    return call


def _page(call: VolunteerCall) -> str:
    return url_for("volunteers.show", call_id=call.id)


def _headings() -> list[tuple[str, str]]:
    return [
        (_("招募编号"), "reference"),
        (_("招募做什么"), "title"),
        (_("谁在招募"), "who"),
        (_("需要多少人"), "people"),
        (_("在哪里"), "place"),
        (_("什么时候"), "hours"),
        (_("报名到哪一天为止"), "ends_on"),
        (_("报名电话"), "telephone"),
        (_("什么时候可以打"), "office_hours"),
    ]


def _row(call: VolunteerCall) -> dict[str, Any]:
    said = {key: getattr(call, key, None) for _heading, key in _headings()}
    return said | {"who": words.who(call)}
