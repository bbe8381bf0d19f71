"""The blueprint of tenders, and what its templates may ask."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from web.happened import happened
from web.tenders import words

bp = Blueprint("tenders", __name__, url_prefix="/tenders")


@bp.context_processor
def _words() -> Mapping[str, Any]:
    return {"words": words, "happened": happened}
