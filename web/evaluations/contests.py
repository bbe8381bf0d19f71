"""The evaluator's reply to a veto that the contractor contests."""

from uuid import UUID

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.errors import NotFound
from models.evaluations import contesting, queries
from models.evaluations.evaluation import Evaluation
from models.evaluations.indicator_sets import indicators_of
from web.contracts.deed import Answer, carry_out
from web.evaluations import words
from web.evaluations.blueprint import bp
from web.evaluations.forms import UpholdForm
from web.guards import requires


@bp.route("/evaluations/<uuid:evaluation_id>/veto-replies/<uuid:veto_answer_id>", methods=["GET", "POST"])
@requires(P.EVALUATION_MARK, load=queries.own_evaluation)
def reply_veto(evaluation: Evaluation, veto_answer_id: UUID) -> Answer:
    """Uphold the veto, or withdraw it, with the reason."""
    answer = queries.contest(g.db, evaluation, veto_answer_id)
    if answer is None:
        raise NotFound("not_found")
    stands = {None: None, True: "yes", False: "no"}[answer.upheld]
    form = UpholdForm(data={"upheld": stands, "reply": answer.reply_words})
    return carry_out(
        form,
        lambda: contesting.reply(
            g.db, answer, g.act, upheld=form.upheld.data == "yes", words=form.reply.data or ""
        ),
        title=_("答复机构对一票否决项的意见"),
        button=_("保存答复"),
        back=(evaluation.reference, url_for(".report", evaluation_id=evaluation.id)),
        done=_("答复已保存。"),
        lead=_("机构在答复期里提了意见，要写明理由才能定稿。"),
        template="evaluations/contest.html",
        answer=answer,
        veto=words.veto_title(indicators_of(evaluation.indicator_set), answer.code),
    )
