"""Pages for everybody: the front page, one search, and what the portal says about itself."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.audit.record import head
from models.needs.front import by_number, front
from models.needs.front import search as find
from models.needs.priority import WEIGHTS
from web.guards import public

bp = Blueprint("main", __name__)


@bp.get("/")
@public
def landing() -> str:
    """What this is, what is asked for now, and where to begin."""
    return render_template("main/landing.html", front=front(g.db, g.act))


@bp.get("/search")
@public
def search() -> str | Response:
    """One box for needs, services and organisations; a need's number leads straight to it."""
    query = request.args.get("q", "")
    need = by_number(g.db, query)
    if need is not None:
        return redirect(url_for("needs.show", need_id=need.id), 303)
    return render_template("main/search.html", found=find(g.db, g.act, query))


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """How the pages can be used, and whom to tell when they cannot."""
    return render_template("main/accessibility.html")


@bp.get("/data")
@public
def data() -> str:
    """What can be downloaded, and the head of the audit chain."""
    return render_template("main/data.html", head=head(g.db))


@bp.get("/rules")
@public
def rules() -> str:
    """By which rules needs are handled here."""
    return render_template("main/rules.html", weights=WEIGHTS)
