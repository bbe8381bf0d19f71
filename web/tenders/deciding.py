"""Publishing a draft: the deadline, a last look, and everything that still stands in the way."""

from datetime import datetime

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission as P
from models.calendar.clocks import local_date
from models.errors import DomainError
from models.rulebook.deadlines import Deadline, Known, deadlines
from models.session import transaction
from models.tenders import checking, publishing, queries
from models.tenders.page import BEFORE_OPENING
from models.tenders.tender import Tender
from web.guards import requires
from web.tenders.blueprint import bp
from web.tenders.fields import split
from web.tenders.forms import PublishForm
from web.tenders.words import remarks

Answer = str | Response | tuple[str, int]


@bp.route("/<uuid:tender_id>/publish", methods=["GET", "POST"])
@requires(P.TENDER_PUBLISH, load=queries.tender)
def publish(tender: Tender) -> Answer:
    """Ask for the deadline and publish."""
    if not tender.is_draft:
        return redirect(url_for(".show", tender_id=tender.id), 303)
    until = publishing.usual_deadline(tender.method, g.at)
    form = PublishForm(data=split(until))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            until = form.until
            try:
                with transaction(g.db):
                    publishing.publish(g.db, tender, g.act, bids_until=until)
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("已发布，所有人都能看到。"))
                return redirect(url_for(".show", tender_id=tender.id), 303)
    return _page(tender, form, until), status


def _page(tender: Tender, form: PublishForm, until: datetime) -> str:
    found = remarks(
        tender,
        checking.tasks(g.db, tender, g.act),
        checking.findings(g.db, tender, g.act, bids_until=until),
    )
    return render_template(
        "tenders/publish.html", tender=tender, form=form, remarks=found, dates=_dates(tender, until)
    )


def _dates(tender: Tender, until: datetime) -> list[Deadline]:
    """The dates up to the opening, if it were published now."""
    today, last = local_date(g.at), checking.last_day(until)
    if last < today:
        return []
    found = deadlines(tender.method, Known(issued=today, bid_deadline=last))
    return [each for each in found if each.event in BEFORE_OPENING]
