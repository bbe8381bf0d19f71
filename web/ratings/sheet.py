"""Released ratings as a workbook: what is blind is not in it."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from models.ratings.desk import Desk

Columns = list[tuple[str, str]]


def headings() -> Columns:
    """A line for each item of a rating."""
    return [
        (_("合同编号"), "contract"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("谁评的"), "by"),
        (_("评的谁"), "about"),
        (_("评价项目"), "item"),
        (_("几分"), "points"),
        (_("说的话"), "words"),
        (_("评价时间"), "given_at"),
    ]


def rows(desks: Iterable[Desk]) -> Iterator[dict[str, Any]]:
    """The released ratings of every contract."""
    for desk in desks:
        award = desk.contract.award
        for rating in desk.released:
            for each in rating.points:
                yield {
                    "contract": desk.contract.reference,
                    "title": award.lot.tender.title,
                    "supplier": award.bid.bid.organisation.name,
                    "by": rating.by_side,
                    "about": rating.about_side,
                    "item": each.item,
                    "points": each.points,
                    "words": rating.words,
                    "given_at": rating.given_at,
                }
