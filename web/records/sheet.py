"""A track record as a workbook: a line for each mark and one for the mean, to work it out again."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from models.records.queries import RecordPage
from models.scoring.composition import ACCEPTANCE, EVALUATION, RATING
from web.labels.catalogue import term_name


def headings() -> list[tuple[str, str]]:
    """The columns."""
    return [
        (_("服务类别代码"), "code"),
        (_("服务类别"), "term"),
        (_("评估编号"), "reference"),
        (_("合同"), "contract"),
        (_("公布日期"), "on"),
        (_("评估分"), "evaluation"),
        (_("验收"), "acceptance"),
        (_("评价"), "rating"),
        (_("质疑扣分"), "off"),
        (_("得分"), "points"),
        (_("评估机构偏差"), "deviation"),
        (_("计入的分"), "counted"),
        (_("权重"), "weight"),
    ]


def rows(page: RecordPage) -> Iterator[dict[str, Any]]:
    """Code by code; the mean of the kind stands as a line of its own, with the weight it has."""
    for each in page.records:
        about = {"code": each.term.code, "term": term_name(each.term)}
        yield {
            **about,
            "contract": _("同类平均"),
            "counted": round(each.record.spread.mean, 4),
            "weight": round(each.record.hold, 4),
        }
        for line in each.lines:
            parts = {name: round(points, 2) for name, points, _share in line.outcome.composed.parts}
            yield {
                **about,
                "reference": line.outcome.reference,
                "contract": line.outcome.contract_title,
                "on": line.outcome.on,
                "evaluation": parts.get(EVALUATION),
                "acceptance": parts.get(ACCEPTANCE),
                "rating": parts.get(RATING),
                "off": line.outcome.composed.off,
                "points": round(line.outcome.composed.points, 4),
                "deviation": round(line.counted.deviation, 4),
                "counted": round(line.counted.counted, 4),
                "weight": round(line.counted.weight, 4),
            }
