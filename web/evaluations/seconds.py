"""Marking again by a second agency that sees the evidence, but neither marks nor score; and the review."""

from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.evaluations import proving, queries, rescoring
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import report_of, score_of
from models.evaluations.indicator_sets import indicators_of
from models.evaluations.lifecycle import rescore_phase_at
from models.evaluations.rescore import Rescore, RescorePhase, ScoreStanding
from models.evaluations.sheet import ReportKind
from models.session import transaction
from web.contracts.deed import Answer, carry_out, press
from web.evaluations.blueprint import bp
from web.evaluations.forms import ReviewForm, WordsForm
from web.evaluations.sheet_form import SheetForm, sheet_form
from web.evaluations.sheets import asked_of, keep, kept, proofs_by_item
from web.evaluations.showing import evidence_file
from web.guards import requires


@bp.route("/evaluations/<uuid:evaluation_id>/rescore", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.evaluation)
def order_rescore(evaluation: Evaluation) -> Answer:
    """Have it marked again by hand, with the reason."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: rescoring.order(g.db, evaluation, g.act, words=form.words.data or ""),
        title=_("安排复评"),
        button=_("安排复评"),
        back=(evaluation.reference, url_for(".show", evaluation_id=evaluation.id)),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("已列入复评。请为这份合同抽取复评机构。"),
        lead=_("复评由另一家机构盲评，交来之前不能公开结果。单独安排的不算在抽样里，请写明为什么要复评。"),
    )


@bp.post("/evaluations/<uuid:evaluation_id>/rescore/draw")
@requires(P.EVALUATION_PLAN, load=queries.evaluation)
def draw_rescore(evaluation: Evaluation) -> Answer:
    """Draw the agency that marks again."""
    return press(
        lambda: rescoring.draw(g.db, evaluation, g.act),
        done=_("已随机抽取复评机构，机构收到了通知。"),
        to=url_for(".show", evaluation_id=evaluation.id),
    )


@bp.get("/rescores/<uuid:rescore_id>")
@requires(P.EVALUATION_MARK, load=queries.rescore)
def rescore(rescore: Rescore) -> str:
    """The second sheet."""
    return _sheet(rescore, _form(rescore, formdata=None))


@bp.post("/rescores/<uuid:rescore_id>")
@requires(P.EVALUATION_MARK, load=queries.rescore)
def save_rescore(rescore: Rescore) -> Any:
    """Keep the second sheet."""
    form = _form(rescore)
    status = keep(form, lambda: rescoring.save(g.db, rescore, g.act, given=form.given, sent=form.sent))
    to = url_for(".rescore", rescore_id=rescore.id)
    return kept(form, status, to) or (_sheet(rescore, form), status)


@bp.post("/rescores/<uuid:rescore_id>/submission")
@requires(P.EVALUATION_MARK, load=queries.rescore)
def submit_rescore(rescore: Rescore) -> Answer:
    """Hand the second sheet in."""
    with transaction(g.db):
        rescoring.submit(g.db, rescore, g.act)
    flash(_("复评已提交。"))
    return redirect(url_for(".rescore", rescore_id=rescore.id), 303)


@bp.get("/rescores/<uuid:rescore_id>/evidence/<uuid:evaluation_evidence_id>")
@requires(P.EVALUATION_MARK, load=queries.rescore)
def rescore_evidence(rescore: Rescore, evaluation_evidence_id: UUID) -> Response:
    """A file the first agency has gathered."""
    return evidence_file(rescore.evaluation, evaluation_evidence_id)


@bp.route("/rescores/<uuid:rescore_id>/review", methods=["GET", "POST"])
@requires(P.EVALUATION_DECIDE, load=queries.decided_rescore)
def review(rescore: Rescore) -> Answer:
    """Which score stands."""
    form = ReviewForm()
    evaluation = rescore.evaluation
    reports = {kind: report_of(g.db, evaluation, kind) for kind in (ReportKind.FINAL, ReportKind.RESCORE)}
    scores = [score_of(report) if report else None for report in reports.values()]
    return carry_out(
        form,
        lambda: rescoring.review(
            g.db, rescore, g.act, stands=ScoreStanding(form.stands.data), words=form.words.data or ""
        ),
        title=_("复评差距审查"),
        button=_("决定"),
        back=(evaluation.reference, url_for(".show", evaluation_id=evaluation.id)),
        kind=evaluation.contract.award.lot.tender.title,
        done=_("已决定，两家评估机构都收到了通知。"),
        template="evaluations/review.html",
        rescore=rescore,
        evaluation=evaluation,
        scores=scores,
    )


@bp.route("/rescores/<uuid:rescore_id>/waiver", methods=["GET", "POST"])
@requires(P.EVALUATION_DECIDE, load=queries.decided_rescore)
def waive(rescore: Rescore) -> Answer:
    """Do without a second sheet."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: rescoring.waive(g.db, rescore, g.act, words=form.words.data or ""),
        title=_("不再等复评"),
        button=_("不再等复评"),
        back=(
            rescore.evaluation.reference,
            url_for(".show", evaluation_id=rescore.evaluation_id),
        ),
        kind=rescore.evaluation.contract.award.lot.tender.title,
        done=_("已记下，这次评估不再等复评。"),
        danger=True,
    )


def _form(rescore: Rescore, **options: Any) -> SheetForm:
    return sheet_form(asked_of(rescore.evaluation), rescore, rescoring.marks_of(g.db, rescore), **options)


def _sheet(rescore: Rescore, form: SheetForm) -> str:
    evaluation = rescore.evaluation
    return render_template(
        "evaluations/sheet.html",
        evaluation=evaluation,
        holder=rescore,
        form=form,
        action=url_for(".save_rescore", rescore_id=rescore.id),
        indicators=indicators_of(evaluation.indicator_set),
        proofs=proofs_by_item(evaluation),
        visits=proving.visits_of(g.db, evaluation),
        may=rescore_phase_at(rescore, g.at) is RescorePhase.ORDERED,
        second=True,
    )
