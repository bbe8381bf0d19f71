"""The contract and fee of an evaluation, on pages of their own: apart from the result."""

from decimal import Decimal

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.agencies import engaging, queries
from models.agencies.assignment import Assignment
from models.agencies.engagement import Engagement
from web.agencies.blueprint import draws as bp
from web.agencies.forms import FeeForm, PaymentForm
from web.contracts.deed import Answer, carry_out
from web.guards import requires


@bp.route("/assignments/<uuid:assignment_id>/engagement", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.assignment)
def engage(assignment: Assignment) -> Answer:
    """What was agreed with the agency."""
    form = FeeForm()
    return carry_out(
        form,
        lambda: engaging.engage(
            g.db,
            assignment,
            g.act,
            fee=form.fee.data or Decimal(0),
            agreed_on=form.agreed_on.data,
            words=form.words.data or "",
        ),
        title=_("登记委托合同和费用"),
        button=_("登记"),
        back=(assignment.contract.reference, _page(assignment)),
        kind=assignment.contract.award.lot.tender.title,
        done=_("已登记。"),
        lead=_("费用由采购人付，与评估结果无关，登记之后不能改。承接机构和社区看不到。"),
    )


@bp.route("/engagements/<uuid:engagement_id>/payment", methods=["GET", "POST"])
@requires(P.EVALUATION_PLAN, load=queries.engagement)
def pay(engagement: Engagement) -> Answer:
    """When the fee was paid."""
    form = PaymentForm()
    return carry_out(
        form,
        lambda: engaging.pay(g.db, engagement, g.act, paid_on=form.paid_on.data),
        title=_("登记费用支付"),
        button=_("登记"),
        back=(engagement.assignment.contract.reference, _page(engagement.assignment)),
        kind=engagement.assignment.contract.award.lot.tender.title,
        done=_("已登记。"),
    )


def _page(assignment: Assignment) -> str:
    return url_for(".assignment", assignment_id=assignment.id)
