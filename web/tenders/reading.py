"""Reading tenders: the list, one tender's page, its document."""

from typing import Any

from flask import Response, g, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.parties.queries import procuring_places
from models.rulebook.methods import Method
from models.tenders import queries
from models.tenders.page import TenderPage, tender_page
from models.tenders.queries import SORTS, USUAL_SORT, TenderRow, Wanted
from models.tenders.tender import Tender, TenderPhase
from web import asked, pdf
from web.exchange.workbook import respond
from web.guards import public, requires
from web.labels import LABELS, label
from web.papers.download import download
from web.tenders import parts
from web.tenders.blueprint import bp
from web.tenders.document import document

PUBLIC = tuple(phase for phase in TenderPhase if phase is not TenderPhase.DRAFT)


@bp.get("")
@public
def list_() -> str | Response:
    """Every published tender, and for officials the drafts of their area."""
    phase = asked.member("phase", TenderPhase)
    wanted = Wanted(
        words=asked.words(),
        phases=None if phase is None else {phase},
        area=asked.words("area"),
        method=asked.member("method", Method),
    )
    sort, paging = asked.sort(SORTS, USUAL_SORT), asked.paging()
    listed = queries.listing(g.db, g.act, wanted, sort=sort, paging=paging)
    if asked.workbook():
        return respond(_("采购项目"), headings(), map(sheet_row, listed.rows))
    writes = can(g.act, P.TENDER_WRITE)
    return render_template(
        "tenders/list.html",
        listed=listed,
        wanted=wanted,
        phase=phase,
        sort=sort,
        paging=paging,
        may_start=writes,
        options={
            "phase": [("", _("任何阶段")), *_named(TenderPhase, TenderPhase if writes else PUBLIC)],
            "area": [("", _("全市")), *((u.code, u.name) for u in procuring_places(g.db))],
            "method": [("", _("任何方式")), *_named(Method, Method)],
        },
    )


def _named(kind: type[Any], members: Any) -> list[tuple[str, str]]:
    return [(each.value, str(LABELS[kind][each])) for each in members]


def headings() -> list[tuple[str, str]]:
    """The columns of the list as a workbook."""
    return [
        (_("项目编号"), "reference"),
        (_("项目名称"), "title"),
        (_("采购人"), "unit"),
        (_("采购方式"), "method"),
        (_("阶段"), "phase"),
        (_("预算（元）"), "budget"),
        (_("发布时间"), "published"),
        (_("截止时间"), "until"),
    ]


def sheet_row(row: TenderRow) -> dict[str, object]:
    """A line of the list as a workbook has it."""
    tender = row.tender
    return {
        "reference": tender.reference,
        "title": tender.title,
        "unit": tender.unit.name,
        "method": tender.method,
        "phase": row.phase,
        "budget": tender.budget,
        "published": tender.published_at,
        "until": tender.bids_until,
    }


@bp.get("/<uuid:tender_id>")
@requires(P.TENDER_VIEW, load=queries.tender)
def show(tender: Tender) -> str:
    """One tender."""
    page = tender_page(g.db, tender, g.act)
    return render_template("tenders/show.html", page=page, tender=page.tender, actions=can_do(page), now=g.at)


def can_do(page: TenderPage) -> list[dict[str, Any]]:
    """The reader's actions, the main one first."""
    key = page.tender.id
    found = [
        _link(_("继续起草"), "tenders.write", key, allowed=page.may_write, style="primary"),
        *(_phrase(each) for each in page.own_holders),
        *parts.links(page.tender),
        _link(_("提一个问题"), "tenders.ask", key, allowed=page.may_ask, name="public_tender_id"),
        *parts.links(page.tender, parts.AFTER_QUESTIONS),
        _link(_("发布更正"), "tenders.amend", key, allowed=page.may_amend),
        _link(_("统一延期"), "tenders.extend", key, allowed=page.may_extend),
        _link(_("登记两家谈判的批准"), "tenders.approval", key, allowed=page.may_approve),
        _link(_("登记官方公告"), "tenders.notices", key, allowed=page.may_note),
        _link(_("下载采购文件（Word）"), "tenders.document", key, allowed=True, form="docx"),
        _link(_("下载采购文件（PDF）"), "tenders.document", key, allowed=pdf.is_available(), form="pdf"),
        _link(_("结束采购"), "tenders.end", key, allowed=page.may_end and not page.may_write, style="danger"),
    ]
    return [each for each in found if each is not None]


def _link(
    words: str,
    endpoint: str,
    key: Any,
    *,
    allowed: bool,
    style: str = "secondary",
    name: str = "tender_id",
    **more: str,
) -> dict[str, Any] | None:
    url = url_for(endpoint, **{name: key}, **more)
    return {"label": words, "url": url, "style": style} if allowed else None


def _phrase(holder_id: Any) -> dict[str, Any]:
    where = url_for("tenders.phrase", holder_id=holder_id)
    return {"label": _("取走我的开标口令"), "url": where, "style": "primary"}


@bp.get("/<uuid:tender_id>/document.<any(docx,pdf):form>", endpoint="document")
@requires(P.TENDER_VIEW, load=queries.tender)
def document_(tender: Tender, form: str) -> Response:
    """The documents of the tender as Word or PDF, in Chinese."""
    page = tender_page(g.db, tender, g.act)
    return download(document(page), f"{tender.reference} {label(tender.method)}", form)
