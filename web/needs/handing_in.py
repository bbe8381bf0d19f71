"""After writing: see it as the public will, submit, withdraw, begin again from it, fold it into another."""

from uuid import UUID, uuid4

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import Conflict, NotFound
from models.needs import operations, queries
from models.needs.completeness import Incomplete
from models.needs.indicators import proposed
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.needs.page import need_page
from models.needs.priority import priority
from models.session import transaction
from web.form import record_id
from web.guards import requires
from web.labels import SENTENCES
from web.needs.blueprint import bp

HANDED_IN = frozenset({NeedPhase.SUBMITTED, NeedPhase.DELIBERATING})
"""With the office. A need that was sent back from deliberation returns to it when it is submitted again."""

ON_PAGE = {
    "description": ".what",
    "codes": ".what",
    "groups": ".who",
    "affected_people": ".who",
    "severity": ".who",
    "urgency": ".who",
    "evidence": ".who",
    "starts_on": ".when",
}
"""On which page of the form a missing field is filled in."""


@bp.get("/<uuid:need_id>/check")
@requires(P.NEED_WRITE, load=queries.need)
def check(need: Need) -> str:
    """The need as the public will see it, and what is still missing."""
    return show_check(need)


@bp.post("/<uuid:need_id>/submit")
@requires(P.NEED_WRITE, load=queries.need)
def submit(need: Need) -> Response | tuple[str, int]:
    """Hand it in; a second click finds it handed in already."""
    if phase_at(need, g.at) not in {NeedPhase.SUBMITTED, NeedPhase.DELIBERATING}:
        try:
            with transaction(g.db):
                operations.submit(g.db, need, g.act)
        except Incomplete as refusal:
            return show_check(need), refusal.status
    return redirect(url_for(".submitted", need_id=need.id), 303)


@bp.get("/<uuid:need_id>/submitted")
@requires(P.NEED_WRITE, load=queries.need)
def submitted(need: Need) -> str | Response:
    """Who looks at it, and by when."""
    page = need_page(g.db, need.id, g.act)
    if page is None or page.phase not in HANDED_IN:
        return redirect(url_for(".show", need_id=need.id), 303)
    return render_template("needs/submitted.html", page=page, need=need)


@bp.post("/<uuid:need_id>/withdraw")
@requires(P.NEED_WRITE, load=queries.need)
def withdraw(need: Need) -> Response:
    """Take it back, with a word why."""
    with transaction(g.db):
        operations.withdraw(g.db, need, g.act, words=request.form.get("words", ""))
    flash(_("需求 %(reference)s 已撤回。", reference=need.reference))
    return redirect(url_for(".mine"), 303)


@bp.post("/<uuid:need_id>/copy")
@requires(P.NEED_WRITE, load=queries.need)
def copy(need: Need) -> Response:
    """Begin a new draft from it."""
    wanted = record_id(request.form.get("id")) or uuid4()
    with transaction(g.db):
        draft = operations.copy(g.db, need, g.act, id=wanted)
    flash(_("已复制为新的草稿 %(reference)s，请改成现在的情况。", reference=draft.reference))
    return redirect(url_for(".what", need_id=draft.id), 303)


@bp.route("/<uuid:need_id>/fold/<uuid:other_id>", methods=["GET", "POST"])
@requires(P.NEED_WRITE, load=queries.need)
def fold(need: Need, other_id: UUID) -> str | Response:
    """Give the draft up for another need that says the same, after seeing both."""
    other = queries.need(g.db, other_id, g.act)
    if other is None:
        raise NotFound("not_found")
    if phase_at(need, g.at) not in {NeedPhase.DRAFT, NeedPhase.RETURNED}:
        raise Conflict("wrong_phase", phase=phase_at(need, g.at))
    if request.method != "POST":  # a HEAD is a look, too
        return render_template("needs/fold.html", need=need, other=other, phase=phase_at(other, g.at))
    with transaction(g.db):
        operations.fold(g.db, need, g.act, into=other)
    flash(_("您写的内容已作为依据并入 %(reference)s，草稿不再单独提交。", reference=other.reference))
    return redirect(url_for(".show", need_id=other.id), 303)


def show_check(need: Need) -> str:
    """The preview with the list of what is missing."""
    page = need_page(g.db, need.id, g.act)
    if page is None:
        raise NotFound("not_found")
    if not (page.may_write or page.may_submit):
        raise Conflict("wrong_phase", phase=page.phase)
    lacks = [
        (str(SENTENCES[each.code]), url_for(ON_PAGE[each.field], need_id=need.id)) for each in page.lacks
    ]
    values = proposed(need) | {row.code: row.value for row in need.indicators}
    return render_template("needs/check.html", page=page, need=need, lacks=lacks, expected=priority(values))
