"""Writing a bid: one page for a lot that saves itself, its attachments, a start from a copy."""

from io import BytesIO
from uuid import UUID

from flask import flash, g, jsonify, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.bids import attaching, copying, drafting
from models.bids.completeness import completeness
from models.bids.desk import Desk, desk
from models.bids.draft import BidDraft
from models.errors import Conflict, DomainError
from models.sealing.keys import Envelope
from models.session import transaction
from web.bids import filling, words
from web.bids.blueprint import bp
from web.bids.forms import AttachForm, CopyForm, EditorForm
from web.form import revision
from web.guards import requires
from web.keeper import keeper
from web.labels import sentence

Answer = str | Response | tuple[str, int] | tuple[Response, int]


@bp.get("/lots/<uuid:lot_id>")
@requires(P.BID_SUBMIT, load=desk)
def edit(desk: Desk) -> str:
    """The bid for a lot, as far as it is."""
    return _show(desk)


@bp.post("/lots/<uuid:lot_id>")
@requires(P.BID_SUBMIT, load=desk)
def save(desk: Desk) -> Answer:
    """Save what is written; a script does it while one writes."""
    offer = filling.proposal(desk)
    form = filling.editor(desk, offer)
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                draft = drafting.save(
                    g.db,
                    desk.lot,
                    g.act,
                    technical=filling.technical(form, desk),
                    price=filling.price(form),
                    keeper=keeper(),
                    revision=revision(form.revision.data),
                )
                saved = draft.revision
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            return _saved(desk, saved)
    if _wants_json():
        return jsonify(errors=form.errors), status
    return _show(desk, form=form, offer=offer), status


@bp.post("/lots/<uuid:lot_id>/discard")
@requires(P.BID_SUBMIT, load=desk)
def discard(desk: Desk) -> Response:
    """Throw the draft away."""
    with transaction(g.db):
        drafting.discard(g.db, _draft(desk), g.act)
    flash(_("草稿和附件已删除。"))
    return redirect(url_for(".mine"), 303)


@bp.post("/lots/<uuid:lot_id>/files")
@requires(P.BID_SUBMIT, load=desk)
def attach(desk: Desk) -> Answer:
    """Add a file."""
    form = AttachForm()
    status = 422
    if form.validate():
        file = form.file.data
        try:
            with transaction(g.db):
                attaching.attach(
                    g.db,
                    _draft(desk),
                    g.act,
                    name=file.filename or "",
                    content=file.read(),
                    keeper=keeper(),
                    in_price=form.in_price.data,
                )
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            flash(_("附件已保存，密封前只有贵机构能看到。"))
            return _to(desk, "attachments")
    return _show(desk, attach=form), status


@bp.get("/lots/<uuid:lot_id>/files/<uuid:draft_file_id>")
@requires(P.BID_SUBMIT, load=desk)
def file(desk: Desk, draft_file_id: UUID) -> Response:
    """One of the draft's own attachments."""
    found = attaching.read_file(_draft(desk), g.act, draft_file_id, keeper=keeper())
    return send_file(
        BytesIO(found.content), mimetype=found.media_type, download_name=found.name, as_attachment=True
    )


@bp.post("/lots/<uuid:lot_id>/files/<uuid:draft_file_id>/remove")
@requires(P.BID_SUBMIT, load=desk)
def detach(desk: Desk, draft_file_id: UUID) -> Response:
    """Take a file off."""
    with transaction(g.db):
        attaching.detach(g.db, _draft(desk), g.act, file_id=draft_file_id)
    flash(_("附件已删除。"))
    return _to(desk, "attachments")


@bp.post("/lots/<uuid:lot_id>/start")
@requires(P.BID_SUBMIT, load=desk)
def start(desk: Desk) -> Answer:
    """Begin from a copy of what was sealed."""
    form = CopyForm()
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                copying.start_from_copy(g.db, desk.lot, g.act, file=form.copy.data.read(), keeper=keeper())
        except DomainError as error:
            form.form_errors.append(sentence(error))
            status = error.status
        else:
            flash(_("已按副本写好草稿，请检查后再密封。"))
            return _to(desk)
    return _show(desk, copy=form), status


def _show(
    desk: Desk,
    *,
    form: EditorForm | None = None,
    offer: filling.Proposal | None = None,
    attach: AttachForm | None = None,
    copy: CopyForm | None = None,
) -> str:
    offer = offer or filling.proposal(desk)
    form = form or filling.editor(desk, offer, sent=False)
    written = filling.written(desk) or filling.begun(desk, offer)
    return render_template(
        "bids/edit.html",
        desk=desk,
        form=form,
        offer=offer,
        found=completeness(desk.lot, written.technical, written.price, desk.consortium),
        files=files(desk),
        attach=attach or AttachForm(formdata=None),
        copy=copy or CopyForm(formdata=None),
        words=words,
        above=words.is_above_limit(desk, written),
    )


def files(desk: Desk) -> list[tuple[UUID, str, int, bool]]:
    """The attachments: id, name, size, whether they go with the price."""
    if desk.draft is None:
        return []
    names = {
        envelope: iter(attaching.attachments(desk.draft, g.act, envelope, keeper=keeper()))
        for envelope in Envelope
    }
    return [
        (
            each.id,
            next(names[Envelope.PRICE if each.in_price else Envelope.TECHNICAL]).name,
            each.size,
            each.in_price,
        )
        for each in desk.draft.files
    ]


def _draft(desk: Desk) -> BidDraft:
    if desk.draft is None:
        raise Conflict("bid_draft_gone")
    return desk.draft


def _saved(desk: Desk, saved: int) -> Answer:
    if _wants_json():
        return jsonify(revision=saved)
    if request.form.get("then") == "seal":
        return redirect(url_for(".check", lot_id=desk.lot.id), 303)
    flash(_("草稿已保存。"))
    return _to(desk)


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _to(desk: Desk, anchor: str | None = None) -> Response:
    return redirect(url_for(".edit", lot_id=desk.lot.id, _anchor=anchor), 303)
