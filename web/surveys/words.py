"""Surveys in words: tones of phases, shares with their interval, numbers of sheets, links."""

from datetime import datetime, timedelta

from flask import current_app, url_for

from models.surveys.items import Item
from models.surveys.links import link_key, token_again
from models.surveys.survey import Survey, SurveyInvitation, SurveyPhase
from web.format import day, language, number

MOMENT = timedelta(microseconds=1)
TONES = {
    SurveyPhase.DRAWN: "waiting",
    SurveyPhase.OPEN: "active",
    SurveyPhase.CLOSED: "neutral",
    SurveyPhase.PUBLISHED: "done",
    SurveyPhase.WITHDRAWN: "stopped",
}


def tone(phase: SurveyPhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def key() -> bytes:
    """What the links of this portal are made of."""
    return link_key(str(current_app.secret_key))


def link(invitation: SurveyInvitation) -> str:
    """The whole address a sheet carries."""
    base = current_app.extensions["config"].base_url
    return f"{base}{url_for('resident.ask', token=token_again(key(), invitation))}"


def sheet_number(survey: Survey, invitation: SurveyInvitation) -> str:
    """DC-2026-0001 / 017: what is written on a sheet and said on the telephone."""
    return f"{survey.reference} / {invitation.number:03d}"


def short(item: Item) -> str:
    """What an item is called in a table."""
    return item.short[language()]


def mean(value: float) -> str:
    """A mean of five points, with two decimals."""
    return f"{value:.2f}"


def last_day(until: datetime) -> str:
    """The last day before an instant at which a day begins."""
    return day(until - MOMENT)


def of(part: int, whole: int) -> str:
    """12 / 40."""
    return f"{number(part)} / {number(whole)}"
