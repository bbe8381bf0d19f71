"""The blueprint of panels as the purchaser and its auditors see them."""

from typing import Any

from flask import Blueprint

from web.panels import words

bp = Blueprint("panels", __name__, url_prefix="/panels")


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}
