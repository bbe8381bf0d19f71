"""Who is seen in an area's matching, and how concentrated that is."""

from flask import Blueprint, g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.matching.concentration import exposure_page
from web import asked
from web.exchange.workbook import respond
from web.guards import requires
from web.learning import sheet, words

bp = Blueprint("exposure", __name__)


@bp.get("/exposure")
@requires(Permission.DISTRICT_OVERVIEW)
def show() -> str | Response:
    """My area in the past year."""
    page = exposure_page(g.db, g.act)
    if asked.workbook():
        return respond(_("露面与集中"), sheet.slice_headings(), sheet.slice_rows(page))
    return render_template("learning/exposure.html", page=page, words=words)
