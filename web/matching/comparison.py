"""Two services side by side: the same lines for each, and which one is the better where that can be said."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from models.catalogue.term import TaxonomyTerm
from models.matching.page import ShownMatch
from web.labels import label
from web.matching import words

MOST = 3


def comparison(shown: Sequence[ShownMatch], terms: dict[str, TaxonomyTerm]) -> dict[str, Any] | None:
    """Heads and rows for `compare`; nothing until two are picked."""
    chosen = shown[:MOST]
    if len(chosen) < 2:
        return None
    heads = [
        {
            "label": each.match.evidence["seen"]["title"],
            "url": url_for("catalogue.show", service_id=each.service.id),
        }
        for each in chosen
    ]
    return {"heads": heads, "rows": [*_figures(chosen), *_statements(chosen, terms), *_parts(chosen)]}


def _figures(chosen: Sequence[ShownMatch]) -> list[dict[str, Any]]:
    scores = [each.match.score for each in chosen]
    prices = [each.match.evidence["seen"] for each in chosen]
    one_unit = len({seen["unit"] for seen in prices}) == 1
    amounts = [None if seen["price"] is None else Decimal(str(seen["price"])) for seen in prices]
    return [
        {
            "label": _("匹配程度"),
            "values": [f"{words.fit(score)} {score:.2f}" for score in scores],
            "best": _only(scores, max(scores)),
        },
        {
            "label": _("单价"),
            "values": [words.price(seen) for seen in prices],
            "best": _only(amounts, min(a for a in amounts if a is not None))
            if one_unit and None not in amounts
            else None,
        },
        {
            "label": _("余量"),
            "values": [words.capacity_of(each.match) for each in chosen],
            "best": None,
        },
        {
            "label": _("一年内被采纳"),
            "values": [ngettext("%(num)d 次", "%(num)d 次", each.exposure.accepted) for each in chosen],
            "best": None,
        },
    ]


def _statements(chosen: Sequence[ShownMatch], terms: dict[str, TaxonomyTerm]) -> list[dict[str, Any]]:
    return [
        {
            "label": _("机构等级"),
            "values": [label(each.grade) or _("没有有效等级") for each in chosen],
            "best": None,
        },
        {
            "label": _("为什么推荐"),
            "values": [_listed(words.reasons(each.match.reasons, terms)) for each in chosen],
            "best": None,
        },
        {
            "label": _("减分"),
            "values": [_listed(words.against(each.match.reasons, terms)) or _("没有减分") for each in chosen],
            "best": None,
        },
        {
            "label": _("要核实"),
            "values": [_listed(words.cautions(each.match.reasons)) or _("没有要核实的") for each in chosen],
            "best": None,
        },
    ]


def _parts(chosen: Sequence[ShownMatch]) -> list[dict[str, Any]]:
    """The parts of each score, in points: where one is ahead of the other."""
    told = [words.parts(each.match.contributions) for each in chosen]
    return [
        {
            "label": _("%(part)s（分）", part=part[0]["label"]),
            "values": [f"{each['value']:.2f}" for each in part],
            "best": None,
        }
        for part in zip(*told, strict=True)
    ]


def _only(values: Sequence[Any], best: Any) -> int | None:
    """The place of the best, unless two are as good."""
    return values.index(best) if values.count(best) == 1 else None


def _listed(sentences: Sequence[Markup]) -> Markup:
    return Markup("<br>").join(sentences)
