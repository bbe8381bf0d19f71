"""The calendar of evaluations, and the plan of one contract."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.contracts import queries as contracts
from models.contracts.contract import Contract
from models.evaluations import planning, queries, reporting
from models.evaluations.board import SORTS, Wanted, board, published, row_of, unplanned
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.rulebook.stages import Stage
from models.session import transaction
from web import asked
from web.contracts.deed import Answer, carry_out, press
from web.evaluations import export
from web.evaluations.blueprint import bp
from web.evaluations.forms import MoveForm, WordsForm
from web.exchange.workbook import respond
from web.guards import public, requires


@bp.get("/evaluations")
@requires(P.EVALUATION_VIEW)
def list_() -> str | Response:
    """The evaluations that concern me, by their day."""
    sort, paging, wanted = asked.sort(SORTS, "due"), asked.paging(), _wanted()
    listed = board(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("评估安排"), export.headings(), map(export.row, listed.rows))
    waiting = unplanned(g.db, g.act)
    return render_template(
        "evaluations/list.html", listed=listed, wanted=wanted, sort=sort, paging=paging, unplanned=waiting
    )


@bp.get("/evaluation-results")
@public
def results() -> str | Response:
    """Published results, for everybody."""
    sort, paging, wanted = asked.sort(SORTS, "-published"), asked.paging(), _wanted()
    listed = published(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("评估结果"), export.headings(), map(export.row, listed.rows))
    return render_template("evaluations/results.html", listed=listed, wanted=wanted, sort=sort, paging=paging)


@bp.get("/contracts/<uuid:contract_id>/evaluations")
@requires(P.CONTRACT_VIEW, load=contracts.contract)
def of_contract(contract: Contract) -> str:
    """The evaluations of one contract, as far as they may be read."""
    found = queries.evaluations_of(g.db, contract.id)
    rows = [row_of(each, g.act) for each in found if can(g.act, P.EVALUATION_VIEW, each)]
    stale = any(
        row.phase is EvaluationPhase.PLANNED
        and row.evaluation.moved_words is None
        and planning.days(contract, row.evaluation.stage)
        != (row.evaluation.due_from, row.evaluation.due_until)
        for row in rows
    )
    return render_template(
        "evaluations/contract.html", contract=contract, rows=rows, planned=bool(found), stale=stale
    )


@bp.post("/contracts/<uuid:contract_id>/evaluations/plan")
@requires(P.EVALUATION_PLAN, load=contracts.contract)
def plan(contract: Contract) -> Answer:
    """Plan what is not planned, and compute days again."""
    return press(
        lambda: planning.plan(g.db, contract, g.act),
        done=_("评估安排已按合同期限排好。"),
        to=url_for(".of_contract", contract_id=contract.id),
    )


@bp.route("/evaluations/<uuid:evaluation_id>/days", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.evaluation)
def move(evaluation: Evaluation) -> Answer:
    """Other days for a stage."""
    form = MoveForm(data={"due_from": evaluation.due_from, "due_until": evaluation.due_until})
    return carry_out(
        form,
        lambda: planning.move(
            g.db,
            evaluation,
            g.act,
            due_from=form.due_from.data,  # type: ignore[arg-type]  # validated
            due_until=form.due_until.data,  # type: ignore[arg-type]  # validated
            words=form.words.data or "",
        ),
        title=_("调整评估日期"),
        button=_("保存"),
        back=_back(evaluation),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("日期已调整，之后不再自动重算。"),
    )


@bp.route("/evaluations/<uuid:evaluation_id>/cancellation", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.evaluation)
def cancel(evaluation: Evaluation) -> Answer:
    """Cancel a stage."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: planning.cancel(g.db, evaluation, g.act, words=form.words.data or ""),
        title=_("取消这次评估"),
        button=_("取消这次评估"),
        back=_back(evaluation),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("这次评估已取消。"),
        lead=_("取消之后不能恢复。还没有开始的才能取消。"),
        danger=True,
    )


@bp.post("/evaluations/<uuid:evaluation_id>/reassignment")
@requires(P.EVALUATION_PLAN, load=queries.evaluation)
def reassign(evaluation: Evaluation) -> Answer:
    """Hand it to the agency that was drawn instead."""
    return press(
        lambda: reporting.reassign(g.db, evaluation, g.act),
        done=_("已交给新抽取的评估机构。"),
        to=_back(evaluation)[1],
    )


@bp.post("/evaluations/<uuid:evaluation_id>/publication")
@requires(P.EVALUATION_DECIDE, load=queries.evaluation)
def publish(evaluation: Evaluation) -> Answer:
    """Publish a final report."""
    return press(
        lambda: reporting.publish(g.db, evaluation, g.act),
        done=_("评估结果已公开。"),
        to=_back(evaluation)[1],
    )


@bp.post("/evaluations/<uuid:evaluation_id>/start")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def start(evaluation: Evaluation) -> Answer:
    """The agency begins."""
    with transaction(g.db):
        reporting.start(g.db, evaluation, g.act)
    flash(_("评估已开始。"))
    return redirect(url_for(".sheet", evaluation_id=evaluation.id), 303)


def _wanted() -> Wanted:
    return Wanted(
        stage=asked.member("stage", Stage),
        phase=asked.member("phase", EvaluationPhase),
        words=asked.words(),
        overdue=asked.among("due", ("late",)) is not None,
    )


def _back(evaluation: Evaluation) -> tuple[str, str]:
    return evaluation.reference, url_for(".show", evaluation_id=evaluation.id)
