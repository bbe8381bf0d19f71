"""The blueprint of evaluations."""

from typing import Any

from flask import Blueprint

from web.evaluations import words

bp = Blueprint("evaluations", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"words": words, "evaluation_words": words}
