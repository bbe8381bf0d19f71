"""The contractor's page: the draft, item by item, with room for an answer to each."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.errors import DomainError
from models.evaluations import answering, queries
from models.evaluations.contesting import contests_of
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.marking import vetoes_of
from models.evaluations.page import evaluation_page
from models.session import transaction
from web.contracts.deed import Answer
from web.evaluations.blueprint import bp
from web.evaluations.sheet_form import answer_form
from web.evaluations.sheets import asked_of
from web.form import Form
from web.guards import requires


@bp.get("/evaluations/<uuid:evaluation_id>/answers")
@requires(P.EVALUATION_ANSWER, load=queries.evaluation)
def answers(evaluation: Evaluation) -> str:
    """What we say of the draft."""
    return _page(evaluation, _form(evaluation))


@bp.post("/evaluations/<uuid:evaluation_id>/answers")
@requires(P.EVALUATION_ANSWER, load=queries.evaluation)
def give_answers(evaluation: Evaluation) -> Answer:
    """Keep the answers; with `done` there is nothing more to say."""
    form: Any = _form(evaluation)
    done = request.form.get("done") == "yes"
    if not form.validate():
        return _page(evaluation, form), 422
    words = {item.code: form[f"words_{item.code}"].data or "" for item in asked_of(evaluation)}
    vetoes = {code: form[f"veto_{code}"].data or "" for code in vetoes_of(g.db, evaluation)}
    try:
        with transaction(g.db):
            answering.answer(g.db, evaluation, g.act, words=words, vetoes=vetoes, done=done)
    except DomainError as error:
        form.refuse(error)
        return _page(evaluation, form), error.status
    flash(_("已答复完毕，评估机构收到了通知。") if done else _("意见已保存，期满之前还可以改。"))
    where = ".show" if done else ".answers"
    return redirect(url_for(where, evaluation_id=evaluation.id), 303)


def _form(evaluation: Evaluation) -> Form:
    said = {code: each.words for code, each in answering.answers_of(g.db, evaluation).items()}
    contested = {code: each.words for code, each in contests_of(g.db, evaluation).items()}
    return answer_form(asked_of(evaluation), said, vetoes_of(g.db, evaluation), contested)


def _page(evaluation: Evaluation, form: Form) -> str:
    page = evaluation_page(g.db, evaluation, g.act)
    may = page.phase is EvaluationPhase.DRAFTED
    return render_template("evaluations/answers.html", page=page, form=form, may=may)
