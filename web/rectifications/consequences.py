"""What follows from an evaluation: decisions with their reasons, appeals, and somebody else's answer."""

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.evaluations.evaluation import Evaluation
from models.evaluations.queries import evaluation as load_evaluation
from models.rectifications import deciding, queries
from models.rectifications.consequence import Consequence
from models.rectifications.deducting import deductions, unpaid
from models.rectifications.lifecycle import consequence_phase_at
from web import asked
from web.contracts.deed import Answer, carry_out
from web.contracts.forms import WordsForm
from web.exchange.workbook import respond
from web.guards import requires
from web.rectifications import sheet, words
from web.rectifications.forms import ConsequenceForm, ReviewForm

bp = Blueprint("consequences", __name__)


@bp.get("/consequences")
@requires(P.CONSEQUENCE_VIEW)
def list_() -> str | Response:
    """The consequences I may see: of my area, or of my organisation."""
    found = queries.consequences(g.db, g.act)
    if asked.workbook():
        rows = [sheet.consequence(each, g.act.at) for each in found]
        return respond(_("评估后的决定"), sheet.consequence_headings(), rows)
    return render_template("rectifications/consequences.html", found=found, words=words, phase_at=_phase)


@bp.get("/consequences/<uuid:consequence_id>")
@requires(P.CONSEQUENCE_VIEW, load=queries.consequence)
def show(consequence: Consequence) -> str:
    """One decision."""
    contract = consequence.evaluation.contract
    return render_template(
        "rectifications/consequence.html",
        consequence=consequence,
        phase=_phase(consequence),
        off=[each for each in deductions(g.db, contract, g.act).taken if each.consequence is consequence],
        rectification=queries.rectification_of(g.db, consequence.evaluation_id),
        words=words,
        events=timeline(g.db, consequence),
    )


@bp.route("/evaluations/<uuid:evaluation_id>/consequence", methods=["GET", "POST"])
@requires(P.CONSEQUENCE_DECIDE, load=load_evaluation)
def new(evaluation: Evaluation) -> Answer:
    """A decision."""
    form = ConsequenceForm().offer(evaluation.contract)
    return carry_out(
        form,
        lambda: deciding.decide(
            g.db,
            evaluation,
            g.act,
            kind=form.chosen,
            reasons=form.reasons.data or "",
            terms=form.terms.data or "",
            amount=form.amount.data,
            milestone=form.taken_off(evaluation.contract),
        ),
        title=_("作出处理决定"),
        button=_("作出决定，通知机构"),
        back=(evaluation.contract.reference, url_for("contracts.show", contract_id=evaluation.contract_id)),
        done=_("决定已作出，机构收到了通知，可以申诉。"),
        to=_address,
        lead=_("每个决定都要写明理由。任何决定都不会限制机构以后投标，只有法律规定的机关才能这样做。"),
        template="rectifications/decide.html",
        evaluation=evaluation,
        unpaid=unpaid(g.db, evaluation.contract, g.act),
        hints=words.HINTS,
    )


@bp.route("/consequences/<uuid:consequence_id>/appeal", methods=["GET", "POST"])
@requires(P.CONSEQUENCE_APPEAL, load=queries.consequence)
def appeal(consequence: Consequence) -> Answer:
    """The organisation appeals."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: deciding.appeal(g.db, consequence, g.act, words=form.words.data or ""),
        title=_("提出申诉"),
        button=_("提出申诉"),
        back=(_("评估后的决定"), _address(consequence)),
        done=_("申诉已提出，由作出决定的人以外的人决定。"),
        lead=_("写明哪里不符合事实、依据是什么。每个决定可以申诉一次。"),
    )


@bp.route("/consequences/<uuid:consequence_id>/review", methods=["GET", "POST"])
@requires(P.CONSEQUENCE_REVIEW, load=queries.consequence)
def review(consequence: Consequence) -> Answer:
    """Somebody else decides the appeal."""
    form = ReviewForm()
    return carry_out(
        form,
        lambda: deciding.review(
            g.db, consequence, g.act, lifted=form.lifted.data == "yes", words=form.words.data or ""
        ),
        title=_("决定申诉"),
        button=_("作出决定"),
        back=(_("评估后的决定"), _address(consequence)),
        done=_("申诉的决定已作出，机构和采购人收到了通知。"),
        lead=_("原来作决定的人不能决定这件申诉。"),
        template="rectifications/review.html",
        consequence=consequence,
    )


def _phase(consequence: Consequence) -> object:
    return consequence_phase_at(consequence, g.act.at)


def _address(consequence: Consequence) -> str:
    return url_for("consequences.show", consequence_id=consequence.id)
