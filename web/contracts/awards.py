"""The award desk of a tender, its result for everybody, and each bidder's own letter."""

from secrets import token_hex
from uuid import UUID

from flask import Blueprint, Response, g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.bids.bid import Bid
from models.contracts import awarding, contracting, letters, queries
from models.contracts.award import Award, PassingGround
from models.contracts.award_page import award_desk, lot_desk, result_page
from models.contracts.awarding import Equals
from models.contracts.contracting import Terms
from models.frameworks import queries as agreements
from models.frameworks.agreement import FrameworkAgreement
from models.tenders import queries as tenders
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from web.contracts import words
from web.contracts.deed import Answer, carry_out, press
from web.contracts.forms import EqualForm, NoticeForm, PassForm, TermsForm, WordsForm
from web.contracts.result_paper import result_paper
from web.guards import requires
from web.papers.download import download

bp = Blueprint("awards", __name__)
SEED_BYTES = 16


@bp.get("/results/<uuid:result_id>")
@requires(P.TENDER_VIEW, load=tenders.tender)
def result(tender: Tender) -> str:
    """What came of a tender, for everybody."""
    page = result_page(g.db, tender, g.act)
    return render_template("contracts/result.html", page=page, words=words, agreement_of=_agreement)


@bp.get("/results/<uuid:result_id>/notice.<any(docx,pdf):form>")
@requires(P.TENDER_VIEW, load=tenders.tender)
def paper(tender: Tender, form: str) -> Response:
    """The same as a paper, in Chinese."""
    return download(result_paper(result_page(g.db, tender, g.act)), f"{tender.reference} 采购结果", form)


@bp.get("/results/<uuid:result_id>/desk")
@requires(P.AWARD_VIEW, load=queries.awarded_tender)
def desk(tender: Tender) -> str:
    """The award desk."""
    page = award_desk(g.db, tender, g.act)
    awards = [each.award for each in page.lots if each.award]
    cancelled = [award for each in page.lots for award in each.cancelled]
    events = timeline(g.db, *awards, *cancelled)
    return render_template(
        "contracts/desk.html", page=page, words=words, events=events, agreement_of=_agreement
    )


@bp.post("/results/lots/<uuid:awarded_lot_id>/first")
@requires(P.AWARD_DECIDE, load=queries.lot)
def first(lot: Lot) -> Answer:
    """Award the first in rank."""
    done = _("结果已确定，请在两个工作日内公告。")
    return press(lambda: awarding.decide(g.db, lot, g.act), done=done, to=_desk(lot))


@bp.post("/results/lots/<uuid:awarded_lot_id>/draw")
@requires(P.AWARD_DECIDE, load=queries.lot)
def draw(lot: Lot) -> Answer:
    """Draw among equals."""
    seed = Equals(seed=token_hex(SEED_BYTES))
    verb = lambda: awarding.decide(g.db, lot, g.act, equals=seed)  # noqa: E731  # a verb to be carried out
    return press(verb, done=_("已随机抽取，抽取的种子已记录，可以重算。"), to=_desk(lot))


@bp.route("/results/lots/<uuid:awarded_lot_id>/equal", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=queries.lot)
def equal(lot: Lot) -> Answer:
    """One of several equals, by the rule of the documents."""
    form = EqualForm().offer(lot_desk(g.db, lot, g.act))
    return carry_out(
        form,
        lambda: awarding.decide(g.db, lot, g.act, equals=form.chosen),
        title=_("并列时选定一家"),
        button=_("确定结果"),
        back=(_("确定结果"), _desk(lot)),
        done=_("结果已确定，请在两个工作日内公告。"),
        lead=_("采购文件写明了并列时的办法，就按它选定；没有写明，请随机抽取。"),
    )


@bp.route("/results/lots/<uuid:awarded_lot_id>/other", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=queries.lot)
def other(lot: Lot) -> Answer:
    """Another than the first."""
    page = lot_desk(g.db, lot, g.act)
    form = PassForm().offer(page)

    def verb() -> None:
        rank = form.rank_in(page)
        ground, said = PassingGround(form.ground.data), form.words.data or ""
        shared = sum(each.rank == rank for each in page.ranked) > 1
        equals = Equals(UUID(form.bid.data), said) if shared else Equals()
        awarding.decide(g.db, lot, g.act, rank=rank, ground=ground, words=said, equals=equals)

    return carry_out(
        form,
        verb,
        title=_("不选第一名"),
        button=_("确定结果"),
        back=(_("确定结果"), _desk(lot)),
        done=_("结果已确定，请在两个工作日内公告。"),
        lead=_("只有下列情形才能不选排在前面的供应商。依据和说明会留在记录里。"),
        danger=True,
    )


@bp.route("/awards/<uuid:award_id>/notice", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=queries.award)
def notice(award: Award) -> Answer:
    """Where the result stood on the official site."""
    form = NoticeForm()
    return carry_out(
        form,
        lambda: awarding.note_notice(
            g.db, award, g.act, url=form.url.data or "", published_on=form.published_on.data
        ),
        title=_("登记结果公告"),
        button=_("登记，并通知所有投标人"),
        back=(_("确定结果"), _desk(award.lot)),
        done=_("已登记。每家投标人都收到了自己的通知。"),
        lead=_("请先在官方网站发布公告，再登记网址和日期。公告期一个工作日（R33）。"),
    )


@bp.route("/awards/<uuid:award_id>/withdraw", methods=["GET", "POST"])
@requires(P.AWARD_DECIDE, load=queries.award)
def withdraw(award: Award) -> Answer:
    """Take an award back."""
    form = WordsForm()
    return carry_out(
        form,
        lambda: awarding.withdraw(g.db, award, g.act, words=form.words.data or ""),
        title=_("撤销结果"),
        button=_("撤销结果"),
        back=(_("确定结果"), _desk(award.lot)),
        done=_("结果已撤销，所有投标人都收到了通知。"),
        lead=_("例如中标人书面放弃。合同还没有生效时才能撤销，之后可以确定下一名。"),
        danger=True,
    )


@bp.route("/awards/<uuid:award_id>/contract", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.award)
def contract(award: Award) -> Answer:
    """Make the contract of an award."""
    given: Terms = contracting.proposed(award, g.act)
    form = TermsForm(data={"starts_on": given.starts_on, "ends_on": given.ends_on, "terms": given.terms})
    return carry_out(
        form,
        lambda: contracting.make(g.db, award, g.act, terms=form.given),
        title=_("拟订合同"),
        button=_("拟订合同"),
        back=(_("确定结果"), _desk(award.lot)),
        done=_("合同已拟订，供应商收到了通知。"),
        to=lambda made: url_for("contracts.show", contract_id=made.id),
        lead=_("金额、期次和社工取自采购文件和中标的投标，不用再填。"),
    )


@bp.get("/results/mine")
@requires(P.BID_SUBMIT)
def mine() -> str:
    """The results of my organisation's bids."""
    return render_template("contracts/mine.html", letters=letters.mine(g.db, g.act), words=words)


@bp.get("/letters/<uuid:letter_id>")
@requires(P.BID_VIEW, load=queries.bid)
def letter(bid: Bid) -> str:
    """The letter of one bid, as page and print."""
    found = letters.letter(g.db, bid, g.act)
    return render_template("contracts/letter.html", letter=found, words=words)


def _agreement(lot: Lot) -> FrameworkAgreement | None:
    """The framework agreement a lot led to (R47)."""
    return agreements.of_lot(g.db, lot.id)


def _desk(lot: Lot) -> str:
    return url_for("awards.desk", result_id=lot.tender_id)
