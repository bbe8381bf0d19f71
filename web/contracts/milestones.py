"""One milestone: reported by the supplier, returned or accepted with its users, invoiced, paid."""

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.contracts import performing, queries
from models.contracts.contract import ContractMilestone
from models.contracts.contract_page import milestone_row
from models.contracts.lifecycle import contract_phase_at
from models.rectifications import paying
from models.rectifications.deducting import deductions
from web.contracts import words
from web.contracts.deed import Answer, carry_out, press
from web.contracts.forms import AcceptForm, PayForm, WordsForm
from web.format import as_written
from web.guards import requires

bp = Blueprint("milestones", __name__, url_prefix="/milestones")


@bp.get("/<uuid:milestone_id>")
@requires(P.CONTRACT_VIEW, load=queries.milestone)
def show(milestone: ContractMilestone) -> str:
    """One milestone."""
    return render_template(
        "contracts/milestone.html",
        row=milestone_row(milestone, g.act),
        contract_phase=contract_phase_at(milestone.contract, g.act.at),
        off=deductions(g.db, milestone.contract, g.act),
        words=words,
        events=timeline(g.db, milestone),
    )


@bp.route("/<uuid:milestone_id>/report", methods=["GET", "POST"])
@requires(P.CONTRACT_PERFORM, load=queries.milestone)
def report(milestone: ContractMilestone) -> Answer:
    """The supplier reports."""
    form = WordsForm(data={"words": milestone.report})
    form.words.label.text = _("做了什么、做到什么程度")
    return carry_out(
        form,
        lambda: performing.report(g.db, milestone, g.act, words=form.words.data or ""),
        title=_("报告这一期"),
        button=_("报告，请采购人验收"),
        back=(as_written(milestone.title), _page(milestone)),
        done=_("已报告，采购人收到了通知。"),
        lead=_("对照合同里的成果来写：人次、场次、记录在哪里。"),
    )


@bp.route("/<uuid:milestone_id>/return", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.milestone)
def return_(milestone: ContractMilestone) -> Answer:
    """The purchaser gives the report back."""
    form = WordsForm()
    form.words.label.text = _("要补充什么")
    return carry_out(
        form,
        lambda: performing.return_(g.db, milestone, g.act, words=form.words.data or ""),
        title=_("退回补充"),
        button=_("退回"),
        back=(as_written(milestone.title), _page(milestone)),
        done=_("已退回，供应商收到了通知。"),
    )


@bp.route("/<uuid:milestone_id>/acceptance", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.milestone)
def accept(milestone: ContractMilestone) -> Answer:
    """Accept it with its users."""
    form = AcceptForm()
    return carry_out(
        form,
        lambda: performing.accept(g.db, milestone, g.act, users=form.opinion, words=form.words.data or ""),
        title=_("验收"),
        button=_("验收通过"),
        back=(as_written(milestone.title), _page(milestone)),
        done=_("已验收，结果已公开，供应商可以开票。"),
        lead=_("服务对象的意见和人数会公开。"),
    )


@bp.post("/<uuid:milestone_id>/invoice")
@requires(P.CONTRACT_PERFORM, load=queries.milestone)
def invoice(milestone: ContractMilestone) -> Answer:
    """The supplier hands in the invoice."""
    return press(
        lambda: performing.invoice(g.db, milestone, g.act),
        done=_("已登记开票，采购人应在三十日内付款。"),
        to=_page(milestone),
    )


@bp.route("/<uuid:milestone_id>/payment", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.milestone)
def pay(milestone: ContractMilestone) -> Answer:
    """It is paid: its price, less what decisions have taken off it."""
    off = deductions(g.db, milestone.contract, g.act)
    form = PayForm(data={"amount": off.due(milestone)})
    return carry_out(
        form,
        lambda: paying.pay(g.db, milestone, g.act, amount=form.amount.data),
        title=_("登记付款"),
        button=_("登记已付款"),
        back=(as_written(milestone.title), _page(milestone)),
        done=_("付款已登记。"),
        template="contracts/payment.html",
        milestone=milestone,
        off=off,
    )


def _page(milestone: ContractMilestone) -> str:
    return url_for("milestones.show", milestone_id=milestone.id)
