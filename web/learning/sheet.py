"""Learning runs, exposure and concentration as workbooks."""

from typing import Any

from flask_babel import gettext as _

from models.matching.concentration import ExposurePage, Slice
from models.matching.learning_queries import LearningRow
from models.parties.unit import AdministrativeUnit
from web.labels import label
from web.labels.catalogue import term_name


def headings() -> list[tuple[str, str]]:
    """The columns of the list of runs."""
    return [
        (_("训练时间"), "made_at"),
        (_("地区"), "unit"),
        (_("状态"), "phase"),
        (_("现在计入"), "in_force"),
        (_("需求数"), "needs"),
        (_("审核数"), "reviews"),
        (_("排序质量，之前"), "before"),
        (_("排序质量，之后"), "after"),
        (_("模型"), "model"),
        (_("数据指纹"), "data"),
    ]


def row(line: LearningRow) -> dict[str, Any]:
    """A run."""
    run = line.run
    ndcg = run.metrics.get("ndcg", {})
    return {
        "made_at": run.made_at,
        "unit": run.unit.name,
        "phase": line.phase,
        "in_force": _("是") if line.in_force else _("否"),
        "needs": run.needs,
        "reviews": run.reviews,
        "before": round(ndcg["before"], 4) if ndcg else None,
        "after": round(ndcg["after"], 4) if ndcg else None,
        "model": run.model_version,
        "data": run.data_hash,
    }


def slice_headings() -> list[tuple[str, str]]:
    """The columns of exposure by street and code."""
    return [
        (_("按什么分"), "by"),
        (_("代码"), "key"),
        (_("名称"), "name"),
        (_("需求数"), "needs"),
        (_("露面的机构"), "organisations"),
        (_("露面 HHI"), "hhi"),
        (_("已采纳的需求"), "accepted"),
        (_("采纳 HHI"), "accepted_hhi"),
        (_("占露面的百分比"), "share"),
        (_("一年内的合同"), "contracts"),
        (_("合同金额"), "amount"),
    ]


def slice_rows(page: ExposurePage) -> list[dict[str, Any]]:
    """Streets first, then codes, then who founded the organisations."""
    founded = (
        {
            "by": _("由谁发起"),
            "name": label(each.independence),
            "accepted": each.accepted,
            "share": round(100 * each.exposure, 1),
            "contracts": each.contracts,
            "amount": each.amount,
        }
        for each in page.founded
    )
    return [
        *(_slice(each, _("街道")) for each in page.streets),
        *(_slice(each, _("服务类别")) for each in page.codes),
        *founded,
    ]


def _slice(each: Slice, by: str) -> dict[str, Any]:
    if isinstance(each.name, AdministrativeUnit):
        name = each.name.name
    else:
        name = term_name(each.name) if each.name else _("未分类")
    return {
        "by": by,
        "key": each.key,
        "name": name,
        "needs": each.needs,
        "organisations": each.organisations,
        "hhi": round(each.hhi, 4),
        "accepted": each.accepted,
        "accepted_hhi": round(each.accepted_hhi, 4),
    }
