"""The check of qualification and conformity: one bid by all requirements, for officials and for the chair."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.bids.opened import OpenedBid
from models.errors import DomainError, NotFound
from models.panels import qualifying, queries
from models.panels.bidders import opened_bids
from models.panels.panel import Panel
from models.session import transaction
from web.form import Form
from web.guards import requires
from web.panels.blueprint import bp
from web.panels.desk import Answer, back, page
from web.panels.judging_forms import RejectForm, check_form


def find(panel: Panel, opened_id: UUID) -> OpenedBid:
    """A bid of this panel's tender."""
    found = queries.opened_bid(g.db, panel, opened_id)
    if found is None:
        raise NotFound("not_found")
    return found


@bp.route("/<uuid:panel_id>/checks/<uuid:opened_id>", methods=["GET", "POST"])
@requires(Permission.PANEL_MAKE, load=queries.panel)
def check(panel: Panel, opened_id: UUID) -> Answer:
    """Check one bid."""
    bid = find(panel, opened_id)
    form = filled(panel, bid)
    if form.is_submitted():
        status = kept(panel, bid, form)
        if status == 200:
            return onward(panel, bid)
        return _check(panel, bid, form), status
    return _check(panel, bid, form)


@bp.post("/<uuid:panel_id>/checks/<uuid:opened_id>/reject")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def reject(panel: Panel, opened_id: UUID) -> Answer:
    """Find a bid invalid for what no requirement names."""
    bid, form = find(panel, opened_id), RejectForm()
    if not form.validate():
        return _check(panel, bid, filled(panel, bid, afresh=True), form), 422
    try:
        with transaction(g.db):
            qualifying.reject(g.db, panel, g.act, bid=bid, reason=form.chosen, words=form.words.data)
    except DomainError as error:
        form.refuse(error)
        return _check(panel, bid, filled(panel, bid, afresh=True), form), error.status
    flash(_("已认定这份投标无效。"))
    return back(panel, "checks")


@bp.post("/<uuid:panel_id>/checks/close")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def close(panel: Panel) -> Answer:
    """Close the check."""
    try:
        with transaction(g.db):
            qualifying.complete(g.db, panel, g.act)
    except DomainError as error:
        return page(panel, error=error), error.status
    flash(_("资格与符合性审查已经结束。"))
    return back(panel, "checks")


def filled(panel: Panel, bid: OpenedBid, *, afresh: bool = False) -> Form:
    """The form with what has been found so far; `afresh` leaves another form's input unread."""
    data: dict[str, Any] = {}
    for found in qualifying.findings(g.db, [bid]):
        data[f"meets_{found.requirement_id.hex}"] = "yes" if found.meets else "no"
        data[f"words_{found.requirement_id.hex}"] = found.words
    given: Mapping[str, Any] = {"formdata": None} if afresh else {}
    return check_form(panel.tender.requirements)(data=data, **given)


def kept(panel: Panel, bid: OpenedBid, form: Form) -> int:
    """Keep every finding of the form, or none; 200 when all were kept."""
    if not form.validate():
        return 422
    try:
        with transaction(g.db):
            for requirement in panel.tender.requirements:
                _keep(panel, bid, form, requirement.id.hex)
    except DomainError as error:
        form.refuse(error)
        return error.status
    return 200


def _keep(panel: Panel, bid: OpenedBid, form: Form, key: str) -> None:
    said, words = form[f"meets_{key}"].data, form[f"words_{key}"].data or ""
    requirement = next(each for each in panel.tender.requirements if each.id.hex == key)
    if said not in {"yes", "no"}:
        return
    try:
        qualifying.check(
            g.db, panel, g.act, bid=bid, requirement=requirement, meets=said == "yes", words=words
        )
    except DomainError as error:
        if error.field == "words":
            error.field = f"words_{key}"
        raise


def onward(panel: Panel, bid: OpenedBid) -> Response:
    """To the next bid that is not checked yet, else back."""
    following = after(panel, bid)
    if following is None:
        flash(_("已保存。所有投标都已审查。"))
        return back(panel, "checks")
    flash(_("已保存，下面是下一份。"))
    return redirect(url_for("panels.check", panel_id=panel.id, opened_id=following.bid_id), 303)


def after(panel: Panel, bid: OpenedBid) -> OpenedBid | None:
    """The next bid with something unchecked."""
    bids = opened_bids(g.db, panel.tender)
    found = qualifying.findings(g.db, bids)
    wanted = len(panel.tender.requirements)
    for each in bids:
        done = sum(one.bid_id == each.bid_id for one in found)
        if each is not bid and each.invalid_at is None and done < wanted:
            return each
    return None


def _check(panel: Panel, bid: OpenedBid, form: Form, rejecting: RejectForm | None = None) -> str:
    return render_template(
        "panels/check.html",
        panel=panel,
        tender=panel.tender,
        bid=bid,
        form=form,
        rejecting=rejecting or RejectForm(formdata=None),
        may=panel.qualified_at is None and bid.invalid_at is None,
    )
