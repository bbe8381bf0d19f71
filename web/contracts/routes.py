"""The contract board, contracts from the draft to their end, and what was accepted."""

from decimal import Decimal

from flask import Blueprint, Response, g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.contracts import changing, contracting, queries
from models.contracts.board import SORTS, Wanted, board
from models.contracts.contract import Contract, ContractChange, ContractPhase, ContractWorker
from models.contracts.contract_page import acceptances, contract_page
from models.evaluations import planning
from models.rectifications.deciding import termination_of
from models.rectifications.deducting import deductions, is_final
from models.volunteers.calling import may_call
from models.volunteers.queries import calls_for
from web import asked
from web.contracts import sheet, words
from web.contracts.deed import Answer, carry_out, press
from web.contracts.deed_paper import contract_paper
from web.contracts.forms import ChangeForm, NoticeForm, TermsForm, WordsForm, WorkerForm
from web.exchange.workbook import respond
from web.guards import public, requires
from web.papers.download import download

bp = Blueprint("contracts", __name__)


@bp.get("/contracts")
@requires(P.CONTRACT_VIEW)
def list_() -> str | Response:
    """The contracts I may see, what is due first standing first."""
    wanted = Wanted(
        phase=asked.member("phase", ContractPhase),
        words=asked.words(),
        overdue=asked.among("due", ("late",)) is not None,
    )
    sort, paging = asked.sort(SORTS, "clock"), asked.paging()
    found = board(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("合同"), sheet.headings(), map(sheet.row, found.rows))
    return render_template(
        "contracts/list.html", board=found, wanted=wanted, sort=sort, paging=paging, words=words
    )


@bp.get("/acceptances")
@public
def accepted() -> str | Response:
    """What was accepted, and what its users said."""
    paging = asked.paging()
    listed = acceptances(g.db, g.act, paging=paging)
    if asked.workbook():
        return respond(_("验收结果"), sheet.acceptance_headings(), map(sheet.acceptance, listed.rows))
    return render_template("contracts/acceptances.html", listed=listed, paging=paging, words=words)


@bp.get("/contracts/<uuid:contract_id>")
@requires(P.CONTRACT_VIEW, load=queries.contract)
def show(contract: Contract) -> str:
    """One contract."""
    page = contract_page(g.db, contract, g.act)
    events = timeline(g.db, contract, *contract.milestones)
    ends = termination_of(g.db, contract)
    return render_template(
        "contracts/show.html",
        page=page,
        words=words,
        events=events,
        off=deductions(g.db, contract, g.act),
        ends=ends,
        ends_now=ends is not None and is_final(ends, g.act),
        calls=calls_for(g.db, contract, g.act),
        may_call=may_call(contract, g.act),
    )


@bp.get("/contracts/<uuid:contract_id>/contract.<any(docx,pdf):form>")
@requires(P.CONTRACT_VIEW, load=queries.contract)
def paper(contract: Contract, form: str) -> Response:
    """The contract as a paper, in Chinese."""
    return download(contract_paper(contract), f"{contract.reference} 合同", form)


@bp.route("/contracts/<uuid:contract_id>/terms", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def terms(contract: Contract) -> Answer:
    """Terms and negotiation, before anybody has signed."""
    form = TermsForm(
        data={
            "revision": contract.revision,
            "starts_on": contract.starts_on,
            "ends_on": contract.ends_on,
            "terms": contract.terms,
            "negotiation": contract.negotiation_words,
        }
    )
    return carry_out(
        form,
        lambda: contracting.write(g.db, contract, g.act, terms=form.given, revision=form.seen),
        title=_("合同条款和协商记录"),
        button=_("保存"),
        back=(contract.reference, _page(contract)),
        done=_("已保存。"),
    )


@bp.post("/contracts/<uuid:contract_id>/sign")
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def sign(contract: Contract) -> Answer:
    """The purchaser signs."""
    return press(
        lambda: contracting.sign_for_purchaser(g.db, contract, g.act),
        done=_("采购人已签署，供应商收到了通知。"),
        to=_page(contract),
    )


@bp.post("/contracts/<uuid:contract_id>/countersign")
@requires(P.CONTRACT_PERFORM, load=queries.contract)
def countersign(contract: Contract) -> Answer:
    """The supplier signs; the contract is in force."""
    return press(
        lambda: planning.put_in_force(g.db, contract, g.act),
        done=_("双方已签署，合同生效。各期从今天起算，服务还没有开始的从开始之日起算。"),
        to=_page(contract),
    )


@bp.route("/contracts/<uuid:contract_id>/publication", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def publish(contract: Contract) -> Answer:
    """Where the contract was published."""
    form = NoticeForm()
    return carry_out(
        form,
        lambda: contracting.publish(
            g.db, contract, g.act, url=form.url.data or "", published_on=form.published_on.data
        ),
        title=_("登记合同公告"),
        button=_("登记"),
        back=(contract.reference, _page(contract)),
        done=_("已登记。"),
        lead=_("签订之日起两个工作日内公告（R34）。"),
    )


@bp.post("/contracts/<uuid:contract_id>/filing")
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def file_(contract: Contract) -> Answer:
    """A copy went to the finance department."""
    return press(lambda: contracting.file_(g.db, contract, g.act), done=_("备案已登记。"), to=_page(contract))


@bp.route("/contracts/<uuid:contract_id>/change", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def change(contract: Contract) -> Answer:
    """Propose a change."""
    form = ChangeForm()
    return carry_out(
        form,
        lambda: changing.change(
            g.db, contract, g.act, words=form.words.data or "", adds=form.adds.data or Decimal(0)
        ),
        title=_("提出合同变更"),
        button=_("提出，请供应商确认"),
        back=(contract.reference, _page(contract)),
        done=_("变更已提出，供应商确认之后生效。"),
    )


@bp.post("/contract-changes/<uuid:change_id>/agree")
@requires(P.CONTRACT_PERFORM, load=queries.change)
def agree(change: ContractChange) -> Answer:
    """The supplier agrees."""
    return press(
        lambda: changing.agree(g.db, change, g.act), done=_("变更已确认。"), to=_page(change.contract)
    )


@bp.route("/contract-workers/<uuid:contract_worker_id>/replacement", methods=["GET", "POST"])
@requires(P.CONTRACT_PERFORM, load=queries.worker)
def replace_worker(worker: ContractWorker) -> Answer:
    """Who takes over from a social worker."""
    form = WorkerForm()
    return carry_out(
        form,
        lambda: changing.replace_worker(
            g.db,
            worker,
            g.act,
            name=form.name.data or "",
            certificate=form.level,
            from_on=form.from_on.data,
        ),
        title=_("更换社工"),
        button=_("更换"),
        back=(worker.contract.reference, _page(worker.contract)),
        done=_("已更换，采购人收到了通知。"),
        lead=_("接替的人要有投标时承诺的能力。原来的社工仍留在记录里。"),
    )


@bp.route("/contracts/<uuid:contract_id>/termination", methods=["GET", "POST"])
@requires(P.CONTRACT_MANAGE, load=queries.contract)
def terminate(contract: Contract) -> Answer:
    """End a contract before its time; a final decision that it ends has said why."""
    decided = termination_of(g.db, contract)
    form = WordsForm(data={"words": decided.reasons if decided and is_final(decided, g.act) else ""})
    return carry_out(
        form,
        lambda: planning.end(g.db, contract, g.act, words=form.words.data or ""),
        title=_("终止合同"),
        button=_("终止合同"),
        back=(contract.reference, _page(contract)),
        done=_("合同已终止，供应商收到了通知。"),
        lead=_("终止之后不能恢复。已经验收的各期照常开票、付款。"),
        danger=True,
    )


def _page(contract: Contract) -> str:
    return url_for("contracts.show", contract_id=contract.id)
