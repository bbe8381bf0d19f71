"""The notice of a result as a paper: what everybody may know of it, and nothing else (R33, R56)."""

from flask_babel import force_locale
from flask_babel import gettext as _

from models.contracts.award_page import LotResult, ResultPage
from web.contracts import words
from web.format import day, money
from web.i18n import LOCALES
from web.labels import label
from web.papers.paper import Paper


def result_paper(page: ResultPage) -> Paper:
    """The paper; it copies what `result_page` has made public."""
    tender = page.tender
    with force_locale(LOCALES["zh"]):
        made = Paper(_("%(title)s采购结果", title=tender.title))
        made.table(
            (_("项目"), _("内容")),
            [
                (_("项目编号"), tender.reference),
                (_("采购人"), tender.unit.name),
                (_("采购方式"), label(tender.method)),
                (_("阶段"), label(page.phase)),
            ],
        )
        if tender.end_words:
            made.words(tender.end_words)
        _lots(made, page)
        _panel(made, page)
        _notices(made, page)
    return made


def _lots(paper: Paper, page: ResultPage) -> None:
    paper.heading(_("一、结果"))
    rows = [_lot(row) for row in page.lots]
    paper.table((_("包"), _("成交供应商"), _("金额"), _("公告日期"), _("质疑期到")), rows)


def _lot(row: LotResult) -> tuple[str, str, str, str, str]:
    name = f"{row.lot.number} {row.lot.title}"
    if row.award is None:
        said = _("还没有结果") if row.lot.is_live else _("没有成交")
        return name, "\n".join(filter(None, (said, row.lot.end_words))), "—", "—", "—"
    return (
        name,
        row.award.bid.bid.organisation.name,
        money(row.award.amount),
        day(row.award.noticed_on),
        words.by(row.challenge) if row.challenge else "—",
    )


def _panel(paper: Paper, page: ResultPage) -> None:
    if not page.members:
        return
    paper.heading(_("二、评审小组"))
    names = [
        _("%(name)s（组长）", name=each.person.name) if each.is_chair else each.person.name
        for each in page.members
    ]
    paper.words(_("、").join(names))


def _notices(paper: Paper, page: ResultPage) -> None:
    if not page.notices:
        return
    paper.heading(_("三、官方网站的公告") if page.members else _("二、官方网站的公告"))
    paper.table(
        (_("公告"), _("日期"), _("网址")),
        [(label(each.kind), day(each.published_on), each.url) for each in page.notices],
    )
    paper.words(_("以官方网站的公告为准（R56）。"))
