"""Panels in words: seats, states, who a bid is to whom."""

import json
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from models.bids.opened import OpenedBid
from models.errors import DomainError
from models.panels.marking import LowPriceQuestion, Ranking
from models.panels.page import LotRow, PanelPage
from models.panels.panel import PanelMember
from models.panels.ranking.lowprice import LowPriceTrigger
from models.panels.ranking.report import four_decimals
from models.panels.ranking.validity import InvalidReason
from models.parties.organisation import Certificate
from web.format import money
from web.labels import label, sentence

Tag = tuple[str, str]


def refusal(error: DomainError) -> str:
    """Why something could not be done."""
    return sentence(error)


def member_name(number: int | None) -> str:
    """A member without a name."""
    return _("成员 %(number)s", number=number) if number else _("已回避的成员")


def alias(bid: OpenedBid, lots: int = 1) -> str:
    """A bid as the panel knows it."""
    if lots > 1:
        return _("包 %(lot)s 投标人 %(number)s", lot=bid.bid.lot.number, number=bid.alias)
    return _("投标人 %(number)s", number=bid.alias)


def attachment(number: int) -> str:
    """A file without its name, which might say whose it is."""
    return _("附件 %(number)s", number=number)


def state(member: PanelMember, *, marks_in: bool) -> Tag:
    """How far a member is, as far as others may know: who has handed in is told when all have."""
    if member.recused_at is not None:
        return _("已回避"), "stopped"
    if member.declared_at is None:
        return _("待申报"), "waiting"
    if marks_in:
        return _("已提交评分"), "done"
    return _("已申报"), "active"


def price_state(question: LowPriceQuestion | None) -> Tag:
    """How far the question about a price is."""
    if question is None:
        return _("没有询问"), "neutral"
    if question.is_accepted is not None:
        return (_("报价合理"), "done") if question.is_accepted else (_("不能证明合理"), "stopped")
    return (_("已说明，待决定"), "waiting") if question.answered_at else (_("等候说明"), "waiting")


def triggers(codes: str) -> str:
    """Why a price is asked about."""
    return _("；").join(label(LowPriceTrigger(code)) for code in codes.split(",") if code)


def amount(figure: Fraction) -> str:
    """A limit in yuan."""
    return money(Decimal(four_decimals(figure)))


def lot_state(row: LotRow) -> Tag:
    """How far a lot is."""
    if not row.lot.is_live:
        return _("已终止"), "stopped"
    if row.ranking is None:
        return _("待排名"), "waiting"
    if row.is_stale:
        return _("要重新排名"), "waiting"
    return (_("暂定名次"), "waiting") if row.is_provisional else (_("已排名"), "done")


def standings(ranking: Ranking, page: PanelPage) -> list[dict[str, Any]]:
    """The lines of a ranking with the bidders' names, which are no secret once it is made."""
    names = {row.bid.bid.reference: row.bid for row in page.bids}
    rows = []
    for row in json.loads(ranking.answer)["bids"]:
        reason = InvalidReason(row["invalid_reason"]) if row["invalid_reason"] else None
        rows.append({**row, "bid": names.get(row["id"]), "reason": label(reason)})
    return rows


def workers(bid: OpenedBid) -> list[str]:
    """The social workers of a bid by their certificate: names could say whose bid it is."""
    held = Counter(row.get("certificate") for row in bid.technical.get("workers") or [])
    known = {level.value: label(level) for level in Certificate}
    return [
        _("%(certificate)s %(count)s 人", certificate=known.get(str(code), _("没有证书")), count=count)
        for code, count in held.items()
    ]


def answer(bid: OpenedBid, kind: str, key: object) -> str:
    """What a bid says to a criterion or a requirement."""
    rows = bid.technical.get("answers" if kind == "criterion" else "requirements") or []
    return next((str(row.get("words", "")) for row in rows if row.get(kind) == str(key)), "")
