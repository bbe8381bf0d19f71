"""Registers and surveys of contracts in force, as rows where verbs would only take time."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.rulebook.stages import Stage
from models.surveys import drawing, running
from models.surveys.answer import SurveyAnswer, SurveyAnswerItem
from models.surveys.items import CODES
from models.surveys.links import link_key, token_of
from models.surveys.register import ServedPerson
from models.surveys.seeing import Register
from models.surveys.survey import Channel, Survey, SurveyInvitation, SurveyPhase
from tests.factories import agencies, contracts, parties

KEY = link_key("for tests only")
"""The key of the portal under test: what the factory invites, its pages open."""
A_MONTH_AGO = parties.NOON - timedelta(days=30)
GROUPS = ("B02", "B02", "B02", "B03", "B03", "B18")
BANDS = ("age:60_79", "age:80_plus", None)
TELEPHONE = "021-5550 1234"
TODAY = parties.NOON.date()
GIVEN = (5, 5, 4, 5, 4, 3, 5, 4, 2, 5)
"""What ten people give, over and over: eight of ten are satisfied."""


def register(
    session: Session, contract: Contract, n: int = 40, *, on: date | None = None
) -> list[ServedPerson]:
    """So many people served: half of them elders, a third of them frail, a sixth carers."""
    made = [
        ServedPerson(
            contract_id=contract.id,
            number=number,
            label=f"{number}号阿婆",
            stratum=GROUPS[number % len(GROUPS)],
            age_band=BANDS[number % len(BANDS)],
            added_on=on or date(2026, 1, 5),
        )
        for number in range(1, n + 1)
    ]
    session.add_all(made)
    session.flush()
    return made


def of(contract: Contract, agency_id: object = None) -> Register:
    """The register of a contract, with the agency that evaluates it."""
    return Register(contract, contract.unit_code, agency_id)  # type: ignore[arg-type]  # an id of whatever the test has


def survey(
    session: Session,
    contract: Contract | None = None,
    stage: Stage = Stage.FINAL,
    *,
    answers: int = 0,
    people: int = 40,
    phase: SurveyPhase = SurveyPhase.OPEN,
    at: datetime | None = None,
    by: Act | None = None,
) -> Survey:
    """A survey of a contract in force, opened at `at` and in the phase asked for, with so many answers."""
    signed = contract if contract and contract.supplier_signed_at else agencies.running(session, contract)
    ended = phase in {SurveyPhase.CLOSED, SurveyPhase.PUBLISHED}
    begin = at or (A_MONTH_AGO if ended else parties.NOON)
    act = contracts.later(by or contracts.official(session, begin), begin)
    if not drawing.population(session, signed.id, local_date(begin)):
        register(session, signed, people)
    made = drawing.draw(session, of(signed), act, stage=stage, key=KEY)
    if phase is SurveyPhase.DRAWN:
        return made
    run(session, made, act)
    for place, invitation in enumerate(made.invitations[:answers]):
        answer_row(session, invitation, value=GIVEN[place % len(GIVEN)], on=local_date(begin))
    session.flush()
    if phase is SurveyPhase.WITHDRAWN:
        running.withdraw(session, made, act, words="登记有误，重新抽取。")
    elif phase is SurveyPhase.PUBLISHED:
        publish(session, made)
    session.expire(made, ["agency_id"])
    return made


def run(session: Session, survey: Survey, by: Act | None = None) -> None:
    """Open a survey, at the moment of its draw unless told otherwise."""
    act = by or contracts.official(session, survey.drawn_at)
    running.open_(session, survey, act, telephone=TELEPHONE)


def publish(session: Session, survey: Survey) -> None:
    """Publish a survey at the moment it closes."""
    assert survey.closes_at is not None
    running.publish(session, survey, contracts.official(session, survey.closes_at))


def answer_row(
    session: Session,
    invitation: SurveyInvitation,
    *,
    value: int | None = 5,
    words: str = "",
    on: date = TODAY,
    channel: Channel = Channel.ONLINE,
) -> SurveyAnswer:
    """An answer that is only rows, the same in every item."""
    made = SurveyAnswer(
        survey_id=invitation.survey_id,
        stratum=invitation.stratum,
        channel=channel,
        words=words,
        items=[SurveyAnswerItem(item=code, value=value) for code in CODES],
    )
    session.add(made)
    invitation.answered_on = on
    return made


def token(invitation: SurveyInvitation) -> str:
    """What stands in the link of an invitation."""
    return token_of(KEY, invitation.id)
