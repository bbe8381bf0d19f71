"""Rectifications, findings and consequences as workbooks."""

from typing import Any

from flask_babel import gettext as _

from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.rectifications.consequence import Consequence
from models.rectifications.lifecycle import consequence_phase_at
from models.rectifications.page import Row
from models.rectifications.rectification import Finding
from web.labels import label
from web.rectifications import words

Columns = list[tuple[str, str]]


def headings() -> Columns:
    """The columns of the list."""
    return [
        (_("整改编号"), "reference"),
        (_("合同编号"), "contract"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("评估阶段"), "stage"),
        (_("状态"), "phase"),
        (_("问题"), "findings"),
        (_("没有改好"), "open"),
        (_("下一个期限"), "clock"),
        (_("期限日期"), "day"),
        (_("是否过期"), "overdue"),
        (_("清单出具"), "issued_at"),
        (_("结果公开"), "shown_at"),
    ]


def row(found: Row) -> dict[str, Any]:
    """A rectification."""
    made = found.rectification
    return {
        **_project(made.evaluation),
        "reference": made.reference,
        "phase": found.phase,
        "findings": len(made.findings),
        "open": found.open,
        "clock": label(found.clock.kind) if found.clock else None,
        "day": found.clock.day if found.clock else None,
        "overdue": _("是") if found.is_overdue else _("否"),
        "issued_at": made.issued_at,
        "shown_at": made.shown_at,
    }


def finding_headings() -> Columns:
    """The columns of the findings."""
    return [
        (_("整改编号"), "reference"),
        (_("序号"), "number"),
        (_("指标"), "item"),
        (_("轻重"), "severity"),
        (_("问题"), "words"),
        (_("轮次"), "round"),
        (_("如何整改"), "what"),
        (_("谁负责"), "who"),
        (_("哪天改完"), "due_on"),
        (_("看到了什么"), "seen"),
        (_("复查结论"), "passed"),
    ]


def finding_rows(finding: Finding) -> list[dict[str, Any]]:
    """A finding with its latest remedy, and the earlier one on a line of its own."""
    whole = {
        "reference": finding.rectification.reference,
        "number": finding.number,
        "item": finding.item_code,
        "severity": finding.severity,
        "words": finding.words,
    }
    if not finding.remedies:
        return [whole]
    return [
        {
            **whole,
            "round": each.round,
            "what": each.what,
            "who": each.who,
            "due_on": each.due_on,
            "seen": each.seen_words,
            "passed": words.result(each.passed)[0],
        }
        for each in finding.remedies
    ]


def consequence_headings() -> Columns:
    """The columns of consequences."""
    return [
        (_("合同编号"), "contract"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("评估阶段"), "stage"),
        (_("怎么处理"), "kind"),
        (_("状态"), "phase"),
        (_("金额（元）"), "amount"),
        (_("依据的合同条款"), "terms"),
        (_("理由"), "reasons"),
        (_("决定时间"), "decided_at"),
        (_("申诉"), "appeal"),
        (_("申诉的决定"), "reply"),
    ]


def consequence(found: Consequence, at: Any) -> dict[str, Any]:
    """A consequence."""
    phase = consequence_phase_at(found, at)
    return {
        **_project(found.evaluation),
        "kind": found.kind,
        "phase": phase,
        "amount": found.amount,
        "terms": found.terms,
        "reasons": found.reasons,
        "decided_at": found.decided_at,
        "appeal": found.appeal_words,
        "reply": found.reply,
    }


def _project(evaluation: Evaluation) -> dict[str, Any]:
    contract: Contract = evaluation.contract
    return {
        "contract": contract.reference,
        "title": contract.award.lot.tender.title,
        "supplier": contract.award.bid.bid.organisation.name,
        "stage": evaluation.stage,
    }
