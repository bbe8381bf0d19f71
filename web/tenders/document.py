"""What the documents of a tender say, in Chinese whatever the page's language."""

from flask_babel import force_locale
from flask_babel import gettext as _

from models.rulebook.methods import METHODS
from models.tenders.page import TenderPage
from models.tenders.tender import Tender
from web.format import day, moment, money
from web.i18n import LOCALES
from web.labels import label
from web.papers.paper import Paper
from web.tenders import words


def document(page: TenderPage) -> Paper:
    """The paper."""
    made = Paper(page.tender.title)
    with force_locale(LOCALES["zh"]):
        _front(made, page.tender)
        _need(made, page.tender)
        _conditions(made, page.tender)
        _review(made, page.tender)
        _contract(made, page.tender)
        _after(made, page)
    return made


def _front(paper: Paper, tender: Tender) -> None:
    until = moment(tender.bids_until) if tender.bids_until else _("发布时确定")
    paper.table(
        (_("项目"), _("内容")),
        [
            (_("项目编号"), tender.reference),
            (_("采购人"), tender.unit.name),
            (_("采购方式"), label(tender.method)),
            (_("预算项目"), tender.budget_item),
            (_("预算"), money(tender.budget)),
            (_("最高限价"), money(tender.ceiling) if tender.ceiling is not None else _("以预算为限")),
            (_("合作方式"), label(tender.engagement) if tender.engagement else _("不限")),
            (_("服务期限"), words.period(tender) or _("未定")),
            (_("截止时间"), until),
            (_("联合体"), _("接受") if tender.consortium_allowed else _("不接受")),
            (_("分包"), _("允许非主体部分分包") if tender.subcontracting_allowed else _("不允许")),
        ],
    )


def _need(paper: Paper, tender: Tender) -> None:
    paper.heading(_("一、采购需求"))
    paper.words(tender.description)
    for lot in tender.lots:
        paper.heading(_("第 %(number)s 包：%(title)s", number=lot.number, title=lot.title), 2)
        paper.words(lot.description)
        paper.words(
            _("预算 %(budget)s，最高限价 %(limit)s。", budget=money(lot.budget), limit=money(lot.limit))
        )


def _conditions(paper: Paper, tender: Tender) -> None:
    paper.heading(_("二、资格条件"))
    rows = [
        (str(number), each.words, each.evidence_words)
        for number, each in enumerate(tender.requirements, start=1)
    ]
    paper.table((_("序号"), _("条件"), _("要提供的证明")), rows)
    if tender.reservation_words:
        paper.words(_("不专门面向中小企业的理由：%(words)s", words=tender.reservation_words))


def _review(paper: Paper, tender: Tender) -> None:
    paper.heading(_("三、评审办法"))
    if METHODS[tender.method].lowest_price_wins:
        paper.words(_("质量和服务均能满足采购文件实质性要求的，以最低报价成交。"))
        return
    price = _("执行统一价格，不打分") if tender.fixed_price else _("最低有效报价除以本报价，乘以价格权重")
    rows = [
        (
            each.title + (_("（客观项）") if each.is_objective else ""),
            words.points(each.weight),
            "\n".join(
                [each.description, *(f"{words.points(one.points)}：{one.words}" for one in each.levels)]
            ),
        )
        for each in tender.criteria
    ]
    paper.table(
        (_("评分项"), _("分值"), _("标准")), [(_("价格"), words.points(tender.price_weight), price), *rows]
    )


def _contract(paper: Paper, tender: Tender) -> None:
    paper.heading(_("四、合同主要条款"))
    paper.words(tender.contract_words)
    rows = [
        (each.title, words.due(each.due_days), words.points(each.percent) + "%", each.deliverable)
        for each in tender.milestones
    ]
    paper.table((_("付款节点"), _("期限"), _("比例"), _("交付内容")), rows)
    paper.words(_("天数从服务开始那天算起；签约更晚的，从签约那天算起。"))
    paper.heading(_("验收"), 2)
    paper.words(tender.users_words)


def _after(paper: Paper, page: TenderPage) -> None:
    if page.dates:
        paper.heading(_("五、日期"))
        rows = [
            (label(each.event), day(each.day), f"{words.dated(each)}（{each.rule}）") for each in page.dates
        ]
        paper.table((_("事项"), _("日期"), _("怎样算的")), rows)
    if page.amendments:
        paper.heading(_("六、更正"))
        for each in page.amendments:
            head = _("第 %(number)s 号（%(kind)s）", number=each.number, kind=label(each.kind))
            paper.words(f"{head} {moment(each.made_at)}")
            paper.words(each.words)
