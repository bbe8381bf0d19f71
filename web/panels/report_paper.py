"""The panel's report as a paper: who sat, which bids stood, what members gave, the ranking (R32, 87 art 58).

It says what the pages of the panel say to the same reader, and is there once the report is handed in.
"""

from flask_babel import force_locale
from flask_babel import gettext as _

from models.panels.overview import Row
from models.panels.page import LotRow, PanelPage
from models.panels.panel import Panel
from web.format import moment, money
from web.i18n import LOCALES
from web.labels import label
from web.panels import words
from web.papers.paper import Paper


def report_paper(page: PanelPage, marks: list[Row]) -> Paper:
    """The paper."""
    with force_locale(LOCALES["zh"]):
        made = Paper(_("%(title)s评审报告", title=page.panel.tender.title))
        _front(made, page.panel)
        _seats(made, page)
        _bids(made, page)
        _marks(made, page.panel, marks)
        _prices(made, page)
        _ranking(made, page)
    return made


def _front(paper: Paper, panel: Panel) -> None:
    tender = panel.tender
    paper.table(
        (_("项目"), _("内容")),
        [
            (_("项目编号"), tender.reference),
            (_("采购人"), tender.unit.name),
            (_("采购方式"), label(tender.method)),
            (_("抽取时间"), moment(panel.drawn_at)),
            (_("提交报告"), moment(tender.reported_at)),
            (_("随机种子"), panel.seed),
            (_("名单指纹"), panel.pool_digest),
        ],
    )


def _seats(paper: Paper, page: PanelPage) -> None:
    paper.heading(_("一、评审小组"))
    rows = [
        (
            words.member_name(seat.number),
            (seat.name or _("结果公布以前保密")) + (_("（组长）") if seat.member.is_chair else ""),
            label(seat.member.kind),
        )
        for seat in page.seats
        if seat.number
    ]
    paper.table((_("成员"), _("姓名"), _("身份")), rows)


def _bids(paper: Paper, page: PanelPage) -> None:
    paper.heading(_("二、资格与符合性审查"))
    many = len(page.panel.tender.lots)
    rows = [
        (
            words.alias(row.bid, many),
            row.bid.bid.organisation.name,
            _("无效：%(reason)s", reason=label(row.bid.invalid_reason)) if row.bid.invalid_at else _("通过"),
        )
        for row in page.bids
    ]
    paper.table((_("投标人"), _("机构"), _("结果")), rows)


def _marks(paper: Paper, panel: Panel, marks: list[Row]) -> None:
    if not marks:
        return
    paper.heading(_("三、评分和合议"))
    many = len(panel.tender.lots)
    members = [words.member_name(number) for number, _seat in enumerate(panel.seated, 1)]
    rows = [
        (
            words.alias(row.bid, many),
            row.criterion.title,
            str(row.criterion.weight),
            *(str(mark.points) for mark in row.marks),
            str(row.median),
        )
        for row in marks
    ]
    paper.table((_("投标人"), _("评分因素"), _("满分"), *members, _("中位数")), rows)
    paper.words(panel.consensus_words or "")


def _prices(paper: Paper, page: PanelPage) -> None:
    if not page.prices:
        return
    paper.heading(_("四、报价"))
    many = len(page.panel.tender.lots)
    rows = []
    for row in page.prices:
        low = row.question.triggers if row.question else ",".join(row.finding.low_by)
        rows.append(
            (
                words.alias(row.bid, many),
                money(row.bid.price),
                words.triggers(low) or _("没有触发"),
                words.price_state(row.question)[0],
            )
        )
    paper.table((_("投标人"), _("报价"), _("异常低价审查（R29）"), _("处理")), rows)


def _ranking(paper: Paper, page: PanelPage) -> None:
    paper.heading(_("五、名次"))
    for row in page.lots:
        paper.heading(_("第 %(number)s 包：%(title)s", number=row.lot.number, title=row.lot.title), 2)
        if row.ranking is None:
            paper.words(_("这一包没有成交。"))
            paper.words(row.lot.end_words or "")
            continue
        _lot(paper, row, page)


def _lot(paper: Paper, row: LotRow, page: PanelPage) -> None:
    rows = [
        (
            str(line["rank"] or "—"),
            line["bid"].bid.organisation.name if line["bid"] else line["id"],
            line["price_score"] or "—",
            line["total"] or "—",
            line["reason"],
        )
        for line in words.standings(row.ranking, page)
    ]
    paper.table((_("名次"), _("投标人"), _("价格分"), _("总分"), _("说明")), rows)
    paper.words(_("指纹：%(digest)s", digest=row.ranking.digest if row.ranking else ""))
