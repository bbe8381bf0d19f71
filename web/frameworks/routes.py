"""The live agreements and each of them for everybody; concluding, calling off and ending for officials."""

from typing import Any
from uuid import UUID

from flask import Blueprint, g, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.contracts import queries as contracts
from models.errors import NotFound
from models.frameworks import queries
from models.frameworks.agreeing import agree as conclude
from models.frameworks.agreeing import end as end_agreement
from models.frameworks.agreement import FrameworkAgreement, FrameworkSupplier
from models.frameworks.calling_off import call_off as give
from models.paging import EVERYTHING
from models.tenders.lot import Lot
from web import asked
from web.contracts import words
from web.contracts.deed import Answer, carry_out
from web.contracts.forms import WordsForm
from web.exchange.workbook import respond
from web.frameworks.forms import AgreeForm, CallOffForm
from web.guards import public, requires
from web.labels import label

bp = Blueprint("frameworks", __name__, url_prefix="/frameworks")


@bp.get("")
@public
def list_() -> str | Response:
    """The agreements that can be called off from now."""
    if asked.workbook():
        found = queries.live(g.db, g.act, paging=EVERYTHING).rows
        rows = [_row(each, supplier) for each in found for supplier in each.suppliers]
        return respond(_("框架协议"), _headings(), rows)
    paging = asked.paging()
    listed = queries.live(g.db, g.act, paging=paging)
    return render_template("frameworks/list.html", listed=listed, paging=paging)


@bp.get("/<uuid:framework_id>")
@requires(P.TENDER_VIEW, load=queries.agreement)
def show(agreement: FrameworkAgreement) -> str:
    """One agreement, with what its users said."""
    page = queries.agreement_page(g.db, agreement, g.act)
    return render_template("frameworks/show.html", page=page, words=words)


@bp.route("/lots/<uuid:awarded_lot_id>", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=contracts.lot)
def agree(lot: Lot) -> Answer:
    """Conclude the agreement of a lot."""
    form = AgreeForm()
    return carry_out(
        form,
        lambda: conclude(
            g.db,
            lot,
            g.act,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            url=form.url.data or "",
            published_on=form.published_on.data,
        ),
        title=_("订立框架协议"),
        button=_("订立，并通知所有投标人"),
        back=(_("确定结果"), url_for("awards.desk", result_id=lot.tender_id)),
        done=_("框架协议已订立。"),
        to=_page,
        lead=_("按评审名次入围，至少淘汰两成、至少一家（R47）。单价由报价除以数量得出。"),
    )


@bp.route("/<uuid:framework_id>/call-off", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE)
def call_off(framework_id: UUID) -> Answer:
    """Give a need to a supplier: also for those below the purchaser who concluded the agreement."""
    agreement = queries.own_agreement(g.db, framework_id, g.act)
    if agreement is None:
        raise NotFound("not_found")
    form = CallOffForm().offer(agreement, queries.callable_needs(g.db, agreement, g.act))
    return carry_out(
        form,
        lambda: give(g.db, form.chosen_supplier, g.act, need=form.chosen_need, order=form.order),
        title=_("从框架协议采购"),
        button=_("确定成交"),
        back=(agreement.reference, _page(agreement)),
        done=_("已确定成交，供应商收到了通知。请登记成交公告，然后拟订合同。"),
        to=lambda award: url_for("awards.desk", result_id=award.lot.tender_id),
        lead=_("不再另行竞争。谁选的、为什么选，会和成交结果一起公开（R47）。"),
        template="frameworks/call_off.html",
        agreement=agreement,
    )


@bp.route("/<uuid:framework_id>/end", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=queries.agreement)
def end(agreement: FrameworkAgreement) -> Answer:
    """End an agreement before its time."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: end_agreement(g.db, agreement, g.act, words=form.words.data or ""),
        title=_("提前终止框架协议"),
        button=_("终止协议"),
        back=(agreement.reference, _page(agreement)),
        done=_("框架协议已终止，入围供应商收到了通知。"),
        lead=_("终止之后不能再从它采购。已经成交的照常履行。"),
        danger=True,
    )


def _page(agreement: FrameworkAgreement) -> str:
    return url_for("frameworks.show", framework_id=agreement.id)


def _headings() -> list[tuple[str, str]]:
    return [
        (_("协议编号"), "reference"),
        (_("项目名称"), "title"),
        (_("采购人"), "unit"),
        (_("入围供应商"), "supplier"),
        (_("协议单价（元）"), "price"),
        (_("单位"), "cost_unit"),
        (_("价格"), "kind"),
        (_("从哪天起"), "starts_on"),
        (_("到哪天止"), "ends_on"),
    ]


def _row(agreement: FrameworkAgreement, supplier: FrameworkSupplier) -> dict[str, Any]:
    return {
        "reference": agreement.reference,
        "title": agreement.lot.title,
        "unit": agreement.lot.tender.unit.name,
        "supplier": supplier.organisation.name,
        "price": supplier.unit_price,
        "cost_unit": label(agreement.lot.quantity_unit),
        "kind": _("统一价格") if agreement.uniform else _("最高限价"),
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
    }
