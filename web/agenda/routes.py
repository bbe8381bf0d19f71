"""Every clock that runs in my area, on one page, by its day."""

from flask import Blueprint, Response, g, render_template
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.clocks.agenda import Entry, agenda
from web import asked
from web.agenda.words import what
from web.exchange.workbook import respond
from web.guards import requires
from web.inbox.links import address

bp = Blueprint("agenda", __name__)


@bp.get("/agenda")
@requires(Permission.AWARD_VIEW)
def show() -> str | Response:
    """The calendar, and the same as a workbook."""
    found = agenda(g.db, g.act)
    if asked.workbook():
        return respond(_("期限日历"), headings(), map(sheet_row, found))
    return render_template("agenda/show.html", entries=found, what=what, where=where)


def where(entry: Entry) -> str | None:
    """The page of what a clock is about."""
    return address(entry.about.__tablename__, str(entry.about.id))


def headings() -> list[tuple[str, str]]:
    """The columns of the workbook."""
    return [
        (_("最后一天"), "day"),
        (_("要做的事"), "what"),
        (_("项目编号"), "reference"),
        (_("项目名称"), "title"),
        (_("规则"), "rule"),
    ]


def sheet_row(entry: Entry) -> dict[str, object]:
    """A line of the workbook."""
    return {
        "day": entry.day,
        "what": what(entry.kind),
        "reference": entry.tender.reference,
        "title": entry.tender.title,
        "rule": entry.rule,
    }
