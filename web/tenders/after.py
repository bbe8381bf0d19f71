"""After publication: questions and answers, amendments, more time for all, the end, official notices."""

from uuid import UUID, uuid4

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.bids.queries import bidders
from models.errors import DomainError
from models.session import transaction
from models.tenders import amending, approving, ending, enquiring, noticing, queries
from models.tenders.enquiry import Enquiry
from models.tenders.lifecycle import TENDER
from models.tenders.lot import FailReason, Lot
from models.tenders.notice import NoticeKind
from models.tenders.tender import Tender
from web.form import Form
from web.guards import requires
from web.tenders.blueprint import bp
from web.tenders.fields import split
from web.tenders.forms_after import (
    CANCEL,
    WHOLE,
    AmendForm,
    AnswerForm,
    ApprovalForm,
    AskForm,
    EndForm,
    ExtendForm,
    NoticeForm,
)

Answer = str | Response | tuple[str, int]


def _page(name: str, form: Form, tender: Tender, status: int = 200, **more: object) -> tuple[str, int]:
    return render_template(f"tenders/{name}.html", form=form, tender=tender, **more), status


def _to(tender: Tender, said: str, anchor: str) -> Response:
    flash(said)
    return redirect(url_for(".show", tender_id=tender.id, _anchor=anchor), 303)


@bp.route("/<uuid:public_tender_id>/ask", methods=["GET", "POST"])
@requires(P.ENQUIRY_ASK, load=queries.tender)
def ask(tender: Tender) -> Answer:
    """Ask a question; nobody else learns who asked."""
    form = AskForm(data={"id": str(uuid4())})
    if not form.is_submitted():
        return _page("ask", form, tender)
    if not form.validate():
        return _page("ask", form, tender, 422)
    try:
        with transaction(g.db):
            enquiring.ask(g.db, tender, g.act, question=form.question.data or "", id=form.record)
    except DomainError as error:
        form.refuse(error)
        return _page("ask", form, tender, error.status)
    return _to(tender, _("问题已送出。答复会公开，不会写出是谁问的。"), "enquiries")


@bp.route("/enquiries/<uuid:enquiry_id>", methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.enquiry)
def answer(enquiry: Enquiry) -> Answer:
    """Answer a question to everybody."""
    form, tender, due = AnswerForm(), enquiry.tender, enquiring.answer_by(enquiry)
    if not form.is_submitted():
        return _page("answer", form, tender, enquiry=enquiry, due=due)
    if not form.validate():
        return _page("answer", form, tender, 422, enquiry=enquiry, due=due)
    try:
        with transaction(g.db):
            enquiring.answer(g.db, enquiry, g.act, words=form.answer.data or "")
    except DomainError as error:
        form.refuse(error)
        return _page("answer", form, tender, error.status, enquiry=enquiry, due=due)
    return _to(tender, _("答复已公开，提问的单位已收到通知。"), "enquiries")


@bp.route("/<uuid:tender_id>/amend", methods=["GET", "POST"])
@requires(P.TENDER_PUBLISH, load=queries.tender)
def amend(tender: Tender) -> Answer:
    """Clarify or change, with more time where the rule asks for it."""
    form, first = AmendForm(obj=tender), amending.lawful_until(tender, g.at)
    if not form.is_submitted():
        form.words.data = None
        return _page("amend", form, tender, first=first)
    if not form.validate():
        return _page("amend", form, tender, 422, first=first)
    try:
        with transaction(g.db):
            amending.amend(
                g.db,
                tender,
                g.act,
                words=form.words.data or "",
                bears_on_bids=form.bears_on_bids.data == "yes",
                until=form.until,
                changes=form.changes(tender),
                to=bidders(g.db, tender, g.act),
            )
    except DomainError as error:
        form.refuse(error)
        return _page("amend", form, tender, error.status, first=first)
    return _to(tender, _("更正已发布。影响投标的，已投标的单位会被要求确认。"), "amendments")


@bp.route("/<uuid:tender_id>/extend", methods=["GET", "POST"])
@requires(P.TENDER_PUBLISH, load=queries.tender)
def extend(tender: Tender) -> Answer:
    """The same more time for everybody, after an outage."""
    before = tender.bids_until
    form = ExtendForm(data=split(before) if before else {})
    if not form.is_submitted():
        return _page("extend", form, tender)
    if not form.validate():
        return _page("extend", form, tender, 422)
    try:
        with transaction(g.db):
            people = bidders(g.db, tender, g.act)
            amending.extend_after_outage(
                g.db, tender, g.act, until=form.until, words=form.words.data or "", to=people
            )
    except DomainError as error:
        form.refuse(error)
        return _page("extend", form, tender, error.status)
    return _to(tender, _("截止时间已统一延长。"), "amendments")


@bp.route("/<uuid:tender_id>/end", methods=["GET", "POST"])
@requires(P.TENDER_END, load=queries.tender)
def end(tender: Tender) -> Answer:
    """Cancel, or declare a failure, of the whole or of one lot."""
    moves = set(TENDER.open_moves(tender, g.at))
    reasons = [reason for reason, move in ending.TENDER_FAILS.items() if move in moves]
    form = EndForm().offer(tender, reasons)
    if not form.is_submitted():
        return _page("end", form, tender)
    if not form.validate():
        return _page("end", form, tender, 422)
    try:
        with transaction(g.db):
            _end(tender, form)
    except DomainError as error:
        form.refuse(error)
        return _page("end", form, tender, error.status)
    return _to(tender, _("已结束，理由已公开。"), "lots")


def _end(tender: Tender, form: EndForm) -> None:
    words, to = form.words.data or "", bidders(g.db, tender, g.act)
    reason = None if form.how.data == CANCEL else FailReason(form.how.data)
    if form.what.data == WHOLE:
        if reason is None:
            ending.cancel(g.db, tender, g.act, words=words, to=to)
        else:
            ending.fail(g.db, tender, g.act, reason=reason, words=words, to=to)
        return
    lot = g.db.get_one(Lot, UUID(form.what.data))
    if reason is None:
        ending.cancel_lot(g.db, lot, g.act, words=words, to=to)
    else:
        ending.fail_lot(g.db, lot, g.act, reason=reason, words=words, to=to)


@bp.route("/<uuid:tender_id>/approval", methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.tender)
def approval(tender: Tender) -> Answer:
    """Record that two bidders are enough in a negotiation after a failed tender."""
    form = ApprovalForm(obj=approving.approval_of(g.db, tender))
    if not form.is_submitted():
        return _page("approval", form, tender)
    if not form.validate():
        return _page("approval", form, tender, 422)
    try:
        with transaction(g.db):
            approving.approve(
                g.db,
                tender,
                g.act,
                number=form.number.data or "",
                approved_on=form.approved_on.data,
                words=form.words.data or "",
            )
    except DomainError as error:
        form.refuse(error)
        return _page("approval", form, tender, error.status)
    return _to(tender, _("批准已登记，供应商只有两家时可以继续。"), "basics")


@bp.route("/<uuid:tender_id>/notices", methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.tender)
def notices(tender: Tender) -> Answer:
    """Keep where a notice stands on the official site."""
    form = NoticeForm().offer(tender)
    shown = {"held": noticing.notices_of(g.db, tender.id), "notice_ends": noticing.notice_ends}
    if not form.is_submitted():
        return _page("notices", form, tender, **shown)
    if not form.validate():
        return _page("notices", form, tender, 422, **shown)
    try:
        with transaction(g.db):
            noticing.note(
                g.db,
                tender,
                g.act,
                kind=NoticeKind(form.kind.data),
                url=form.url.data or "",
                published_on=form.published_on.data,
            )
    except DomainError as error:
        form.refuse(error)
        return _page("notices", form, tender, error.status, **shown)
    flash(_("公告已登记。"))
    return redirect(url_for(".notices", tender_id=tender.id), 303)
