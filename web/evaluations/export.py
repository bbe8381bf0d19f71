"""Evaluations and their evidence as workbooks."""

from typing import Any

from flask_babel import gettext as _

from models.evaluations.board import EvaluationRow
from models.evaluations.evidence import EvaluationEvidence
from web.labels import label

Columns = list[tuple[str, str]]


def headings() -> Columns:
    """The columns of the calendar."""
    return [
        (_("评估编号"), "reference"),
        (_("合同编号"), "contract"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("评估阶段"), "stage"),
        (_("状态"), "phase"),
        (_("从哪天开始"), "due_from"),
        (_("最迟哪天"), "due_until"),
        (_("是否过期"), "overdue"),
        (_("得分"), "score"),
        (_("等级"), "grade"),
        (_("公开时间"), "published_at"),
    ]


def row(found: EvaluationRow) -> dict[str, Any]:
    """An evaluation; its score once the report is final."""
    evaluation = found.evaluation
    award = evaluation.contract.award
    return {
        "reference": evaluation.reference,
        "contract": evaluation.contract.reference,
        "title": award.lot.tender.title,
        "supplier": award.bid.bid.organisation.name,
        "stage": label(evaluation.stage),
        "phase": label(found.phase),
        "due_from": evaluation.due_from,
        "due_until": evaluation.due_until,
        "overdue": _("是") if found.is_overdue else _("否"),
        "score": evaluation.score,
        "grade": label(evaluation.grade),
        "published_at": evaluation.published_at,
    }


def evidence_headings() -> Columns:
    """The columns of the evidence list."""
    return [
        (_("编号"), "name"),
        (_("指标"), "item"),
        (_("是什么"), "kind"),
        (_("说明什么"), "words"),
        (_("文件名"), "file"),
        ("SHA-256", "sha256"),
        (_("加入时间"), "added_at"),
    ]


def evidence_row(found: EvaluationEvidence) -> dict[str, Any]:
    """One piece of evidence, with the whole hash of its file."""
    return {
        "name": found.name,
        "item": found.item_code,
        "kind": label(found.kind),
        "words": found.words,
        "file": found.file.name if found.file else "",
        "sha256": found.file.sha256 if found.file else "",
        "added_at": found.added_at,
    }
