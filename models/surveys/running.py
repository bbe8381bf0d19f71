"""Opening a survey, letting it run ten working days at least, closing it, publishing its result."""

import re
from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date, start_of
from models.calendar.counting import Counted, after_workdays
from models.contracts.locking import hold
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.scoring.survey import small_strata
from models.surveys.answer import SurveyAnswer
from models.surveys.lifecycle import SURVEY, SurveyMove, phase_at
from models.surveys.survey import MOST_TELEPHONE, Survey, SurveyInvitation, SurveyPhase
from models.wording import bounded

LEAST_WORKDAYS = 10
MOST_DAYS = 90
TELEPHONE = re.compile(r"\+?\d[\d -]{5,}\d")
ONE = timedelta(days=1)


def least_until(opened_on: date) -> Counted:
    """The first day on which a survey opened that day may end: ten working days, holidays not among them."""
    return after_workdays(opened_on, LEAST_WORKDAYS)


def open_(
    session: Session, survey: Survey, act: Act, *, telephone: str, closes_on: date | None = None
) -> None:
    """Open it until the end of a day, by default of the first it may be; who prefers to speak can ring."""
    number = " ".join(bounded(telephone, MOST_TELEPHONE, field="telephone").split())
    if not TELEPHONE.fullmatch(number):
        raise Invalid("telephone_shape", field="telephone")
    until = _until(local_date(act.at), closes_on)
    if phase_at(survey, act.at) is SurveyPhase.DRAWN:
        survey.closes_at, survey.telephone = start_of(until + ONE), number
    advance(session, SURVEY, survey, SurveyMove.OPEN, act, until=until)


def extend(session: Session, survey: Survey, act: Act, *, closes_on: date) -> None:
    """Let it run longer."""
    ensure(act, Permission.SURVEY_RUN, survey)
    hold_open(session, survey, act)
    if survey.opened_at is None or survey.closes_at is None:
        raise Conflict("survey_not_open")
    until = _until(local_date(survey.opened_at), closes_on)
    closes_at = start_of(until + ONE)
    if closes_at <= survey.closes_at:
        raise Invalid("survey_not_longer", field="closes_on")
    survey.closes_at = closes_at
    record(session, act, "survey.extend", survey, until=until)


def close(session: Session, survey: Survey, act: Act) -> None:
    """Close it before its day: when everybody has answered, or when it has run its ten working days."""
    ensure(act, Permission.SURVEY_RUN, survey)
    hold_open(session, survey, act)
    if survey.opened_at is not None:
        least = least_until(local_date(survey.opened_at)).day
        if act.at < start_of(least + ONE) and _waiting(session, survey):
            raise Conflict("survey_too_early", least=least, days=LEAST_WORKDAYS)
    advance(session, SURVEY, survey, SurveyMove.CLOSE, act)
    settle(session, survey, act)


def publish(session: Session, survey: Survey, act: Act) -> None:
    """Show the result to everybody: with the evaluation it belongs to, or before."""
    advance(session, SURVEY, survey, SurveyMove.PUBLISH, act)
    settle(session, survey, act)


def withdraw(session: Session, survey: Survey, act: Act, *, words: str) -> None:
    """Withdraw it with its reason: its links end, and another sample may be drawn."""
    survey.withdrawn_words = needed(words)
    advance(session, SURVEY, survey, SurveyMove.WITHDRAW, act)
    settle(session, survey, act)


def void(session: Session, survey: Survey, act: Act, *, number: int, words: str) -> None:
    """Withdraw one invitation that nobody has answered; whoever it was for counts as not answered."""
    ensure(act, Permission.SURVEY_RUN, survey)
    hold(session, survey)
    if phase_at(survey, act.at) not in {SurveyPhase.DRAWN, SurveyPhase.OPEN}:
        raise Conflict("survey_not_open")
    reason = needed(words)
    invitation = sheet(session, survey, number)
    invitation.withdrawn_on, invitation.withdrawn_words = local_date(act.at), reason
    record(session, act, "survey.void", survey, number=number)


def sheet(session: Session, survey: Survey, number: int) -> SurveyInvitation:
    """A sheet of this survey that may still be answered, by its number, locked."""
    if not 1 <= number <= survey.size:
        raise Invalid("sheet_unknown", field="number", last=survey.size)
    wanted = (SurveyInvitation.survey_id == survey.id, SurveyInvitation.number == number)
    found = session.scalars(select(SurveyInvitation).where(*wanted)).one()
    hold(session, found)
    if found.answered_on is not None:
        raise Conflict("sheet_used", field="number", number=number)
    if found.withdrawn_on is not None:
        raise Conflict("sheet_withdrawn", field="number", number=number)
    return found


def hold_open(session: Session, survey: Survey, act: Act) -> None:
    """Lock a survey that takes answers; raises Conflict("survey_not_open") when it does not."""
    hold(session, survey)
    if phase_at(survey, act.at) is not SurveyPhase.OPEN:
        raise Conflict("survey_not_open")


def settle(session: Session, survey: Survey, act: Act) -> None:
    """Take from the answers the strata in which somebody could be guessed, and write all rows anew.

    PostgreSQL marks each row with the transaction that wrote it, and an answer and the use of its invitation
    were written by one: now a single transaction has written all of them.
    """
    given = select(SurveyAnswer.stratum).where(
        SurveyAnswer.survey_id == survey.id, SurveyAnswer.stratum.is_not(None)
    )
    small = small_strata(Counter(session.scalars(given)))
    answers = update(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id)
    session.execute(answers.values(words=SurveyAnswer.words))
    session.execute(answers.where(SurveyAnswer.stratum.in_(small)).values(stratum=None))
    invited = update(SurveyInvitation).where(SurveyInvitation.survey_id == survey.id)
    session.execute(invited.values(number=SurveyInvitation.number))
    survey.settled_at = survey.settled_at or act.at


def _until(opened_on: date, closes_on: date | None) -> date:
    least = least_until(opened_on).day
    if closes_on is None:
        return least
    if closes_on < least:
        raise Invalid("survey_too_short", field="closes_on", least=least, days=LEAST_WORKDAYS)
    most = opened_on + timedelta(days=MOST_DAYS)
    if closes_on > most:
        raise Invalid("survey_too_long", field="closes_on", most=most, days=MOST_DAYS)
    return closes_on


def _waiting(session: Session, survey: Survey) -> bool:
    unanswered = select(SurveyInvitation.id).where(
        SurveyInvitation.survey_id == survey.id,
        SurveyInvitation.answered_on.is_(None),
        SurveyInvitation.withdrawn_on.is_(None),
    )
    return session.scalar(unanswered.limit(1)) is not None
