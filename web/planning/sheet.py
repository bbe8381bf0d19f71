"""Plans as workbooks: the list, and of one plan its needs and what was changed by hand."""

from typing import Any

from flask_babel import gettext as _

from models.planning.edit import PlanEdit
from models.planning.plan import PlanLine
from models.planning.queries import PlanRow
from web.exchange.workbook import Sheet
from web.labels import label


def plan_headings() -> list[tuple[str, str]]:
    """The columns of the list of plans."""
    return [
        (_("计划编号"), "reference"),
        (_("地区"), "unit"),
        (_("做出时间"), "made_at"),
        (_("状态"), "phase"),
        (_("需求数"), "asked"),
        (_("已安排"), "placed"),
        (_("总匹配分"), "score"),
        (_("最低的匹配"), "worst"),
        (_("与最好的差距"), "gap"),
    ]


def plan_row(row: PlanRow) -> dict[str, Any]:
    """A plan."""
    plan = row.plan
    return {
        "reference": plan.reference,
        "unit": plan.unit.name,
        "made_at": plan.made_at,
        "phase": row.phase,
        "asked": plan.asked,
        "placed": plan.placed,
        "score": round(plan.score, 3),
        "worst": None if plan.worst is None else round(plan.worst, 3),
        "gap": plan.gap,
    }


def headings() -> list[tuple[str, str]]:
    """The columns."""
    return [
        (_("需求编号"), "reference"),
        (_("需求"), "title"),
        (_("街道"), "street"),
        (_("居民区"), "neighbourhood"),
        (_("受益人数"), "people"),
        (_("服务编号"), "service_reference"),
        (_("安排的服务"), "service"),
        (_("机构"), "organisation"),
        (_("占用余量"), "units"),
        (_("匹配分"), "score"),
        (_("费用（元）"), "cost"),
        (_("说明"), "told"),
        (_("可以替补的服务"), "alternates"),
        (_("采用结果"), "outcome"),
    ]


def row(line: PlanLine) -> dict[str, Any]:
    """A need of the plan."""
    service, unit = line.service, line.need.unit
    return {
        "reference": line.need.reference,
        "title": line.need.heading,
        "street": unit.parent.name if unit.parent else None,
        "neighbourhood": unit.name,
        "people": line.need.affected_people,
        "service_reference": service.reference if service else None,
        "service": service.title if service else None,
        "organisation": service.organisation.name if service else None,
        "units": line.units,
        "score": None if line.score is None else round(line.score, 3),
        "cost": line.cost,
        "told": [label(each) for each in line.told],
        "alternates": [other.service.title for other in line.alternates],
        "outcome": line.outcome,
    }


def edits(found: list[PlanEdit]) -> Sheet:
    """The second sheet: edits with their reasons."""
    columns = [
        (_("需求编号"), "reference"),
        (_("服务"), "service"),
        (_("怎么改"), "kind"),
        (_("理由"), "reason"),
        (_("时间"), "at"),
        (_("是否已算进计划"), "carried"),
    ]
    rows = [
        {
            "reference": edit.need.reference,
            "service": edit.service.title,
            "kind": edit.kind,
            "reason": edit.reason,
            "at": edit.at,
            "carried": _("还没有") if edit.waits else _("已算进"),
        }
        for edit in found
    ]
    return _("人工改动"), columns, rows
