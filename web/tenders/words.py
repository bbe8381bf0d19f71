"""Tenders in words: where one stands, what is still to do, what was found, what is published when."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from models.rulebook.deadlines import Deadline
from models.rulebook.finding import Finding, FindingCode, Severity
from models.rulebook.rule import rule
from models.tenders.amendment import Amendment
from models.tenders.checking import Section, Task
from models.tenders.lifecycle import LotPhase
from models.tenders.tender import Tender, TenderPhase
from web.format import day as day_words
from web.format import language
from web.labels import label
from web.labels.tenders import CHANGED
from web.rulebook import words as rulebook

TONES = {
    TenderPhase.DRAFT: "neutral",
    TenderPhase.TENDERING: "active",
    TenderPhase.CLOSED: "waiting",
    TenderPhase.EVALUATION: "waiting",
    TenderPhase.REPORTED: "waiting",
    TenderPhase.DECIDED: "waiting",
    TenderPhase.COMPLETE: "done",
    TenderPhase.FAILED: "stopped",
    TenderPhase.CANCELLED: "stopped",
}
LOT_TONES = {LotPhase.LIVE: "active", LotPhase.FAILED: "stopped", LotPhase.CANCELLED: "stopped"}
PLACES = {
    FindingCode.PRICE_WEIGHT_BELOW_FLOOR: Section.BASICS,
    FindingCode.PRICE_WEIGHT_ABOVE_CEILING: Section.BASICS,
    FindingCode.FIXED_PRICE_SCORED: Section.BASICS,
    FindingCode.SPECIFICATION_AUTHOR_INVITED: Section.BASICS,
    FindingCode.SURVEY_MISSING: Section.BASICS,
    FindingCode.SURVEY_TOO_OLD: Section.BASICS,
    FindingCode.SURVEY_TOO_FEW: Section.BASICS,
    FindingCode.PUBLIC_NOT_ASKED: Section.BASICS,
    FindingCode.NOTICE_TOO_SHORT: Section.NOTICES,
}
"""Where a finding is mended; what is not here is about the criteria."""


@dataclass(frozen=True)
class Remark:
    """One thing to mend or to mind: in words, with its rule and its place."""

    words: str
    section: Section
    rule: str | None
    is_advice: bool
    where: str | None = None


def tone(phase: TenderPhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def lot_tone(phase: LotPhase) -> str:
    """The tone of a lot's tag."""
    return LOT_TONES[phase]


def remarks(tender: Tender, tasks: Iterable[Task], findings: Iterable[Finding]) -> list[Remark]:
    """What is to do and what was found, each at its place; what only advises comes last."""
    conditions = {str(each.id) for each in tender.requirements}
    found = [Remark(label(each.code), each.section, each.rule, each.is_advice) for each in tasks]
    for each in findings:
        section = (
            Section.REQUIREMENTS if each.where in conditions else PLACES.get(each.code, Section.CRITERIA)
        )
        advice = each.severity == Severity.WARNS
        found.append(Remark(rulebook.finding(each), section, each.rule, advice, each.where))
    order = list(Section)
    return sorted(found, key=lambda each: (each.is_advice, order.index(each.section)))


def rule_words(id_: str) -> str:
    """What a rule says, in the language of the page."""
    found = rule(id_)
    return found.en if language() == "en" else found.zh


def dated(deadline: Deadline) -> str:
    """How a date is counted."""
    return rulebook.counted(deadline)


def period(tender: Tender) -> str | None:
    """From when to when the service runs."""
    if tender.service_starts_on is None or tender.service_ends_on is None:
        return None
    return _(
        "%(first)s 到 %(last)s",
        first=day_words(tender.service_starts_on),
        last=day_words(tender.service_ends_on),
    )


def points(value: Decimal) -> str:
    """A mark or a share without needless zeros."""
    return f"{value.normalize():f}"


def due(days: int) -> str:
    """When a milestone is due."""
    return ngettext("服务开始后第 %(num)d 天", "服务开始后第 %(num)d 天", days)


def changed(amendment: Amendment) -> list[tuple[str, str | None, str | None]]:
    """What an amendment wrote anew: what, before, after."""
    return [(str(CHANGED[name]), before, after) for name, (before, after) in amendment.changes.items()]


def openings() -> list[tuple[str, str]]:
    """What becomes public when: so that nobody has to ask."""
    return [
        (_("发布时"), _("采购文件全文、评分办法、各项日期")),
        (_("截止前"), _("问题与答复、更正；不公布谁投标，也不公布投标内容")),
        (_("截止时"), _("每份投标文件的指纹，证明之后没有换过")),
        (_("评审结束"), _("中标者、中标金额和评审小组成员名单；每家供应商只另外得到自己的分数")),
        (_("签约后"), _("合同、付款节点和验收结果")),
    ]
