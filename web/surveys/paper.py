"""On paper: the sheets to print, the list to hand them out by, and the answers keyed in."""

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.errors import Conflict, DomainError
from models.session import transaction
from models.surveys import answering, queries
from models.surveys.items import CODES, ITEMS, OPEN_QUESTION, UNKNOWN
from models.surveys.lifecycle import phase_at
from models.surveys.seeing import Seen
from models.surveys.survey import Channel, SurveyPhase
from web import asked
from web.contracts.deed import Answer
from web.exchange.workbook import respond
from web.format import language
from web.guards import requires
from web.surveys import lists, words
from web.surveys.forms import EntryForm
from web.surveys.qr import qr

bp = Blueprint("sheets", __name__)


@bp.get("/surveys/<uuid:survey_id>/sheets")
@requires(P.SURVEY_RUN, load=queries.survey)
def print_(seen: Seen) -> str:
    """One sheet a person, A4, in large type, for those who have not answered yet."""
    survey = seen.survey
    if phase_at(survey, g.at) is not SurveyPhase.OPEN:
        raise Conflict("survey_not_open")
    sheets = [
        (words.sheet_number(survey, each), words.link(each), qr(words.link(each), title=_("问卷的二维码")))
        for each in queries.invitations(g.db, survey)
        if each.answered_on is None and each.withdrawn_on is None
    ]
    return render_template(
        "surveys/sheets.html",
        survey=survey,
        sheets=sheets,
        items=ITEMS,
        question=OPEN_QUESTION[language()],
        unknown=UNKNOWN[language()],
        language=language(),
        words=words,
    )


@bp.get("/surveys/<uuid:survey_id>/sample")
@requires(P.SURVEY_ENTER, load=queries.survey)
def sample(seen: Seen) -> str | Response:
    """Who gets which sheet: for those who hand them out, never for the contractor."""
    rows = queries.invitations(g.db, seen.survey)
    if asked.workbook():
        return respond(_("发放名单"), lists.sample_columns(), map(lists.sample_cells, rows))
    return render_template("surveys/sample.html", survey=seen.survey, rows=rows, lists=lists)


@bp.route("/surveys/<uuid:survey_id>/entry", methods=["GET", "POST"])
@requires(P.SURVEY_ENTER, load=queries.survey)
def enter(seen: Seen) -> Answer:
    """Key in one sheet after the other."""
    form = EntryForm().offer(asked.member("channel", Channel))
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            channel = Channel(form.channel.data)
            try:
                with transaction(g.db):
                    answering.enter(
                        g.db,
                        seen.survey,
                        g.act,
                        number=form.number.data or 0,
                        channel=channel,
                        values=form.values,
                        words=form.words.data or "",
                    )
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                flash(_("第 %(number)s 号已录入。请录下一份。", number=form.number.data))
                return redirect(url_for(".enter", survey_id=seen.survey.id, channel=channel.value), 303)
    return render_template("surveys/entry.html", survey=seen.survey, form=form, codes=CODES), status
