"""Sealing a bid, its receipt and its copy; one's own list; withdrawing and confirming."""

from io import BytesIO
from uuid import UUID

from flask import flash, g, redirect, render_template, send_file, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.bids import copying, queries, submitting
from models.bids.bid import Bid
from models.bids.completeness import completeness
from models.bids.desk import Desk, desk
from models.bids.lifecycle import phase_at
from models.errors import DomainError, NotFound
from models.panels.queries import questions_to
from models.session import transaction
from models.tenders.lifecycle import phase_at as tender_phase_at
from models.tenders.queries import tender as find_tender
from models.tenders.tender import TenderPhase
from web.bids import filling, words
from web.bids.blueprint import bp
from web.bids.writing import files
from web.form import Form
from web.guards import requires
from web.keeper import keeper

Answer = str | Response | tuple[str, int]
COPIES = "copies"
"""The field of the cookie with the keys of copies that wait."""


@bp.get("")
@requires(P.BID_SUBMIT)
def mine() -> str:
    """My organisation's drafts and bids."""
    rows = queries.own(g.db, g.act)
    return render_template(
        "bids/mine.html", rows=rows, invitations=queries.invitations(g.db, g.act), words=words
    )


@bp.get("/tenders/<uuid:public_tender_id>")
@requires(P.BID_SUBMIT)
def choose(public_tender_id: UUID) -> Answer:
    """Which lot to bid for; where there is one, its editor."""
    tender = find_tender(g.db, public_tender_id, g.act)
    if tender is None:
        raise NotFound("not_found")
    lots = [lot for lot in tender.lots if lot.is_live]
    if len(lots) == 1:
        return redirect(url_for(".edit", lot_id=lots[0].id), 303)
    return render_template("bids/choose.html", tender=tender, lots=lots)


@bp.get("/lots/<uuid:lot_id>/seal")
@requires(P.BID_SUBMIT, load=desk)
def check(desk: Desk) -> Answer:
    """The check list before sealing."""
    if desk.draft is None:
        return redirect(url_for(".edit", lot_id=desk.lot.id), 303)
    return _check(desk, Form(formdata=None))


@bp.post("/lots/<uuid:lot_id>/seal")
@requires(P.BID_SUBMIT, load=desk)
def seal(desk: Desk) -> Answer:
    """Seal it."""
    form = Form()
    try:
        with transaction(g.db):
            bid, _receipt, copy = submitting.submit(g.db, desk.lot, g.act, keeper=keeper())
            key, bid_id = copying.keep_copy(bid, g.act, copy=copy), bid.id
    except DomainError as error:
        if desk.draft is None:
            raise
        form.refuse(error)
        return _check(desk, form), error.status
    session[COPIES] = {str(bid_id): key}
    flash(_("投标已密封提交。请现在下载回执和副本。"))
    return redirect(url_for(".show", bid_id=bid_id), 303)


@bp.get("/<uuid:bid_id>")
@requires(P.BID_SUBMIT, load=queries.bid)
def show(bid: Bid) -> str:
    """The receipt."""
    tender = bid.lot.tender
    taken = tender_phase_at(tender, g.at) == TenderPhase.TENDERING and bid.lot.is_live
    return render_template(
        "bids/receipt.html",
        bid=bid,
        phase=phase_at(bid, g.at),
        receipt=submitting.receipt(bid),
        copy_waits=_key(bid) is not None and bid.copy is not None,
        may_change=taken and bid.is_live,
        confirm=queries.to_confirm(g.db, bid, g.act),
        question=next((each for each in questions_to(g.db, g.act) if each.bid_id == bid.id), None),
        words=words,
        events=timeline(g.db, bid),
    )


@bp.get("/<uuid:bid_id>/receipt.txt")
@requires(P.BID_SUBMIT, load=queries.bid)
def receipt(bid: Bid) -> Response:
    """The receipt as a file."""
    content = submitting.receipt(bid).text().encode()
    name = f"{bid.reference}-receipt.txt"
    return send_file(BytesIO(content), mimetype="text/plain", download_name=name, as_attachment=True)


@bp.post("/<uuid:bid_id>/copy")
@requires(P.BID_SUBMIT, load=queries.bid)
def copy(bid: Bid) -> Response:
    """The bidder's copy, once."""
    with transaction(g.db):
        content = copying.take_copy(g.db, bid, g.act, key=_key(bid) or "")
        name = f"{bid.reference}-copy.zip"
    session.pop(COPIES, None)
    return send_file(BytesIO(content), mimetype="application/zip", download_name=name, as_attachment=True)


@bp.post("/<uuid:bid_id>/withdraw")
@requires(P.BID_SUBMIT, load=queries.bid)
def withdraw(bid: Bid) -> Response:
    """Take the bid back."""
    with transaction(g.db):
        submitting.withdraw(g.db, bid, g.act)
    flash(_("投标已撤回，永远不会拆封。截止前还可以重新提交。"))
    return redirect(url_for(".show", bid_id=bid.id), 303)


@bp.post("/<uuid:bid_id>/confirm")
@requires(P.BID_SUBMIT, load=queries.bid)
def confirm(bid: Bid) -> Response:
    """Stand by the bid after an amendment."""
    with transaction(g.db):
        submitting.confirm(g.db, bid, g.act)
    flash(_("已确认：更正之后，这份投标仍然有效。"))
    return redirect(url_for(".show", bid_id=bid.id), 303)


def _check(desk: Desk, form: Form) -> str:
    written = filling.written(desk)
    assert written is not None  # noqa: S101  # whoever calls has looked at the draft
    return render_template(
        "bids/check.html",
        desk=desk,
        form=form,
        written=written,
        found=completeness(desk.lot, written.technical, written.price, desk.consortium),
        files=files(desk),
        above=words.is_above_limit(desk, written),
        words=words,
    )


def _key(bid: Bid) -> str | None:
    found: str | None = session.get(COPIES, {}).get(str(bid.id))
    return found
