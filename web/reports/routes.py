"""The report of my area for a period: read, taken as a workbook, as Word or as PDF."""

from flask import Blueprint, Response, g, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.errors import DomainError
from models.reports.period import last_quarter, period
from models.reports.report import AreaReport, area_report
from web import pdf
from web.exchange.workbook import XLSX, attached, workbook
from web.format import day
from web.guards import requires
from web.i18n import LOCALES
from web.papers.download import download
from web.papers.paper import Paper
from web.reports import trends
from web.reports.content import sections
from web.reports.forms import PeriodForm

bp = Blueprint("reports", __name__)
bp.app_context_processor(lambda: {"trend_words": trends})
Answer = str | Response | tuple[str, int]


@bp.get("/report")
@requires(Permission.DISTRICT_OVERVIEW)
def show() -> Answer:
    """The report of a period; without one, of the last quarter that is over."""
    form = PeriodForm()
    found = _asked(form)
    page = render_template(
        "reports/show.html",
        form=form,
        report=found,
        sections=sections(found) if found else [],
        papers=["docx", *(["pdf"] if pdf.is_available() else [])],
    )
    return page if found else (page, 422)


@bp.get("/report.<any(xlsx,docx,pdf):form>", endpoint="file")
@requires(Permission.DISTRICT_OVERVIEW)
def file_(form: str) -> Answer:
    """The same as a file."""
    asked = PeriodForm()
    found = _asked(asked)
    if found is None:
        return render_template("reports/show.html", form=asked, report=None, sections=[], papers=[]), 422
    name = f"{found.area.name} {found.period.first:%Y%m%d}-{found.period.last:%Y%m%d}"
    if form != "xlsx":
        return download(paper(found), name, form)
    content = workbook(*((each.title, each.columns, each.records) for each in sections(found)))
    return attached(content, XLSX, f"{name}.xlsx")


def paper(report: AreaReport) -> Paper:
    """The report as a paper, in Chinese."""
    with force_locale(LOCALES["zh"]):
        made = Paper(_("%(area)s社区服务报告", area=report.area.name))
        made.words(_("%(first)s 到 %(last)s", first=day(report.period.first), last=day(report.period.last)))
        for each in sections(report):
            made.heading(each.title)
            if each.rows:
                made.table(*each.on_paper)
            else:
                made.words(each.empty)
            if each.note:
                made.words(each.note)
        made.words(_("得分和满意度只计本期内公布的终期评估和居民调查；还没有公布的，不在报告里。"))
    return made


def _asked(form: PeriodForm) -> AreaReport | None:
    """The report that was asked for, or nothing and the form says why."""
    usual = last_quarter(g.at)
    if not form.asked:
        form.first.data, form.last.data = usual.first, usual.last
        return area_report(g.db, usual, g.act)
    if not form.validate():
        return None
    try:
        return area_report(g.db, period(form.first.data, form.last.data), g.act)
    except DomainError as error:
        form.refuse(error)
        return None
