"""What a report says, in words and once: the page, the workbook and the paper show the same tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from models.audit.metering import PAUSE
from models.rectifications.consequence import ConsequenceKind
from models.reports.burden import LEAST
from models.reports.projects import ProjectLine
from models.reports.report import AreaReport
from models.scoring.grades import Grade
from models.scoring.survey import LEAST_VALID
from web.format import money, number, percent
from web.labels import label
from web.reports import trends

Row = tuple[Any, ...]
CENT = Decimal("0.01")
TRENDS = "trends"
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Section:
    """A table with its name. Cells are text, numbers or amounts, as a workbook keeps them."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: list[Row]
    numbers: frozenset[int] = frozenset({1})
    """The places of figures, which stand on the right."""
    empty: str = ""
    lines: tuple[tuple[int, ...], ...] = ()
    """Which columns share one on paper, a line each: a wide table has to fit an upright page."""
    note: str = ""
    """What stands below the table."""

    @property
    def on_paper(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Heads and rows of the paper."""
        if not self.lines:
            return self.heads, self.shown
        rows = [self.heads, *self.shown]
        heads, *body = [tuple("\n".join(row[at] for at in column) for column in self.lines) for row in rows]
        return heads, body

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The columns of the page."""
        return [
            {"label": head, "number": place in self.numbers, "clamp": place not in self.numbers}
            for place, head in enumerate(self.heads)
        ]

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns of a workbook's sheet."""
        return [(head, str(place)) for place, head in enumerate(self.heads)]

    @property
    def records(self) -> Iterable[dict[str, Any]]:
        """The rows of a workbook's sheet."""
        return ({str(place): value for place, value in enumerate(row)} for row in self.rows)

    @property
    def shown(self) -> list[tuple[str, ...]]:
        """The rows as people read them."""
        return [tuple(map(_shown, row)) for row in self.rows]


class Share(float):
    """A share: a number in a workbook, per cent on paper."""


def sections(report: AreaReport) -> list[Section]:
    """The report, table by table; of what did not rise nothing is said."""
    risen = [_risen(report)] if report.rises.warnings else []
    taken = [_taken(report)] if any(each.measured for each in report.burden) else []
    usual = [_flow(report), _judged(report), _opinion(report), _after(report), _projects(report)]
    return [*risen, *usual, *taken]


def _risen(report: AreaReport) -> Section:
    heads = (_("什么在增多"), _("本期"), _("之前同样长的时间"))
    rows: list[Row] = [
        (trends.written(each, report.rises.days), each.now, each.before) for each in report.rises.warnings
    ]
    return Section(TRENDS, _("在增多的"), heads, rows, frozenset({1, 2}))


def _taken(report: AreaReport) -> Section:
    heads = (_("事项"), _("测到的次数"), _("用时中位数（分钟）"), _("没有测到的次数"))
    rows: list[Row] = [
        (label(each.task), each.measured, _minutes(each.minutes), each.unmeasured) for each in report.burden
    ]
    return Section("burden", _("填报用时"), heads, rows, frozenset({1, 2, 3}), note=counted())


def counted() -> str:
    """How the time of a task is counted."""
    return _(
        "从打开表单算到提交，超过 %(pause)d 分钟没有保存的停顿不计，全是这样停顿的算没有测到；"
        "不记是谁、几点做的，满 %(least)d 次才显示中位数；投标开标后才计。",
        pause=PAUSE // ONE_MINUTE,
        least=LEAST,
    )


def _minutes(value: float | None) -> int | str:
    return _("不足 %(least)d 次，不显示", least=LEAST) if value is None else max(1, round(value))


def _flow(report: AreaReport) -> Section:
    c = report.counts
    rows: list[Row] = [
        (_("收到的需求"), c.needs_submitted),
        (_("完成标准化的需求"), c.needs_standardised),
        (_("新记的供给缺口"), c.gaps_opened),
        (_("补上的供给缺口"), c.gaps_closed),
        (_("发布的采购项目"), c.tenders_published),
        (_("失败的采购项目"), c.tenders_failed),
        (_("签订的合同"), c.contracts_signed),
        (_("合同金额"), c.contracts_amount),
        (_("验收的付款节点"), c.milestones_accepted),
        (_("付出的金额"), c.paid_amount),
    ]
    return Section("flow", _("从需求到付款"), (_("事项"), _("本期")), rows)


def _judged(report: AreaReport) -> Section:
    rows: list[Row] = [(label(grade), report.grades[grade]) for grade in Grade]
    rows.append((_("平均得分"), _figure(report.mean_score)))
    rows.append((_("暂停的评估机构"), report.counts.agencies_suspended))
    return Section("judged", _("公布的终期评估"), (_("等级"), _("项目数")), rows)


def _opinion(report: AreaReport) -> Section:
    opinion, interval = report.opinion, report.opinion.interval
    rows: list[Row] = [
        (_("公布的居民调查"), opinion.surveys),
        (_("有效回答"), opinion.valid),
    ]
    if interval is None:
        rows.append((_("满意的比例"), _("不足 %(least)s 份有效回答，不作评价", least=LEAST_VALID)))
    else:
        rows.append((_("满意的比例"), Share(opinion.satisfied / opinion.valid)))
        rows.append((_("95%% 置信区间，下限"), Share(interval[0])))
        rows.append((_("95%% 置信区间，上限"), Share(interval[1])))
    return Section("opinion", _("居民的意见"), (_("事项"), _("本期")), rows)


def _after(report: AreaReport) -> Section:
    c = report.counts
    rows: list[Row] = [
        (_("发出的整改通知"), c.rectifications_issued),
        (_("复查通过"), c.rectifications_passed),
        (_("复查没有通过、由采购人处理"), c.rectifications_concluded),
        *((label(kind), report.consequences[kind]) for kind in ConsequenceKind),
    ]
    return Section("after", _("整改和处理"), (_("事项"), _("本期")), rows)


def _projects(report: AreaReport) -> Section:
    heads = (
        _("合同编号"),
        _("项目"),
        _("承接机构"),
        _("合同金额"),
        _("已付"),
        _("得分"),
        _("等级"),
        _("满意的比例"),
        _("整改"),
    )
    rows = [_project(each) for each in report.projects]
    none = _("本期没有公布终期评估。")
    figures, lines = frozenset({3, 4, 5, 7}), ((0, 1, 2), (3, 4), (5, 6), (7,), (8,))
    return Section("projects", _("逐个项目"), heads, rows, figures, none, lines)


def _project(line: ProjectLine) -> Row:
    evaluation, contract = line.evaluation, line.evaluation.contract
    return (
        contract.reference,
        contract.award.lot.title,
        contract.award.bid.bid.organisation.name,
        contract.amount,
        line.paid,
        _figure(evaluation.score),
        label(evaluation.grade),
        Share(line.opinion.share) if line.opinion else _("不作评价"),
        label(line.rectification) if line.rectification else _("没有需要整改的"),
    )


def _figure(score: Decimal | None) -> float | None:
    """A score as a number: what is Decimal here is money."""
    return None if score is None else float(score.quantize(CENT))


def _shown(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, Share):
        return percent(value, 1)
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    return number(value) if isinstance(value, int) else str(value)
