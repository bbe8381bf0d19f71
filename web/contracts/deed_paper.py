"""A contract as a paper, for both sides to keep: parties, price, period, milestones, people, terms (R34)."""

from flask_babel import force_locale
from flask_babel import gettext as _

from models.contracts.contract import Contract
from web.format import day, moment, money, number
from web.i18n import LOCALES
from web.labels import label
from web.papers.paper import Paper


def contract_paper(contract: Contract) -> Paper:
    """The paper of a contract as it stands."""
    with force_locale(LOCALES["zh"]):
        made = Paper(_("%(title)s合同", title=contract.award.lot.tender.title))
        _front(made, contract)
        _milestones(made, contract)
        _people(made, contract)
        _words(made, contract)
        _signatures(made, contract)
    return made


def _front(paper: Paper, contract: Contract) -> None:
    lot = contract.award.lot
    paper.table(
        (_("项目"), _("内容")),
        [
            (_("合同编号"), contract.reference),
            (_("项目编号"), lot.tender.reference),
            (_("采购人"), lot.tender.unit.name),
            (_("成交供应商"), contract.award.bid.bid.organisation.name),
            (_("包"), lot.title),
            (_("合同金额"), money(contract.amount)),
            (
                _("合同期限"),
                _("%(first)s 到 %(last)s", first=day(contract.starts_on), last=day(contract.ends_on)),
            ),
        ],
    )


def _milestones(paper: Paper, contract: Contract) -> None:
    paper.heading(_("一、交付和付款"))
    rows = [
        (
            each.title,
            day(each.due_on),
            _("%(percent)s%%", percent=number(each.percent.normalize())),
            money(each.amount),
            each.deliverable,
        )
        for each in contract.milestones
    ]
    paper.table((_("期次"), _("交付日期"), _("比例"), _("金额"), _("交付内容")), rows)
    if contract.purchaser_signed_at is None or contract.supplier_signed_at is None:
        paper.words(_("交付日期在双方签署后重新起算。"))


def _people(paper: Paper, contract: Contract) -> None:
    paper.heading(_("二、具名社工"))
    rows = [
        (
            each.name,
            label(each.certificate) if each.certificate else _("没有证书"),
            day(each.from_on),
            day(each.until_on) if each.until_on else "—",
        )
        for each in contract.workers
    ]
    if rows:
        paper.table((_("姓名"), _("证书"), _("从哪天起"), _("到哪天止")), rows)
    else:
        paper.words(_("没有具名社工。"))


def _words(paper: Paper, contract: Contract) -> None:
    paper.heading(_("三、合同条款"))
    paper.words(contract.terms or _("没有另外的条款。"))
    if contract.negotiation_words:
        paper.heading(_("协商记录"), 2)
        paper.words(contract.negotiation_words)
    if contract.changes:
        paper.heading(_("变更"), 2)
        rows = [
            (each.words, money(each.adds), moment(each.agreed_at) if each.agreed_at else _("等供应商确认"))
            for each in contract.changes
        ]
        paper.table((_("改什么"), _("追加"), _("双方确认")), rows)
    if contract.terminated_words:
        paper.heading(_("终止的原因"), 2)
        paper.words(contract.terminated_words)


def _signatures(paper: Paper, contract: Contract) -> None:
    paper.heading(_("四、签署"))
    rows = [
        (who, moment(at) if at else _("还没有签署"))
        for who, at in (
            (_("采购人"), contract.purchaser_signed_at),
            (_("供应商"), contract.supplier_signed_at),
        )
    ]
    paper.table((_("签署方"), _("签署时间")), rows)
