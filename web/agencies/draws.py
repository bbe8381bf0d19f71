"""Drawing the agency of a contract, replaying the draw, declarations and recusals."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.agencies import declaring, drawing, queries
from models.agencies.assignment import AgencyDraw, Assignment, AssignmentKind
from models.agencies.conflicts import Bars
from models.agencies.ground import ASKED
from models.audit.timeline import timeline
from models.contracts import queries as contract_queries
from models.contracts.contract import Contract
from models.parties.organisation import Organisation
from web import asked
from web.agencies import words
from web.agencies.blueprint import draws as bp
from web.agencies.forms import declaration_form
from web.contracts.deed import Answer, carry_out, press
from web.contracts.forms import WordsForm
from web.exchange.workbook import respond
from web.guards import requires
from web.labels import label


@bp.get("/contracts/<uuid:contract_id>/evaluator")
@requires(P.EVALUATION_PLAN, load=contract_queries.contract)
def start(contract: Contract) -> str | Response:
    """Who could be drawn and who is barred today; or the draw, once there is one."""
    found = drawing.draw_of(g.db, contract.id, AssignmentKind.PRIMARY)
    if found is not None:
        return redirect(url_for(".show", draw_id=found.id), 303)
    bars = Bars(g.db, contract, g.act)
    rows = [(agency, bars.of(agency)) for agency in drawing.listed(g.db, contract, g.act)]
    signed = contract.supplier_signed_at
    return render_template(
        "agencies/start.html",
        contract=contract,
        rows=rows,
        free=sum(not reasons for _agency, reasons in rows),
        is_signed=signed is not None and signed <= g.at,
    )


@bp.post("/contracts/<uuid:contract_id>/evaluator")
@requires(P.EVALUATION_PLAN, load=contract_queries.contract)
def draw(contract: Contract) -> Response:
    """Draw."""
    return press(
        lambda: drawing.draw(g.db, contract, g.act),
        done=_("已随机抽取，机构收到了通知。申报之后才能开展评估。"),
        to=url_for(".start", contract_id=contract.id),
    )


@bp.get("/agency-draws/<uuid:draw_id>")
@requires(P.AGENCY_VIEW, load=queries.draw)
def show(draw: AgencyDraw) -> str:
    """The draw as anybody can replay it: lists, seed, order, who was barred and why."""
    live = next((each for each in draw.assignments if each.is_live), None)
    tied = Bars(g.db, draw.contract, g.act).interests(live.agency_id) if live else []
    order = drawing.order_of(draw)
    return render_template(
        "agencies/draw.html",
        draw=draw,
        order=[g.db.get_one(Organisation, key) for key in order],
        by_agency={each.agency_id: each for each in draw.assignments},
        passed={each.agency_id for each in draw.barred if each.is_passed},
        live=live,
        tied=tied,
        is_as_drawn=drawing.is_as_drawn(draw),
        events=timeline(g.db, draw, *draw.assignments),
    )


@bp.post("/agency-draws/<uuid:draw_id>/next")
@requires(P.EVALUATION_PLAN, load=queries.draw)
def again(draw: AgencyDraw) -> Response:
    """Draw the next one in the order."""
    return press(
        lambda: drawing.draw(g.db, draw.contract, g.act, kind=draw.kind),
        done=_("已按原来的顺序抽取下一家，机构收到了通知。"),
        to=url_for(".show", draw_id=draw.id),
    )


@bp.get("/assignments")
@requires(P.AGENCY_VIEW)
def list_() -> str | Response:
    """The assignments of my agency, or of my area."""
    paging = asked.paging()
    listed = queries.assignments(g.db, g.act, paging=paging)
    if asked.workbook():
        return respond(_("评估任务"), _headings(), map(_row, listed.rows))
    return render_template("agencies/assignments.html", listed=listed, paging=paging)


@bp.get("/assignments/<uuid:assignment_id>")
@requires(P.AGENCY_VIEW, load=queries.assignment)
def assignment(assignment: Assignment) -> str:
    """One assignment. A tied agency is refused, even when it was drawn (R53)."""
    if assignment.is_live:
        queries.ensure_free(g.db, assignment.contract, g.act)
    return render_template(
        "agencies/assignment.html",
        assignment=assignment,
        engagement=queries.engagement_of(g.db, assignment, g.act),
        events=timeline(g.db, assignment),
    )


@bp.route("/assignments/<uuid:assignment_id>/declaration", methods=["GET", "POST"])
@requires(P.ASSIGNMENT_DECLARE, load=queries.assignment)
def declare(assignment: Assignment) -> Answer:
    """Answer every question about the contractor."""
    form = declaration_form()
    bid = assignment.contract.award.bid
    return carry_out(
        form,
        lambda: declaring.declare(g.db, assignment, g.act, answers=form.given),
        title=_("申报利害关系"),
        button=_("申报"),
        back=(assignment.contract.reference, _page(assignment)),
        kind=assignment.contract.award.lot.tender.title,
        done=_("已申报。"),
        lead=_("问的是贵机构和参加评估的人员与承接机构、联合体成员的关系。有一项为“有”，就回避，另抽一家。"),
        template="agencies/declaration.html",
        asked=ASKED,
        contractor=bid.bid.organisation,
    )


@bp.route("/assignments/<uuid:assignment_id>/standing-aside", methods=["GET", "POST"])
@requires(P.ASSIGNMENT_DECLARE, load=queries.assignment)
def stand_aside(assignment: Assignment) -> Answer:
    """The agency gives the assignment back."""
    return _recuse(assignment, back=_page(assignment))


@bp.route("/assignments/<uuid:assignment_id>/recusal", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.assignment)
def recuse(assignment: Assignment) -> Answer:
    """The purchaser takes it back."""
    return _recuse(assignment, back=url_for(".show", draw_id=assignment.draw_id))


def _recuse(assignment: Assignment, *, back: str) -> Answer:
    form = WordsForm()
    return carry_out(
        form,
        lambda: declaring.recuse(g.db, assignment, g.act, words=form.words.data or ""),
        title=_("回避，换一家"),
        button=_("回避"),
        back=(assignment.contract.reference, back),
        kind=assignment.contract.award.lot.tender.title,
        done=_("已回避，按原来的顺序抽取下一家。"),
        lead=_("原因留在记录里。"),
        danger=True,
    )


def _page(assignment: Assignment) -> str:
    return url_for(".assignment", assignment_id=assignment.id)


def _headings() -> list[tuple[str, str]]:
    return [
        (_("合同编号"), "reference"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("任务"), "kind"),
        (_("评估机构"), "agency"),
        (_("状态"), "state"),
        (_("抽取时间"), "drawn_at"),
        (_("申报时间"), "declared_at"),
    ]


def _row(found: Assignment) -> dict[str, Any]:
    award = found.contract.award
    return {
        "reference": found.contract.reference,
        "title": award.lot.tender.title,
        "supplier": award.bid.bid.organisation.name,
        "kind": label(found.kind),
        "agency": found.agency.organisation.name,
        "state": words.assignment(found)[0],
        "drawn_at": found.drawn_at,
        "declared_at": found.declared_at,
    }
