"""Ratings: the contracts one can rate, what is released, and giving one's own."""

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.errors import NotFound
from models.ratings import giving
from models.ratings.desk import Desk, desk, desk_of_rating, desks
from models.ratings.giving import SIDE_OF
from models.ratings.queries import Mean, mean_of
from models.ratings.rating import Side
from web import asked
from web.contracts.deed import Answer, carry_out
from web.exchange.workbook import respond
from web.guards import requires
from web.labels import label
from web.ratings import sheet, words
from web.ratings.forms import rating_form

bp = Blueprint("ratings", __name__)


@bp.get("/ratings")
@requires(P.RATING_VIEW)
def list_() -> str | Response:
    """The contracts I have a side in, what waits for me standing first."""
    found = sorted(desks(g.db, g.act), key=lambda each: not each.to_give)
    if asked.workbook():
        return respond(_("互评"), sheet.headings(), sheet.rows(found))
    has_own = g.act.actor.role in SIDE_OF
    return render_template(
        "ratings/list.html", desks=found, mean=_own_mean() if has_own else None, has_own=has_own
    )


@bp.get("/contracts/<uuid:contract_id>/ratings")
@requires(P.RATING_VIEW, load=desk)
def show(found: Desk) -> str:
    """The ratings of a contract."""
    return render_template("ratings/show.html", desk=found, words=words)


@bp.get("/ratings/<uuid:rating_id>")
@requires(P.RATING_VIEW, load=desk_of_rating)
def of(found: Desk) -> Response:
    """Where a released rating stands."""
    return redirect(_address(found), 303)


@bp.route("/contracts/<uuid:contract_id>/ratings/<about>", methods=["GET", "POST"])
@requires(P.RATING_GIVE, load=desk)
def give(found: Desk, about: str) -> Answer:
    """Rate another side."""
    mine = next((each for each in found.mine if each.about.value == about), None)
    if mine is None:
        raise NotFound("not_found")
    form = rating_form(mine.items)()
    return carry_out(
        form,
        lambda: giving.give(
            g.db,
            found.contract,
            g.act,
            about=mine.about,
            points=form.points,
            words=form.words.data or "",
        ),
        title=_("评价%(side)s", side=label(mine.about)),
        button=_("交出评价"),
        back=(found.contract.reference, _address(found)),
        done=_("评价已交出，谢谢。公开之前对方看不到。"),
        lead=words.when(found.voice.side, mine.about),
        template="ratings/give.html",
        desk=found,
    )


def _own_mean() -> Mean | None:
    """How others rate my organisation, my neighbourhood or my office."""
    actor = g.act.actor
    side = SIDE_OF[actor.role]
    about = actor.organisation_id if side is Side.ORGANISATION else actor.unit_code
    return mean_of(g.db, about, side, g.act.at) if about else None


def _address(found: Desk) -> str:
    return url_for("ratings.show", contract_id=found.contract.id)
