"""The gap ledger as a workbook."""

from typing import Any

from flask_babel import gettext as _

from models.matching.ledger import GapRow
from web.labels.catalogue import term_name


def headings() -> list[tuple[str, str]]:
    """The columns."""
    return [
        (_("需求编号"), "reference"),
        (_("需求"), "title"),
        (_("街道"), "street"),
        (_("居民区"), "neighbourhood"),
        (_("服务类别代码"), "code"),
        (_("服务类别"), "term"),
        (_("受益人数"), "people"),
        (_("缺的是什么"), "cause"),
        (_("打算怎么办"), "remedy"),
        (_("说明"), "words"),
        (_("登记时间"), "opened_at"),
        (_("关闭时间"), "closed_at"),
    ]


def row(line: GapRow) -> dict[str, Any]:
    """A line."""
    return {
        "reference": line.need.reference,
        "title": line.need.title,
        "street": line.place.parent.name if line.place.parent else None,
        "neighbourhood": line.place.name,
        "code": line.entry.term_code,
        "term": term_name(line.term) if line.term else None,
        "people": line.need.affected_people,
        "cause": line.entry.cause,
        "remedy": line.entry.remedy,
        "words": line.entry.words,
        "opened_at": line.entry.opened_at,
        "closed_at": line.entry.closed_at or line.need.closed_at,
    }
