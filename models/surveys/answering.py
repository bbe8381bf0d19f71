"""Answers, one an invitation: by the link, or keyed in by somebody who is not the contractor."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act, Actor
from models.agencies.queries import ensure_free
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.errors import Conflict, Invalid, NotAllowed
from models.panels.bidders import partners
from models.parties.person import Membership
from models.surveys.answer import MOST_WORDS, SurveyAnswer, SurveyAnswerItem
from models.surveys.items import BEST, CODES
from models.surveys.masking import mask
from models.surveys.register import ServedPerson
from models.surveys.running import hold_open, sheet
from models.surveys.seeing import seen
from models.surveys.survey import Channel, Survey, SurveyInvitation
from models.wording import bounded

Values = Mapping[str, int | None]
KEYED_IN = (Channel.PAPER, Channel.TELEPHONE)


def answer(
    session: Session, invitation: SurveyInvitation, act: Act, *, values: Values, words: str = ""
) -> None:
    """Give the answer of a link, once. Whoever works for the contractor is refused."""
    refuse_contractor(session, invitation.survey.contract, act)
    hold_open(session, invitation.survey, act)
    hold(session, invitation)
    if invitation.answered_on is not None:
        raise Conflict("sheet_used", number=invitation.number)
    if invitation.withdrawn_on is not None:
        raise Conflict("sheet_withdrawn", number=invitation.number)
    nobody = Act(Actor(), act.at, act.request_id)  # a resident with an account is nobody here either
    _keep(session, invitation, act, channel=Channel.ONLINE, values=values, words=words)
    record(session, nobody, "survey.answer", invitation.survey)


def enter(
    session: Session,
    survey: Survey,
    act: Act,
    *,
    number: int,
    channel: Channel,
    values: Values,
    words: str = "",
) -> None:
    """Key in an answer from paper or telephone, by the number of its sheet: it counts like any other."""
    ensure(act, Permission.SURVEY_ENTER, seen(survey, act))
    refuse_contractor(session, survey.contract, act)
    ensure_free(session, survey.contract, act)
    if channel not in KEYED_IN:
        raise Invalid("channel_not_keyed_in", field="channel")
    hold_open(session, survey, act)
    _keep(session, sheet(session, survey, number), act, channel=channel, values=values, words=words)
    record(session, act, "survey.enter", survey, channel=channel)


def refuse_contractor(session: Session, contract: Contract, act: Act) -> None:
    """The contractor answers nothing and keys in nothing, in whatever role its people come."""
    contractors = {contract.organisation_id, *partners(contract.award.bid)}
    works_for = {act.actor.organisation_id}
    if act.actor.person_id is not None:
        held = select(Membership).where(Membership.person_id == act.actor.person_id)
        works_for |= {each.organisation_id for each in session.scalars(held) if each.is_open(act.at)}
    if works_for & contractors:
        raise NotAllowed("survey_of_own_work")


def _keep(
    session: Session, invitation: SurveyInvitation, act: Act, *, channel: Channel, values: Values, words: str
) -> None:
    """The answer without the invitation, the invitation without the answer."""
    survey = invitation.survey
    if not set(values) <= set(CODES):
        raise Invalid("item_unknown")
    if any(value is not None and not 1 <= value <= BEST for value in values.values()):
        raise Invalid("item_out_of_range", best=BEST)
    said = bounded(words, MOST_WORDS, field="words")
    session.add(
        SurveyAnswer(
            survey_id=survey.id,
            stratum=invitation.stratum,
            channel=channel,
            entered_by=None if channel is Channel.ONLINE else act.actor.person_id,
            words=mask(said, _names(session, survey.contract))[:MOST_WORDS] if said else "",
            items=[SurveyAnswerItem(item=code, value=values.get(code)) for code in CODES],
        )
    )
    invitation.answered_on = local_date(act.at)


def _names(session: Session, contract: Contract) -> list[str]:
    """Those the register and the contract know."""
    labels = session.scalars(select(ServedPerson.label).where(ServedPerson.contract_id == contract.id))
    return [*labels, *(worker.name for worker in contract.workers)]
