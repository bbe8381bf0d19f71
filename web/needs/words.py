"""Phases of needs as tags, what happens next as a sentence, months as words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from babel.dates import format_date
from flask import g
from flask_babel import gettext as _

from models.needs.need import ClosedReason, Need, NeedPhase
from models.tenders.lifecycle import phase_at as tender_phase_at
from models.tenders.tender import Tender, TenderPhase
from web.format import language
from web.labels import label

TONES = {
    NeedPhase.DRAFT: "neutral",
    NeedPhase.SUBMITTED: "waiting",
    NeedPhase.RETURNED: "stopped",
    NeedPhase.DELIBERATING: "active",
    NeedPhase.STANDARDISED: "active",
    NeedPhase.MATCHED: "done",
    NeedPhase.UNMET: "waiting",
    NeedPhase.CLOSED: "neutral",
}


def tone(phase: NeedPhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def phase_words(need: Need, phase: NeedPhase) -> str:
    """The phase in words; a closed need says how it ended."""
    if phase is NeedPhase.CLOSED and need.closed_reason is not None:
        return label(need.closed_reason)
    return label(phase)


def what_next(need: Need, phase: NeedPhase, tender: Tender | None = None) -> str:
    """What happens next, and by whom; `tender` is the published one that is to meet it, or has."""
    if tender is not None and phase in {NeedPhase.STANDARDISED, NeedPhase.MATCHED}:
        return _bought(tender)
    said = {
        NeedPhase.DRAFT: _("写完后提交，街道会在 5 个工作日内答复。"),
        NeedPhase.SUBMITTED: _("街道正在看，会退回、安排议事或标准化。"),
        NeedPhase.RETURNED: _("按退回的理由补充后，可以重新提交。"),
        NeedPhase.DELIBERATING: _("居民正在议事，有了结果再由街道标准化。"),
        NeedPhase.STANDARDISED: _("街道会从服务目录里找合适的服务。"),
        NeedPhase.MATCHED: _("已找到合适的服务，街道接着安排采购。"),
        NeedPhase.UNMET: _("已记入供给缺口，有了新的服务会再看。"),
    }
    ended = {
        ClosedReason.WITHDRAWN: _("提出的居民区自己撤回了。"),
        ClosedReason.MERGED: _("和另一条需求合在一起办。"),
        ClosedReason.ROUTED: _("不属于社会组织的服务，已转给负责的部门。"),
        ClosedReason.SETTLED: _("已经用其他办法解决。"),
    }
    if phase is NeedPhase.CLOSED:
        return ended[need.closed_reason] if need.closed_reason else ""
    return said[phase]


def _bought(tender: Tender) -> str:
    """How far the tender is that a need waits for."""
    said = {
        TenderPhase.TENDERING: _("采购项目已发布，正在接受投标。"),
        TenderPhase.DECIDED: _("采购结果已定，接着签合同。"),
        TenderPhase.COMPLETE: _("采购已完成，合同已签。"),
    }
    return said.get(tender_phase_at(tender, g.at)) or _("投标已截止，正在开标、评审。")


def month_words(day: date) -> str:
    """2027年3月 or March 2027."""
    pattern = "MMMM y" if language() == "en" else "y年M月"
    return format_date(day, pattern, locale=language())


def period(need: Need) -> str:
    """From which month to which."""
    if need.starts_on is None:
        return ""
    first = month_words(need.starts_on)
    last = month_words(need.ends_on) if need.ends_on else first
    return first if first == last else _("%(first)s至%(last)s", first=first, last=last)


def months(first: date, count: int) -> Iterator[date]:
    """The first days of this month and of those after it."""
    for step in range(count):
        whole = first.year * 12 + first.month - 1 + step
        yield date(whole // 12, whole % 12 + 1, 1)


def last_day(month: date) -> date:
    """The last day of a month."""
    *_rest, following = months(month, 2)
    return following - timedelta(days=1)


def month_of(text: str | None) -> date | None:
    """The first day of a month written 2027-03; None for anything else."""
    try:
        return datetime.strptime(text or "", "%Y-%m").date()  # noqa: DTZ007  # a month has no zone
    except ValueError:
        return None
