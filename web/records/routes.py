"""The track record of an organisation, with its arithmetic."""

from uuid import UUID

from flask import Blueprint, g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.errors import NotFound
from models.records.queries import organisation, record_page
from web import asked
from web.exchange.workbook import respond
from web.guards import public
from web.records import sheet, words

bp = Blueprint("records", __name__)


@bp.get("/organisations/<uuid:organisation_id>/record")
@public
def show(organisation_id: UUID) -> str | Response:
    """What every figure of the record comes from; results count once nothing about them is open."""
    found = organisation(g.db, organisation_id, g.act)
    if found is None:
        raise NotFound("not_found")
    page = record_page(g.db, found, g.act)
    if asked.workbook():
        return respond(_("过往记录"), sheet.headings(), sheet.rows(page))
    return render_template("records/show.html", page=page, words=words)
