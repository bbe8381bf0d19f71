"""Asking for the same: a draft from a need that a good project met (demand 46)."""

from uuid import uuid4

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.evaluations.replicating import ask_for_the_same
from models.needs import queries
from models.needs.need import Need
from models.session import transaction
from web.form import record_id
from web.guards import requires
from web.needs.blueprint import bp


@bp.post("/<uuid:need_id>/same")
@requires(P.NEED_VIEW, load=queries.need)
def same(need: Need) -> Response:
    """Begin a draft of one's own neighbourhood that asks for the same."""
    wanted = record_id(request.form.get("id")) or uuid4()
    with transaction(g.db):
        draft = ask_for_the_same(g.db, need, g.act, id=wanted)
    flash(_("已起草 %(reference)s，请改成本居民区的情况，人数和预算要自己填。", reference=draft.reference))
    return redirect(url_for(".what", need_id=draft.id), 303)
