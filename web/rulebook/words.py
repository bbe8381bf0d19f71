"""What the rule book found, in words: how a date is counted, why a method is allowed, what a check found."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from models.calendar.counting import DayKind
from models.rulebook.deadlines import Deadline, Direction
from models.rulebook.finding import Finding
from models.rulebook.methods import Limit, MethodRules, PanelSize, Span
from models.rulebook.picker import Reason, Standing
from models.rulebook.rule import Rule
from web.format import day as day_words
from web.format import language, money_words
from web.labels import label

TONES = {
    Standing.USUAL: "done",
    Standing.ALLOWED: "active",
    Standing.WITH_GROUNDS: "waiting",
    Standing.WITH_APPROVAL: "waiting",
    Standing.NOT_ALLOWED: "stopped",
}


def formula(deadline: Deadline, start_day: str) -> str:
    """How a date is counted: from what, how many days, in which direction."""
    facts = {"start": label(deadline.start), "day": start_day, "days": deadline.days}
    if deadline.direction == Direction.AHEAD:
        if deadline.kind == DayKind.CALENDAR:
            return _("%(start)s（%(day)s）之前 %(days)s 日", **facts)
        return _("%(start)s（%(day)s）之前 %(days)s 个工作日", **facts)
    if deadline.kind == DayKind.CALENDAR:
        return _("%(start)s（%(day)s）次日起第 %(days)s 日", **facts)
    return _("%(start)s（%(day)s）次日起第 %(days)s 个工作日", **facts)


def counted(deadline: Deadline) -> str:
    """The same, its start written as a page writes dates."""
    return formula(deadline, day_words(deadline.start_day))


def skipped(deadline: Deadline) -> str:
    """The days that were passed over."""
    return _("、").join(map(day_words, deadline.skipped)) or "—"


def reason(found: Reason) -> str:
    """Why a method stands as it does; every amount among the facts is money."""
    facts = {
        name: money_words(fact) if isinstance(fact, Decimal) else fact for name, fact in found.facts.items()
    }
    return label(found.why) % facts


def finding(found: Finding) -> str:
    """What a check found."""
    return label(found.code) % {name: _fact(fact) for name, fact in found.facts.items()}


def _fact(fact: Any) -> Any:
    if isinstance(fact, date):
        return day_words(fact)
    return label(fact) if isinstance(fact, StrEnum) else fact


def period(span: Span) -> str:
    """How long, in which days."""
    return _("%(days)s 个%(kind)s", days=span.days, kind=label(span.kind))


def price(rules: MethodRules) -> str:
    """What the price weighs."""
    if rules.lowest_price_wins:
        return _("最低报价成交")
    if rules.price_floor is None:
        return "—"
    if rules.price_ceiling is None:
        return _("不低于 %(floor)s%%", floor=rules.price_floor.value)
    return _("%(floor)s%% 至 %(ceiling)s%%", floor=rules.price_floor.value, ceiling=rules.price_ceiling.value)


def bidders(rules: MethodRules) -> str:
    """How many suppliers it takes."""
    if rules.bidders is None:
        return "—"
    if rules.bidders_least is None:
        return _("%(count)s 家", count=rules.bidders.value)
    return _(
        "%(count)s 家，特定情形下 %(least)s 家", count=rules.bidders.value, least=rules.bidders_least.value
    )


def panel(size: PanelSize) -> str:
    """How large a panel is, and how many of it are experts."""
    facts = {"members": size.members, "experts": size.experts_of(size.members)}
    if size.large_members is None or size.large_amount is None:
        return _("%(members)s 人以上单数，其中专家至少 %(experts)s 人", **facts)
    facts |= {"large": size.large_members, "large_experts": size.experts_of(size.large_members)}
    return _(
        "%(members)s 人以上单数，其中专家至少 %(experts)s 人；"
        "%(amount)s以上的 %(large)s 人，专家至少 %(large_experts)s 人",
        amount=money_words(size.large_amount),
        **facts,
    )


def sources(*figures: Span | Limit | PanelSize | str | None) -> list[str]:
    """The rules that set some figures, each once."""
    ids = (each if isinstance(each, str) else each.rule for each in figures if each)
    return list(dict.fromkeys(ids))


def title(rule: Rule) -> str:
    """A rule in one sentence, in the reader's language."""
    return rule.en if language() == "en" else rule.zh


def held(rule: Rule) -> str:
    """How a rule is kept to."""
    if rule.enforced:
        return _("程序按它计算或拦下") if not rule.left else _("部分由程序把关，其余由人把关")
    return _("由人把关") if rule.left else _("页面说明")
