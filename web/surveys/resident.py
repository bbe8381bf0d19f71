"""The resident's page: no account, one question a screen, by the link of a sheet alone."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import refresh
from werkzeug.wrappers import Response

from models.errors import DomainError, NotFound
from models.session import transaction
from models.surveys import answering, guessing
from models.surveys.items import ITEMS, OPEN_QUESTION
from models.surveys.items import UNKNOWN as NOT_KNOWN
from models.surveys.survey import SurveyInvitation
from web.db import writes
from web.format import language
from web.guards import public
from web.i18n import LOCALES
from web.labels import sentence
from web.surveys import words
from web.surveys.form_state import (
    LAST_STEP,
    OPEN_STEP,
    UNKNOWN,
    State,
    carried,
    carry,
    forget,
    remember,
    remembered,
)

bp = Blueprint("resident", __name__)
Answer = Response | tuple[str, int]


@bp.record_once
def _without_cookie(setup: BlueprintSetupState) -> None:
    """A browser that keeps no cookie can answer: the link itself is what nobody else has."""
    setup.app.extensions["csrf"].exempt(bp)


@bp.route("/s/<token>", methods=["GET", "POST"])
@public
@writes
def ask(token: str) -> Answer:
    """Ask, one question after the other; send once.

    Each question has its address, so that the telephone's own way back works; the answers are not in it.
    """
    _speak()
    try:
        invitation = _opened(token)
        answering.refuse_contractor(g.db, invitation.survey.contract, g.act)
        guessing.ensure_answerable(invitation, g.act)
        if request.method == "GET":
            state = remembered(invitation.id)
            state.go(request.args.get("step", "0"))
            return _page(invitation, state)
        state = carried(request.form.get("state", ""), request.form.get("words"), invitation.id)
        if request.form.get("send") and state.reach == LAST_STEP:
            with transaction(g.db):
                answering.answer(g.db, invitation, g.act, values=state.values, words=state.words)
            forget()
            return redirect(url_for(".thanks", token=token), 303)
    except DomainError as error:
        return _closed_door(error)
    if "pick" in request.form:
        state.pick(request.form["pick"])
    elif "go" in request.form:
        state.go(request.form["go"])
    if not remember(state, invitation.id):
        return _page(invitation, state)
    return redirect(url_for(".ask", token=token, step=state.step or None), 303)


@bp.get("/s/<token>/thanks")
@public
@writes
def thanks(token: str) -> Answer | str:
    """Thank you, and where the result will be shown."""
    try:
        invitation = _opened(token)
    except DomainError as error:
        return _closed_door(error)
    if invitation.answered_on is None:
        return redirect(url_for(".ask", token=token), 303)
    return render_template("surveys/thanks.html", survey=invitation.survey)


def _opened(token: str) -> SurveyInvitation:
    """The invitation of the link; a wrong one is counted."""
    with transaction(g.db):
        found = guessing.look_up(g.db, token, g.act, address=request.remote_addr or "-")
    if found is None:
        raise NotFound("link_unknown")
    return found


def _speak() -> None:
    """In the language the form was shown in, or the one just chosen; without a cookie the form remembers."""
    wanted = request.form.get("speak") or request.form.get("lang")
    if wanted in LOCALES:
        session["locale"] = wanted
        refresh()


def _page(invitation: SurveyInvitation, state: State) -> Answer:
    """The screen of a step."""
    shown: dict[str, Any] = {
        "invitation": invitation,
        "survey": invitation.survey,
        "lot": invitation.survey.contract.award.lot,
        "state": state,
        "carried": carry(state, invitation.id),
        "language": language(),
        "count": OPEN_STEP,
        "unknown": NOT_KNOWN[language()],
        "unknown_value": UNKNOWN,
        "words": words,
    }
    if state.step == 0:
        return render_template("surveys/begin.html", **shown), 200
    if state.step < OPEN_STEP:
        return render_template("surveys/question.html", item=ITEMS[state.step - 1], **shown), 200
    if state.step == OPEN_STEP:
        return render_template("surveys/open_question.html", question=OPEN_QUESTION[language()], **shown), 200
    return render_template("surveys/check.html", items=ITEMS, **shown), 200


def _closed_door(error: DomainError) -> Answer:
    """One clear page for each reason why a link takes no answer."""
    status = 429 if error.code == "too_many_attempts" else error.status
    return render_template("surveys/closed_door.html", code=error.code, message=sentence(error)), status
