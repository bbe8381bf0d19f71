"""After the marks: the overview, corrections, the meeting, low prices, the ranking, the report."""

from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.bids.opened import OpenedBid
from models.errors import Conflict, DomainError, NotFound
from models.panels import correcting, low_prices, queries, reporting
from models.panels.marking import CorrectionGround, LowPriceQuestion, Mark, Ranking
from models.panels.overview import Row, overview
from models.panels.page import panel_page
from models.panels.panel import Panel
from models.rulebook.rule import rule
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.guards import requires
from web.panels import words
from web.panels.blueprint import bp
from web.panels.checking import find
from web.panels.desk import Answer, back, page
from web.panels.judging_forms import AskForm, ConsensusForm, CorrectForm, DecideForm
from web.panels.report_paper import report_paper
from web.papers.download import download


@bp.get("/<uuid:panel_id>/marks")
@requires(Permission.PANEL_VIEW, load=queries.panel)
def marks(panel: Panel) -> Answer:
    """All marks, once all are in."""
    rows = overview(g.db, panel, g.act)
    if asked.workbook():
        return respond(_("评分汇总"), headings(panel), [sheet_row(row, panel) for row in rows])
    return render_template(
        "panels/marks.html", panel=panel, tender=panel.tender, rows=rows, form=ConsensusForm(formdata=None)
    )


@bp.post("/<uuid:panel_id>/consensus")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def consensus(panel: Panel) -> Answer:
    """Record the meeting."""
    form = ConsensusForm()
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                correcting.record_consensus(g.db, panel, g.act, words=form.words.data)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("已记录合议情况。"))
            return back(panel, "meeting")
    rows = overview(g.db, panel, g.act)
    return render_template(
        "panels/marks.html", panel=panel, tender=panel.tender, rows=rows, form=form
    ), status


@bp.route("/<uuid:panel_id>/marks/<uuid:mark_id>", methods=["GET", "POST"])
@requires(Permission.PANEL_MAKE, load=queries.panel)
def correct(panel: Panel, mark_id: UUID) -> Answer:
    """Put a mark right."""
    row, mark = _mark(panel, mark_id)
    form = CorrectForm()
    if not form.is_submitted():
        return _correct(panel, row, mark, form)
    if not form.validate():
        return _correct(panel, row, mark, form), 422
    ground = CorrectionGround(form.ground.data)
    try:
        with transaction(g.db):
            correcting.correct(
                g.db, mark, g.act, ground=ground, points=form.points.data, words=form.words.data
            )
    except DomainError as error:
        form.refuse(error)
        return _correct(panel, row, mark, form), error.status
    flash(_("已更正，原来的分数留在记录里。"))
    return redirect(url_for(".marks", panel_id=panel.id), 303)


@bp.route("/<uuid:panel_id>/prices/<uuid:opened_id>", methods=["GET", "POST"])
@requires(Permission.PANEL_MAKE, load=queries.panel)
def price(panel: Panel, opened_id: UUID) -> Answer:
    """One price: ask about it, or decide."""
    bid = find(panel, opened_id)
    question = g.db.get(LowPriceQuestion, bid.bid_id)
    least = rule("R29").number("minutes")
    form = AskForm(minutes=least) if question is None else DecideForm()
    if not form.is_submitted():
        return _price(panel, bid, question, form)
    if not form.validate():
        return _price(panel, bid, question, form), 422
    try:
        with transaction(g.db):
            if question is None:
                low_prices.ask(g.db, bid, panel, g.act, minutes=form["minutes"].data)
            else:
                accepted = form["accepted"].data == "yes"
                low_prices.decide(g.db, question, panel, g.act, accepted=accepted, words=form["words"].data)
    except DomainError as error:
        form.refuse(error)
        return _price(panel, bid, question, form), error.status
    flash(_("已请供应商说明报价。") if question is None else _("已记录决定。"))
    return back(panel, "prices")


@bp.post("/<uuid:panel_id>/rank/<int:number>")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def rank(panel: Panel, number: int) -> Answer:
    """Rank a lot."""
    lot = next((each for each in panel.tender.lots if each.number == number), None)
    if lot is None:
        raise NotFound("not_found")
    try:
        with transaction(g.db):
            reporting.rank(g.db, lot, g.act)
    except DomainError as error:
        return page(panel, error=error), error.status
    flash(_("已排出名次，可以重新计算核对。"))
    return back(panel, "ranking")


@bp.post("/<uuid:panel_id>/report")
@requires(Permission.PANEL_MAKE, load=queries.panel)
def report(panel: Panel) -> Answer:
    """Hand in the report."""
    try:
        with transaction(g.db):
            reporting.report(g.db, panel.tender, g.act)
    except DomainError as error:
        return page(panel, error=error), error.status
    flash(_("评审报告已提交采购人。"))
    return back(panel)


@bp.get("/<uuid:panel_id>/report.<any(docx,pdf):form>")
@requires(Permission.PANEL_VIEW, load=queries.panel)
def report_file(panel: Panel, form: str) -> Response:
    """The report as a paper, in Chinese."""
    if panel.tender.reported_at is None:
        raise Conflict("report_not_handed_in")
    made = report_paper(panel_page(g.db, panel, g.act), overview(g.db, panel, g.act))
    return download(made, f"{panel.tender.reference} 评审报告", form)


@bp.get("/rankings/<uuid:ranking_id>/question")
@requires(Permission.PANEL_VIEW, load=queries.ranking)
def question(ranking: Ranking) -> Response:
    """The bytes `duijie rank` reads."""
    return _file(ranking, "question", ranking.question)


@bp.get("/rankings/<uuid:ranking_id>/answer")
@requires(Permission.PANEL_VIEW, load=queries.ranking)
def answer(ranking: Ranking) -> Response:
    """The bytes it writes."""
    return _file(ranking, "answer", ranking.answer)


def _file(ranking: Ranking, part: str, content: str) -> Response:
    name = f"{ranking.lot.tender.reference}-{ranking.lot.number}-{part}.json"
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.encode(), mimetype="application/json", headers=named)


def headings(panel: Panel) -> list[tuple[str, str]]:
    """The columns of all marks."""
    seats = enumerate(panel.seated, 1)
    return [
        (_("投标人"), "bid"),
        (_("评分因素"), "criterion"),
        (_("满分"), "weight"),
        *((words.member_name(number), str(member.id)) for number, member in seats),
        (_("中位数"), "median"),
    ]


def sheet_row(row: Row, panel: Panel) -> dict[str, Any]:
    """One bid by one criterion."""
    return {
        "bid": words.alias(row.bid, len(panel.tender.lots)),
        "criterion": row.criterion.title,
        "weight": row.criterion.weight,
        "median": row.median,
        **{str(mark.member_id): mark.points for mark in row.marks},
    }


def _mark(panel: Panel, mark_id: UUID) -> tuple[Row, Mark]:
    """A mark of the overview, and the marks beside it."""
    for row in overview(g.db, panel, g.act):
        for mark in row.marks:
            if mark.id == mark_id:
                return row, mark
    raise NotFound("not_found")


def _correct(panel: Panel, row: Row, mark: Mark, form: CorrectForm) -> str:
    return render_template("panels/correct.html", panel=panel, row=row, mark=mark, form=form)


def _price(
    panel: Panel, bid: OpenedBid, question: LowPriceQuestion | None, form: AskForm | DecideForm
) -> str:
    reviewed = low_prices.review(g.db, bid.bid.lot, panel) if panel.tender.priced_at else []
    found = next((each for each in reviewed if each.bid is bid), None)
    return render_template(
        "panels/price.html", panel=panel, bid=bid, question=question, form=form, reviewed=found
    )
