"""The working days of years that no library knows yet, entered from the State Council's notice."""

from itertools import groupby

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.access.permissions import Permission
from models.errors import DomainError
from models.parties.person import Person
from models.rulebook.working_days import AdjustedYear, enter_year, history, years
from models.session import transaction
from web import asked
from web.exchange.workbook import respond
from web.format import day
from web.guards import requires
from web.rulebook.working_days_form import YearForm

bp = Blueprint("working_days", __name__, url_prefix="/rulebook/working-days")

Answer = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.CALENDAR_SET)
def list_() -> Answer:
    """This year and the next, and every entry."""
    if asked.workbook():
        return respond(_("工作日安排"), _headings(), map(_row, history(g.db, g.act)))
    return _page(YearForm(formdata=None))


@bp.post("")
@requires(Permission.CALENDAR_SET)
def enter() -> Answer:
    """Enter a year."""
    form = YearForm()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction(g.db):
            enter_year(
                g.db,
                g.act,
                year=form.year.data or 0,
                rest=form.rest.days,
                work=form.work.days,
                source=form.source.data or "",
            )
    except DomainError as error:
        form.refuse(error)
        return _page(form), error.status
    flash(_("已录入。从现在起，所有期限都按它计算。"))
    return redirect(url_for(".list_"), 303)


def _page(form: YearForm) -> str:
    return render_template(
        "rulebook/working_days.html",
        form=form,
        years=years(g.db, g.act),
        rows=history(g.db, g.act),
        who=_who,
        days=_days,
    )


def _who(entry: AdjustedYear) -> str:
    found = g.db.get(Person, entry.entered_by) if entry.entered_by else None
    return found.name if found else "—"


def _days(entry: AdjustedYear, kind: str) -> str:
    """The days of an entry in words; days one after the other are a stretch."""
    days = entry.work if kind == "work" else entry.rest
    said = []
    for _start, pairs in groupby(enumerate(days), lambda pair: pair[1].toordinal() - pair[0]):
        run = [each for _number, each in pairs]
        facts = {"first": day(run[0]), "last": day(run[-1])}
        said.append(_("%(first)s 到 %(last)s", **facts) if len(run) > 1 else facts["first"])
    return _("、").join(said) or "—"


def _headings() -> list[tuple[str, str]]:
    return [
        (_("年份"), "year"),
        (_("放假的日子"), "rest"),
        (_("调休上班的周末"), "work"),
        (_("出处"), "source"),
        (_("录入人"), "who"),
        (_("录入时间"), "entered_at"),
    ]


def _row(entry: AdjustedYear) -> dict[str, object]:
    return {
        "year": entry.year,
        "rest": _days(entry, "rest"),
        "work": _days(entry, "work"),
        "source": entry.source,
        "who": _who(entry),
        "entered_at": entry.entered_at,
    }
