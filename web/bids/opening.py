"""The opening room of officials, and the list of envelopes that everybody can check."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.audit.timeline import timeline
from models.bids import opening_room, queries
from models.bids.opening import Opening
from models.bids.room import room
from models.errors import DomainError
from models.panels.marking_desk import marks_are_in
from models.sealing.keys import Envelope
from models.session import transaction
from models.tenders.queries import tender as find_tender
from models.tenders.tender import Tender
from web.bids import words
from web.bids.blueprint import openings as bp
from web.bids.forms import Form, MinutesForm, PhraseForm, StopForm
from web.guards import requires
from web.keeper import keeper

Answer = str | Response | tuple[str, int]


@bp.get("/<uuid:public_tender_id>")
@requires(P.TENDER_OPEN, load=find_tender)
def show(tender: Tender) -> str:
    """The room."""
    return _show(tender)


@bp.post("/<uuid:public_tender_id>/technical")
@requires(P.TENDER_OPEN, load=find_tender)
def start(tender: Tender) -> Response:
    """Begin the session for the technical envelopes."""
    return _start(tender, Envelope.TECHNICAL)


@bp.post("/<uuid:public_tender_id>/prices")
@requires(P.TENDER_OPEN, load=find_tender)
def start_prices(tender: Tender) -> Response:
    """Begin the session for the prices."""
    return _start(tender, Envelope.PRICE)


@bp.post("/sessions/<uuid:opening_id>/phrase")
@requires(P.TENDER_OPEN, load=queries.opening)
def give(opening: Opening) -> Answer:
    """Give a phrase, as oneself. A refused one is put on record."""
    form = PhraseForm()

    def verb() -> None:
        opening_room.give(
            g.db,
            opening,
            g.act,
            phrase=form.phrase.data,
            keeper=keeper(),
            words=form.words.data or "",
        )

    return _done(opening, form, verb, _("口令已收下。"))


@bp.post("/sessions/<uuid:opening_id>/open")
@requires(P.TENDER_OPEN, load=queries.opening)
def open_(opening: Opening) -> Answer:
    """Open the envelopes."""
    form = MinutesForm()
    marked = marks_are_in(g.db, opening.tender)

    def verb() -> None:
        opening_room.open_(
            g.db,
            opening,
            g.act,
            keeper=keeper(),
            marks_are_in=marked,
            minutes=form.minutes.data or "",
        )

    return _done(opening, form, verb, _("投标文件已打开，结果在下面。"))


@bp.post("/sessions/<uuid:opening_id>/break-off")
@requires(P.TENDER_OPEN, load=queries.opening)
def break_off(opening: Opening) -> Answer:
    """End the session without opening."""
    form = StopForm()

    def verb() -> None:
        opening_room.break_off(g.db, opening, g.act, minutes=form.why.data)

    return _done(opening, form, verb, _("这次开标已中止，交上来的口令已销毁。"))


@bp.get("/<uuid:public_tender_id>/envelopes")
@requires(P.TENDER_VIEW, load=find_tender)
def envelopes(tender: Tender) -> str:
    """The hashes of all envelopes, from the deadline on."""
    return render_template(
        "bids/envelopes.html", tender=tender, envelopes=queries.envelopes(g.db, tender, g.act)
    )


def _start(tender: Tender, envelope: Envelope) -> Response:
    with transaction(g.db):
        opening = opening_room.start(g.db, tender, g.act, envelope=envelope)
        ended = opening.ended_at is not None
    flash(_("投标不足，没有开标，已记录在案。") if ended else _("开标已经开始，请每位人员输入自己的口令。"))
    return _to(tender)


def _done(opening: Opening, form: Form, verb: Callable[[], None], said: str) -> Answer:
    status = 422
    if form.validate():
        try:
            with transaction(g.db):
                verb()
        except DomainError as error:
            with transaction(g.db):
                opening_room.note_refusal(g.db, opening, g.act, error=error)
            form.refuse(error)
            status = error.status
        else:
            flash(said)
            return _to(opening.tender)
    return _show(opening.tender, form=form), status


def _show(tender: Tender, *, form: Form | None = None) -> str:
    found = room(g.db, tender, g.act)
    kinds: dict[str, type[Form]] = {"phrase": PhraseForm, "minutes": MinutesForm, "stop": StopForm}
    forms = {name: form if isinstance(form, kind) else kind(formdata=None) for name, kind in kinds.items()}
    return render_template(
        "bids/room.html",
        room=found,
        tender=tender,
        forms=forms,
        marked=marks_are_in(g.db, tender) if found.may_open_prices else False,
        words=words,
        events=timeline(g.db, *found.sessions),
    )


def _to(tender: Tender) -> Response:
    return redirect(url_for(".show", public_tender_id=tender.id), 303)
