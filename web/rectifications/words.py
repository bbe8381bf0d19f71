"""Rectifications in words: tones of phases, days with their rule, and what each reader has to do by when."""

from datetime import datetime, timedelta

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from models.act import Role
from models.evaluations.evaluation import Evaluation
from models.rectifications.clocks import Clock, findings_until
from models.rectifications.consequence import ConsequenceKind, ConsequencePhase
from models.rectifications.page import Row
from models.rectifications.rectification import RectificationPhase as R
from models.rectifications.rectification import Severity
from models.scoring.indicators import Item
from web.format import day, language
from web.labels import label

MOMENT = timedelta(microseconds=1)
TONES = {
    R.ISSUED: "waiting",
    R.PLANNED: "active",
    R.DONE: "waiting",
    R.FAILED: "stopped",
    R.REPLANNED: "active",
    R.REDONE: "waiting",
    R.UNMENDED: "stopped",
    R.PASSED: "done",
    R.CONCLUDED: "stopped",
    ConsequencePhase.STANDING: "active",
    ConsequencePhase.FINAL: "done",
    ConsequencePhase.APPEALED: "waiting",
    ConsequencePhase.CONFIRMED: "done",
    ConsequencePhase.LIFTED: "stopped",
    Severity.MINOR: "neutral",
    Severity.SERIOUS: "waiting",
    Severity.GRAVE: "stopped",
}

UNSEEN = frozenset({R.ISSUED, R.PLANNED, R.DONE})
"""Nobody has looked again yet, so nothing is known to be mended."""

FOR_ORGANISATION = {
    R.ISSUED: _l(
        "请在 %(day)s前交整改方案：每个问题写明怎么改、谁负责、哪天改完。逾期会通知采购人和审计人员。"
    ),
    R.PLANNED: _l("请按方案改，在 %(day)s前改完并报告。报告之后，评估机构在 30 天内来复查。"),
    R.DONE: _l("您已报告完成，现在不用做什么。评估机构会在 %(day)s前来复查，请备好能证明改好了的材料。"),
    R.FAILED: _l("复查还有问题没有改好。请在 %(day)s前交第二次整改方案，只写没有通过的问题。没有第三次。"),
    R.REPLANNED: _l("请按第二次方案改，在 %(day)s前改完并报告。"),
    R.REDONE: _l("您已报告完成，现在不用做什么。评估机构会在 %(day)s前来第二次复查。"),
    R.UNMENDED: _l("第二次复查仍有问题没有改好。接下来由采购人决定怎么处理，会写明理由，您可以申诉。"),
    R.PASSED: _l("问题都已改好，不用再做什么。结果已公开给居委会和居民。"),
    R.CONCLUDED: _l("采购人已结束这次整改，没有改好的问题记录在案，结果已公开。"),
}
FOR_EVALUATOR = {
    R.ISSUED: _l("在等机构交整改方案，最迟 %(day)s。现在不用您做什么。"),
    R.PLANNED: _l("机构在整改，方案写的是 %(day)s前改完。现在不用您做什么。"),
    R.DONE: _l("请在 %(day)s前去复查：每个问题写明看到了什么、附上材料、给出是否通过的结论。"),
    R.FAILED: _l("复查没有全部通过，在等机构交第二次整改方案，最迟 %(day)s。"),
    R.REPLANNED: _l("机构在第二次整改，方案写的是 %(day)s前改完。"),
    R.REDONE: _l("请在 %(day)s前去第二次复查，只看上次没有通过的问题。"),
}
FOR_OTHERS = {
    R.ISSUED: _l("机构应在 %(day)s前交整改方案。"),
    R.PLANNED: _l("机构在整改，方案写的是 %(day)s前改完。"),
    R.DONE: _l("机构已报告完成，评估机构应在 %(day)s前复查。"),
    R.FAILED: _l("复查没有全部通过，机构应在 %(day)s前交第二次整改方案。"),
    R.REPLANNED: _l("机构在第二次整改，方案写的是 %(day)s前改完。"),
    R.REDONE: _l("机构已报告第二次整改完成，评估机构应在 %(day)s前复查。"),
    R.UNMENDED: _l("第二次复查仍有问题没有改好，由采购人决定怎么处理。"),
    R.PASSED: _l("问题都已改好，由评估机构复查过。"),
    R.CONCLUDED: _l("有问题没有改好，采购人已结束这次整改。"),
}
HINTS = {
    ConsequenceKind.PRAISE: _l("书面表扬，写明好在哪里。"),
    ConsequenceKind.REMINDER: _l("书面提醒，不影响款项。"),
    ConsequenceKind.INTERVIEW: _l("约机构负责人面谈，写明谈什么。"),
    ConsequenceKind.REDUCED_PAYMENT: _l(
        "要写明依据合同的哪一条，不超过还没有付的款。申诉期过了或者申诉后维持才扣。"
    ),
    ConsequenceKind.TERMINATION: _l("要写明依据合同的哪一条。决定生效之后到合同页面终止合同，不能恢复。"),
    ConsequenceKind.REGISTRAR_REPORT: _l("请登记管理机关依法处理。列入名单只能由登记管理机关依法决定。"),
}


def phase(row: Row) -> str:
    """The phase of a rectification; one without findings had nothing to mend."""
    return label(row.phase) if row.rectification.findings else _("没有要整改的问题")


def tone(phase: R | ConsequencePhase | Severity) -> str:
    """The tone of a tag."""
    return TONES[phase]


def what_to_do(row: Row) -> str:
    """What the reader has to do by when, in plain words."""
    said = {Role.ORGANISATION_STAFF: FOR_ORGANISATION, Role.EVALUATOR: FOR_EVALUATOR}.get(
        g.act.actor.role, FOR_OTHERS
    )
    sentence = str(said.get(row.phase) or FOR_OTHERS[row.phase])
    if not row.rectification.findings:
        return _("评估没有发现要整改的问题。")
    return sentence % {"day": day(row.clock.day)} if row.clock else sentence


def clock(found: Clock | None) -> str:
    """What is due by which day, by which rule, and whether that is over."""
    if found is None:
        return ""
    facts = {"what": label(found.kind), "day": day(found.day), "rule": of_rule(found)}
    if found.is_over(g.at):
        return _("%(what)s：%(day)s%(rule)s，已过期", **facts)
    return _("%(what)s：%(day)s前%(rule)s", **facts)


def of_rule(found: Clock) -> str:
    """The rule of a day, in brackets; one in a year whose holidays are not announced says so."""
    if not found.rule:
        return ""
    facts = {"rule": found.rule}
    return _("（%(rule)s，暂定）", **facts) if found.provisional else _("（%(rule)s）", **facts)


def last_day(until: datetime) -> str:
    """The last day of a period that ends at an instant at which a day begins."""
    return day(until - MOMENT)


def due_findings(evaluation: Evaluation) -> str:
    """By when an evaluation's findings are due."""
    return clock(findings_until(evaluation))


def item(code: str, items: dict[str, Item]) -> str:
    """An item of the sheet, its code beside its name."""
    if code not in items:
        return code or _("不属于某一项")
    found = items[code]
    return f"{found.english if language() == 'en' else found.title} {code}"


def result(passed: bool | None) -> tuple[str, str]:  # noqa: FBT001  # a template's filter-like helper
    """What the latest re-check said of a finding: words and tone."""
    if passed is None:
        return _("还没有复查"), "neutral"
    return (_("通过"), "done") if passed else (_("没有通过"), "stopped")


def outcome(row: Row) -> str:
    """What came of it, in one line for everybody."""
    total = len(row.rectification.findings)
    if not total:
        return _("评估没有发现要整改的问题。")
    if row.phase in UNSEEN:
        return ngettext(
            "评估发现 %(num)d 个问题，还没有复查。", "评估发现 %(num)d 个问题，还没有复查。", total
        )
    facts = {"mended": total - row.open}
    return ngettext(
        "评估发现 %(num)d 个问题，改好 %(mended)d 个。",
        "评估发现 %(num)d 个问题，改好 %(mended)d 个。",
        total,
        **facts,
    )
