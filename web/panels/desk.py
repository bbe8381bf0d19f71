"""The purchaser's desk: tenders to be judged, the draw, one panel, its seats."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.audit.timeline import timeline
from models.errors import DomainError
from models.panels import declaring, drawing, pool_queries, queries
from models.panels.bidders import opened_bids
from models.panels.current import earlier_panels
from models.panels.page import panel_page, seats
from models.panels.panel import Panel, PanelMember
from models.session import transaction
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase
from web.form import record_id
from web.guards import requires
from web.panels.blueprint import bp
from web.panels.judging_forms import DrawForm, WordsForm

Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.PANEL_VIEW)
def list_() -> str:
    """The tenders of my area that are being judged."""
    rows = queries.evaluating(g.db, g.act)
    return render_template("panels/list.html", rows=rows)


@bp.get("/tenders/<uuid:tender_id>")
@requires(Permission.PANEL_VIEW, load=queries.tender)
def start(tender: Tender) -> Answer:
    """How a panel is drawn; when it has been, its page."""
    found = queries.panel_of(g.db, tender, g.act)
    if found is not None:
        return back(found)
    return _draw(tender, _draw_form(tender, formdata=None))


@bp.post("/tenders/<uuid:tender_id>")
@requires(Permission.PANEL_MAKE, load=queries.tender)
def draw(tender: Tender) -> Answer:
    """Draw the panel of a tender, once."""
    form = _draw_form(tender)
    if not form.validate():
        return _draw(tender, form), 422
    chosen = [key for typed in form.purchaser.data or () if (key := record_id(typed)) is not None]
    try:
        with transaction(g.db):
            made = drawing.draw(g.db, tender, g.act, purchaser=chosen, size=form.size.data)
    except DomainError as error:
        form.refuse(error)
        return _draw(tender, form), error.status
    flash(_("已抽取评审小组，并通知了每位成员申报利害关系。"))
    return back(made)


@bp.get("/<uuid:panel_id>")
@requires(Permission.PANEL_VIEW, load=queries.panel)
def show(panel: Panel) -> Answer:
    """One panel, step by step."""
    return page(panel)


@bp.post("/<uuid:panel_id>/redraw")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def redraw(panel: Panel) -> Answer:
    """Fill the empty seats."""
    try:
        with transaction(g.db):
            drawing.redraw(g.db, panel, g.act)
    except DomainError as error:
        return page(panel, error=error), error.status
    flash(_("已按原来的顺序补抽，并通知了补上的成员。"))
    return back(panel, "seats")


@bp.route("/seats/<uuid:panel_member_id>", methods=["GET", "POST"])
@requires(Permission.PANEL_MAKE, load=queries.member)
def seat(member: PanelMember) -> Answer:
    """One seat: recuse who sits on it."""
    form = WordsForm()
    if not form.is_submitted():
        return _seat(member, form)
    if not form.validate():
        return _seat(member, form), 422
    try:
        with transaction(g.db):
            declaring.recuse(g.db, member, g.act, words=form.words.data)
    except DomainError as error:
        form.refuse(error)
        return _seat(member, form), error.status
    flash(_("已记录回避。能补抽的已经补上。"))
    return back(member.panel, "seats")


@bp.post("/seats/<uuid:panel_member_id>/chair")
@requires(Permission.PANEL_MAKE, load=queries.member)
def choose_chair(member: PanelMember) -> Answer:
    """Note whom the members chose as their chair."""
    try:
        with transaction(g.db):
            declaring.choose_chair(g.db, member, g.act)
    except DomainError as error:
        return page(member.panel, error=error), error.status
    flash(_("已记录组长。"))
    return back(member.panel, "seats")


def _draw_form(tender: Tender, **options: Any) -> DrawForm:
    least = drawing.panel_size(tender.method).least(tender.budget)
    return DrawForm(size=least, **options).offer(pool_queries.purchasers(g.db, tender, g.act))


def _draw(tender: Tender, form: DrawForm) -> str:
    rules = drawing.panel_size(tender.method)
    return render_template(
        "panels/draw.html",
        tender=tender,
        form=form,
        rules=rules,
        least=rules.least(tender.budget),
        bids=opened_bids(g.db, tender),
        earlier=earlier_panels(g.db, tender),
        is_open=phase_at(tender, g.at) is TenderPhase.EVALUATION,
    )


def _seat(member: PanelMember, form: WordsForm) -> str:
    found = seats(member.panel, shown=queries.names_shown(member.panel, g.act))
    row = next(each for each in found if each.member is member)
    return render_template("panels/member.html", row=row, panel=member.panel, form=form)


def page(panel: Panel, *, error: DomainError | None = None) -> str:
    """The page of a panel, with what was refused."""
    found = panel_page(g.db, panel, g.act)
    hidden = frozenset() if found.marks_in else frozenset({"panel_member.submit"})
    return render_template(
        "panels/show.html",
        page=found,
        tender=panel.tender,
        error=error,
        events=timeline(g.db, panel, *panel.members, without=hidden),
        corrections=queries.corrections(g.db, panel) if found.marks_in else [],
    )


def back(panel: Panel, anchor: str | None = None) -> Response:
    """To the panel's page."""
    return redirect(url_for("panels.show", panel_id=panel.id, _anchor=anchor), 303)
