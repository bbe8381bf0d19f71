"""The key ceremony: who holds a phrase, and the page on which each sees theirs once."""

from flask import flash, g, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import DomainError
from models.session import transaction
from models.tenders import keys as ceremony
from models.tenders import queries
from models.tenders.key import KeyHolder
from models.tenders.tender import Tender
from web.guards import requires
from web.keeper import keeper
from web.tenders.blueprint import bp
from web.tenders.forms import KeysForm, PhraseForm, WrittenForm

Answer = str | Response | tuple[str, int]


@bp.route("/<uuid:tender_id>/keys", methods=["GET", "POST"])
@requires(P.TENDER_WRITE, load=queries.tender)
def keys(tender: Tender) -> Answer:
    """Who holds a phrase and who has fetched it; and making them, again if need be."""
    people = {person.id: person for person in ceremony.possible_officers(g.db, tender, g.act)}
    form = KeysForm(data={"threshold": 2}).offer(people.values())
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with transaction(g.db):
                    ceremony.make_keys(
                        g.db,
                        tender,
                        g.act,
                        officers=[people[id_] for id_ in form.chosen()],
                        threshold=form.threshold.data,
                        escrow_place=form.escrow_place.data,
                        keeper=keeper(),
                    )
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("口令已生成，已通知每位开标人员来取。"))
                return redirect(url_for(".keys", tender_id=tender.id), 303)
    key = ceremony.key_of(g.db, tender.id)
    own = {each.id for each in (key.holders if key else ()) if ceremony.is_own(each, g.act)}
    return render_template("tenders/keys.html", form=form, tender=tender, key=key, own=own), status


@bp.route("/phrases/<uuid:holder_id>", methods=["GET", "POST"])
@requires(P.TENDER_OPEN, load=queries.holder)
def phrase(holder: KeyHolder) -> Answer:
    """My phrase: before it is shown, and the one time it is."""
    ceremony.ensure_own(holder, g.act)
    form = PhraseForm()
    if not form.validate_on_submit():
        return _phrase(holder, form), 422 if form.is_submitted() else 200
    try:
        with transaction(g.db):
            shown = ceremony.fetch_phrase(g.db, holder, g.act, keeper=keeper())
    except DomainError as error:
        form.refuse(error)
        return _phrase(holder, form), error.status
    answer = make_response(_phrase(holder, form, words=shown.split()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/phrases/<uuid:holder_id>/check", methods=["POST"])
@requires(P.TENDER_OPEN, load=queries.holder)
def check_phrase(holder: KeyHolder) -> Answer:
    """Compare what was written down with the phrase; nothing is kept of what is typed."""
    ceremony.ensure_own(holder, g.act)
    form = WrittenForm()
    if not form.validate():
        return _phrase(holder, PhraseForm(formdata=None), written=form), 422
    try:
        right = ceremony.agrees(holder, g.act, phrase=form.phrase.data or "")
    except DomainError as error:
        form.refuse(error)
        return _phrase(holder, PhraseForm(formdata=None), written=form), error.status
    if not right:
        form.phrase.errors = [_("和您的口令不一致，请对照纸上的词再看一遍。")]
        return _phrase(holder, PhraseForm(formdata=None), written=form), 422
    flash(_("抄对了。请把纸收好，开标时要用。"))
    return redirect(url_for(".show", tender_id=holder.tender_id), 303)


def _phrase(
    holder: KeyHolder, form: PhraseForm, *, words: list[str] | None = None, written: WrittenForm | None = None
) -> str:
    written = written or WrittenForm(formdata=None)
    return render_template(
        "tenders/phrase.html",
        holder=holder,
        tender=holder.key.tender,
        form=form,
        phrase=words,
        written=written,
    )
