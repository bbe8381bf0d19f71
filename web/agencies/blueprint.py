"""The blueprints of agencies: the list with its suspensions, and draws with what follows from them."""

from typing import Any

from flask import Blueprint, g

from models.calendar.clocks import local_date
from web.agencies import words

bp = Blueprint("agencies", __name__)
draws = Blueprint("assignments", __name__)


@bp.context_processor
@draws.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "today": local_date(g.at), "now": g.at}
