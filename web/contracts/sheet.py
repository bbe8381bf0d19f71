"""Contracts and acceptances as workbooks."""

from typing import Any

from flask_babel import gettext as _

from models.contracts.board import ContractRow
from models.contracts.contract import ContractMilestone
from web.labels import label

Columns = list[tuple[str, str]]


def headings() -> Columns:
    """The columns of the board."""
    return [
        (_("合同编号"), "reference"),
        (_("项目编号"), "tender"),
        (_("项目名称"), "title"),
        (_("包"), "lot"),
        (_("成交供应商"), "supplier"),
        (_("状态"), "phase"),
        (_("合同金额（元）"), "amount"),
        (_("含变更（元）"), "total"),
        (_("已付（元）"), "paid"),
        (_("下一个期限"), "clock"),
        (_("期限日期"), "day"),
        (_("是否过期"), "overdue"),
        (_("采购人签署"), "purchaser_signed_at"),
        (_("供应商签署"), "supplier_signed_at"),
        (_("公告登记"), "published_at"),
        (_("备案登记"), "filed_at"),
    ]


def row(found: ContractRow) -> dict[str, Any]:
    """A contract."""
    contract, lot = found.contract, found.contract.award.lot
    return {
        "reference": contract.reference,
        "tender": lot.tender.reference,
        "title": lot.tender.title,
        "lot": lot.title,
        "supplier": contract.award.bid.bid.organisation.name,
        "phase": found.phase,
        "amount": contract.amount,
        "total": found.total,
        "paid": found.paid,
        "clock": label(found.clock.kind) if found.clock else None,
        "day": found.clock.day if found.clock else None,
        "overdue": _("是") if found.is_overdue else _("否"),
        "purchaser_signed_at": contract.purchaser_signed_at,
        "supplier_signed_at": contract.supplier_signed_at,
        "published_at": contract.published_at,
        "filed_at": contract.filed_at,
    }


def acceptance_headings() -> Columns:
    """The columns of what was accepted."""
    return [
        (_("合同编号"), "reference"),
        (_("项目名称"), "title"),
        (_("成交供应商"), "supplier"),
        (_("期次"), "milestone"),
        (_("验收时间"), "accepted_at"),
        (_("问了多少人"), "asked"),
        (_("多少人满意"), "satisfied"),
        (_("服务对象的意见"), "words"),
    ]


def acceptance(milestone: ContractMilestone) -> dict[str, Any]:
    """An acceptance."""
    award = milestone.contract.award
    return {
        "reference": milestone.contract.reference,
        "title": award.lot.tender.title,
        "supplier": award.bid.bid.organisation.name,
        "milestone": milestone.title,
        "accepted_at": milestone.accepted_at,
        "asked": milestone.users_asked,
        "satisfied": milestone.users_satisfied,
        "words": milestone.users_words,
    }
