"""What surveys add to home pages: samples to open, sheets to hand out and key in, registers to fill."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.paging import Paging
from models.surveys import queries
from models.surveys.queries import Wanted
from models.surveys.survey import Survey, SurveyPhase
from web.home.page import InProgress, ToDo
from web.labels import label
from web.surveys import words

SHOWN = Paging(size=5)
A_MINUTE = timedelta(minutes=1)
"""Taken off the end of a day, so that a deadline is read on the day itself: 23:59."""


def to_open(session: Session, act: Act) -> list[ToDo]:
    """Samples that are drawn and wait to be asked."""
    found = queries.surveys(session, act, Wanted(phase=SurveyPhase.DRAWN), paging=SHOWN).rows
    return [ToDo(_("开始调查"), _title(each), _page(each), note=each.reference) for each in found]


def to_key_in(session: Session, act: Act) -> list[ToDo]:
    """Surveys that are open: sheets to hand out, answers to key in, until a day."""
    found = queries.surveys(session, act, Wanted(phase=SurveyPhase.OPEN), paging=SHOWN).rows
    return [_open(session, each) for each in found]


def being_answered(session: Session, act: Act) -> list[InProgress]:
    """Surveys that are open, and how many have answered."""
    return [
        InProgress(
            _title(each),
            _page(each),
            tag=(label(SurveyPhase.OPEN), words.tone(SurveyPhase.OPEN)),
            next=words.of(queries.answered(session, each), each.size),
        )
        for each in queries.surveys(session, act, Wanted(phase=SurveyPhase.OPEN), paging=SHOWN).rows
    ]


def to_register(session: Session, act: Act) -> list[ToDo]:
    """Contracts in force in whose register nobody stands."""
    return [
        ToDo(
            _("登记服务对象"),
            contract.award.lot.title,
            url_for("served.import_", contract_id=contract.id),
            note=contract.reference,
        )
        for contract in queries.without_register(session, act)[: SHOWN.size]
    ]


def _open(session: Session, survey: Survey) -> ToDo:
    counted = words.of(queries.answered(session, survey), survey.size)
    due = survey.closes_at - A_MINUTE if survey.closes_at else None
    return ToDo(_("发问卷、录回答"), _title(survey), _page(survey), due=due, note=counted)


def _title(survey: Survey) -> str:
    return survey.contract.award.lot.tender.title


def _page(survey: Survey) -> str:
    return url_for("surveys.show", survey_id=survey.id)
