"""Surveys, samples and results as rows and workbooks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.scoring.survey import SurveyResult, Tally
from models.surveys import queries
from models.surveys.items import ITEMS
from models.surveys.lifecycle import phase_at
from models.surveys.progress import SHOWN, SurveyPage
from models.surveys.survey import Survey, SurveyInvitation, SurveyPhase
from web.labels.catalogue import term_name
from web.labels.strata import stratum_name
from web.surveys import words

Columns = list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A survey in a list: its result when it is closed, else how many have answered."""

    survey: Survey
    phase: SurveyPhase
    answered: int
    result: SurveyResult | None


def row_of(session: Session, survey: Survey, act: Act) -> Row:
    """A survey as a list shows it."""
    phase = phase_at(survey, act.at)
    if phase in SHOWN:
        result = queries.result(session, survey)
        return Row(survey, phase, result.answered, result)
    return Row(survey, phase, queries.answered(session, survey), None)


def columns() -> Columns:
    """The columns of the list."""
    return [
        (_("调查编号"), "reference"),
        (_("项目名称"), "title"),
        (_("承接机构"), "supplier"),
        (_("阶段"), "stage"),
        (_("状态"), "phase"),
        (_("发出"), "invited"),
        (_("收回"), "answered"),
        (_("有效"), "valid"),
        (_("平均分"), "mean"),
        (_("满意的比例"), "share"),
        (_("区间下限"), "low"),
        (_("区间上限"), "high"),
    ]


def cells(row: Row) -> dict[str, Any]:
    """A survey."""
    award = row.survey.contract.award
    overall = row.result.overall if row.result else None
    return {
        "reference": row.survey.reference,
        "title": award.lot.tender.title,
        "supplier": award.bid.bid.organisation.name,
        "stage": row.survey.stage,
        "phase": row.phase,
        "invited": row.survey.size,
        "answered": row.answered,
        "valid": row.result.valid if row.result else None,
        **_figures(overall),
    }


def sample_columns() -> Columns:
    """The columns of the list to hand sheets out by."""
    return [
        (_("问卷编号"), "number"),
        (_("登记号"), "person"),
        (_("称呼"), "label"),
        (_("服务对象"), "group"),
        (_("年龄"), "age"),
        (_("情况"), "state"),
    ]


def sample_cells(invitation: SurveyInvitation) -> dict[str, Any]:
    """One of the sample."""
    person = invitation.person
    return {
        "number": invitation.number,
        "person": person.number,
        "label": person.label,
        "group": term_name(person.group),
        "age": stratum_name(person.age_band) if person.age_band else "",
        "state": state(invitation),
    }


def state(invitation: SurveyInvitation) -> str:
    """Whether a sheet has come back."""
    if invitation.answered_on is not None:
        return _("已收回")
    return _("已作废") if invitation.withdrawn_on is not None else _("未收回")


def result_columns() -> Columns:
    """The columns of a result."""
    return [
        (_("范围"), "part"),
        (_("有效"), "valid"),
        (_("平均分"), "mean"),
        (_("满意的人数"), "satisfied"),
        (_("满意的比例"), "share"),
        (_("区间下限"), "low"),
        (_("区间上限"), "high"),
    ]


def result_rows(page: SurveyPage) -> Iterator[dict[str, Any]]:
    """The whole, each item, each group."""
    for part, tally in parts(page):
        yield {"part": part, "valid": tally.valid, "satisfied": tally.satisfied, **_figures(tally)}


def parts(page: SurveyPage) -> list[tuple[str, Tally]]:
    """What a result is made of, with its name."""
    found = page.result
    if found is None or found.overall is None:
        return []
    return [(_("总体"), found.overall), *items(page), *groups(page)]


def items(page: SurveyPage) -> list[tuple[str, Tally]]:
    """The items in the order in which they are asked."""
    found = page.result.items if page.result else {}
    return [(words.short(item), found[item.code]) for item in ITEMS if item.code in found]


def groups(page: SurveyPage) -> list[tuple[str, Tally]]:
    """The groups that can be shown; one alone would only say the whole again."""
    strata = page.result.strata if page.result else {}
    if len(strata) < 2:
        return []
    other = _("人数较少的各类合计")
    return [(term_name(page.terms[code]) if code else other, tally) for code, tally in strata.items()]


def _figures(tally: Tally | None) -> dict[str, Any]:
    if tally is None:
        return {}
    return {
        "mean": round(tally.mean, 2),
        "share": round(tally.share, 4),
        "low": round(tally.low, 4),
        "high": round(tally.high, 4),
    }
