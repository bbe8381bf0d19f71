"""What would close a gap, in words and as a workbook."""

from typing import Any

from flask_babel import gettext as _

from models.matching.closing import Closing, Proposal
from models.matching.gap import GapRemedy
from web.labels import label
from web.labels.catalogue import term_name


def said(proposal: Proposal) -> str:
    """The way in one sentence; its services stand below it."""
    if proposal.remedy is GapRemedy.INVITE:
        return _("请这些机构到这里来做：")
    if proposal.remedy is GapRemedy.CONSORTIUM:
        return _("两家联合，余量合起来就够：") if proposal.for_capacity else _("两家联合，合起来就做全了：")
    return _("目录里没有别的机构做这件事，要孵化新的机构。")


def headings() -> list[tuple[str, str]]:
    """The columns of the workbook: a line for each way to close a gap."""
    return [
        (_("街道"), "street"),
        (_("服务类别代码"), "code"),
        (_("服务类别"), "term"),
        (_("没补上的需求"), "needs"),
        (_("需求编号"), "references"),
        (_("受益人数"), "people"),
        (_("可以怎么办"), "remedy"),
        (_("机构和服务"), "offers"),
    ]


def rows(closings: list[Closing]) -> list[dict[str, Any]]:
    """Line by line."""
    return [_row(each, proposal) for each in closings for proposal in each.proposals]


def _row(each: Closing, proposal: Proposal) -> dict[str, Any]:
    return {
        "street": each.street.name,
        "code": each.term.code if each.term else None,
        "term": term_name(each.term) if each.term else None,
        "needs": len(each.needs),
        "references": "、".join(need.reference for need in each.needs),
        "people": each.people,
        "remedy": label(proposal.remedy),
        "offers": "；".join(f"{offer.organisation}：{offer.title}" for offer in proposal.offers),
    }
