"""The evaluator's pages: the sheet, evidence, visits and vetoes, the report and the replies."""

from typing import Any
from uuid import UUID

from flask import flash, g, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import DomainError, NotFound
from models.evaluations import answering, marking, queries, reporting
from models.evaluations.compiling import scored
from models.evaluations.contesting import contests_of
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import report_of
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.lifecycle import phase_at
from models.evaluations.proving import evidence_of
from models.evaluations.sheet import ReportKind
from models.scoring.indicators import Item
from models.session import transaction
from web.contracts.deed import Answer, carry_out
from web.evaluations import words
from web.evaluations.blueprint import bp
from web.evaluations.forms import SummaryForm, VetoForm
from web.evaluations.registered import Registered
from web.evaluations.sheet_form import SheetForm, given_of, reply_form, sheet_form
from web.guards import requires
from web.needs.writing import wants_json


@bp.get("/evaluations/<uuid:evaluation_id>/sheet")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def sheet(evaluation: Evaluation) -> str:
    """The marking sheet: one page, for a tablet in the field."""
    register = Registered(evaluation)
    return _sheet(evaluation, _form(evaluation, register, formdata=None), register)


@bp.post("/evaluations/<uuid:evaluation_id>/sheet")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def save(evaluation: Evaluation) -> Any:
    """Keep the sheet."""
    register = Registered(evaluation)
    form = _form(evaluation, register)
    to = url_for(".report", evaluation_id=evaluation.id)
    status = keep(form, lambda: marking.save(g.db, evaluation, g.act, given=form.given, sent=form.sent))
    return kept(form, status, to) or (_sheet(evaluation, form, register), status)


def keep(form: SheetForm, verb: Any) -> int:
    """Carry out a saving; what is refused stands beside its field."""
    if not form.validate():
        return 422
    try:
        with transaction(g.db):
            verb()
    except DomainError as error:
        form.refuse(error)
        return error.status
    return 200


def kept(form: SheetForm, status: int, to: str) -> Any:
    """The answer to a sheet: a browser that keeps it is told where to go on; None: show the page again."""
    if wants_json():
        return jsonify(next=to) if status == 200 else (jsonify(errors=form.errors), status)
    if status != 200:
        return None
    flash(_("评分表已保存。"))
    return redirect(to, 303)


@bp.route("/evaluations/<uuid:evaluation_id>/vetoes", methods=["GET", "POST"])
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def vetoes(evaluation: Evaluation) -> Answer:
    """Find or lift a veto."""
    indicators = indicators_of(evaluation.indicator_set)
    found = marking.vetoes_of(g.db, evaluation)
    form = VetoForm()
    form.code.choices = [(each.code, words.title(each)) for each in indicators.vetoes]
    return carry_out(
        form,
        lambda: marking.veto(g.db, evaluation, g.act, code=form.code.data or "", words=form.words.data or ""),
        title=_("一票否决项"),
        button=_("保存"),
        back=(evaluation.reference, url_for(".report", evaluation_id=evaluation.id)),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("已保存。"),
        lead=_("有一项查实，等级就是不合格，分数照记。请写明事实，机构可以答复。"),
        template="evaluations/vetoes.html",
        found=[(words.title(each), found[each.code]) for each in indicators.vetoes if each.code in found],
    )


@bp.get("/evaluations/<uuid:evaluation_id>/report")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def report(evaluation: Evaluation) -> str:
    """The report as it would be handed over now, or made final."""
    return _report(evaluation, SummaryForm(formdata=None, data={"summary": evaluation.summary}))


@bp.post("/evaluations/<uuid:evaluation_id>/draft")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def draft(evaluation: Evaluation) -> Answer:
    """Hand the draft to the contractor."""
    return _hand_over(evaluation, reporting.draft, _("报告初稿已交给机构，机构有五个工作日答复。"))


@bp.post("/evaluations/<uuid:evaluation_id>/final")
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def finalise(evaluation: Evaluation) -> Answer:
    """Make the report final."""
    return _hand_over(evaluation, reporting.finalise, _("报告已定稿，等采购人公开。"))


@bp.route("/evaluations/<uuid:evaluation_id>/replies/<uuid:item_answer_id>", methods=["GET", "POST"])
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def reply(evaluation: Evaluation, item_answer_id: UUID) -> Answer:
    """Reply to what the contractor says of one item."""
    answer = queries.answer(g.db, evaluation, item_answer_id)
    if answer is None:
        raise NotFound("not_found")
    item = answering.item_of(evaluation, answer.item_code)
    form: Any = reply_form(item, marking.marks_of(g.db, evaluation).get(item.code), answer.reply_words)
    given = given_of(form, item) if item.kind in marking.FILLED_IN else None
    return carry_out(
        form,
        lambda: answering.reply(g.db, answer, g.act, words=form.reply.data or "", given=given),
        title=_("答复机构的意见"),
        button=_("保存答复"),
        back=(evaluation.reference, url_for(".report", evaluation_id=evaluation.id)),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("答复已保存。"),
        template="evaluations/reply.html",
        answer=answer,
        item=item,
    )


def _hand_over(evaluation: Evaluation, verb: Any, done: str) -> Answer:
    form = SummaryForm()
    status = 200 if form.validate() else 422
    if status == 200:
        try:
            with transaction(g.db):
                verb(g.db, evaluation, g.act, summary=form.summary.data or "")
        except DomainError as error:
            form.refuse(error)
            status = error.status
    if status != 200:
        return _report(evaluation, form), status
    flash(done)
    return _to(evaluation)


def _to(evaluation: Evaluation) -> Response:
    return redirect(url_for(".show", evaluation_id=evaluation.id), 303)


def _report(evaluation: Evaluation, form: SummaryForm) -> str:
    answers, contests = answering.answers_of(g.db, evaluation), contests_of(g.db, evaluation)
    phase = phase_at(evaluation, g.at)
    return render_template(
        "evaluations/report.html",
        evaluation=evaluation,
        phase=phase,
        score=scored(g.db, evaluation, g.act),
        answers=answers,
        contests=contests,
        unreplied=[each for each in (*answers.values(), *contests.values()) if each.replied_at is None],
        form=form,
        draft=report_of(g.db, evaluation, ReportKind.DRAFT),
        until=reporting.answer_until(g.at),
    )


def asked_of(evaluation: Evaluation) -> list[Item]:
    """The items of its stage."""
    return indicators_of(evaluation.indicator_set).asked(evaluation.stage)


def _form(evaluation: Evaluation, register: Registered, **options: Any) -> SheetForm:
    marks = marking.marks_of(g.db, evaluation)
    is_open = phase_at(evaluation, g.at) is EvaluationPhase.STARTED
    proposed = register.proposed if is_open else {}
    return sheet_form(asked_of(evaluation), evaluation, marks, proposed, **options)


def _sheet(evaluation: Evaluation, form: SheetForm, register: Registered) -> str:
    return render_template(
        "evaluations/sheet.html",
        evaluation=evaluation,
        holder=evaluation,
        form=form,
        action=url_for(".save", evaluation_id=evaluation.id),
        indicators=indicators_of(evaluation.indicator_set),
        proofs=proofs_by_item(evaluation),
        register=register,
        may=phase_at(evaluation, g.at) is EvaluationPhase.STARTED,
        second=False,
    )


def proofs_by_item(evaluation: Evaluation) -> dict[str, list[Any]]:
    """The evidence by the item it is for."""
    found: dict[str, list[Any]] = {}
    for each in evidence_of(g.db, evaluation):
        found.setdefault(each.item_code, []).append(each)
    return found
