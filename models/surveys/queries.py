"""Reads of surveys and registers: loaders for guards, lists, the survey of a stage and its result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.agencies.queries import ensure_free
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract, ContractPhase
from models.contracts.lifecycle import contract_phase_sql
from models.contracts.queries import with_contract
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.rulebook.stages import Stage
from models.scoring.survey import Sheet, SurveyResult, survey_result
from models.surveys.answer import SurveyAnswer, SurveyAnswerItem
from models.surveys.lifecycle import phase_sql
from models.surveys.register import ServedPerson
from models.surveys.seeing import Register, Seen, register_of, seen
from models.surveys.survey import Survey, SurveyInvitation, SurveyPhase
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender
from models.wording import search_words

AREA_READERS = OFFICIALS | {Role.AUDITOR, Role.COMMUNITY_WORKER}


@dataclass(frozen=True)
class Wanted:
    """Which surveys somebody looks for."""

    phase: SurveyPhase | None = None
    stage: Stage | None = None
    words: str | None = None


@dataclass(frozen=True)
class SeenPerson:
    """Somebody of a register, with the register as the policy sees it."""

    person: ServedPerson
    register: Register

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.register.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.register.organisation_id

    @property
    def agency_id(self) -> UUID | None:
        """The evaluator."""
        return self.register.agency_id


def register(session: Session, contract_id: UUID, act: Act) -> Register | None:
    """The register of a contract, for the contractor, the officials and an evaluator that is not tied."""
    return _register(session, contract_id, act, P.REGISTER_VIEW)


def desk(session: Session, contract_id: UUID, act: Act) -> Register | None:
    """The same for whoever may read about the contract's surveys; the contractor may not."""
    return _register(session, contract_id, act, P.SURVEY_VIEW)


def served_person(session: Session, served_person_id: UUID, act: Act) -> SeenPerson | None:
    """Somebody of a register that may be read."""
    person = session.get(ServedPerson, served_person_id)
    of = register(session, person.contract_id, act) if person is not None else None
    return SeenPerson(person, of) if person is not None and of is not None else None


def people(session: Session, contract: Contract, *, paging: Paging = FIRST_PAGE) -> Listed[ServedPerson]:
    """The people of a register, by number; who may read it the loader has said."""
    query = select(ServedPerson).where(ServedPerson.contract_id == contract.id).order_by(ServedPerson.number)
    found = session.scalars(cut(query.options(joinedload(ServedPerson.group)), paging))
    return Listed(list(found), count(session, query))


def invitations(session: Session, survey: Survey) -> list[SurveyInvitation]:
    """The sample of a survey with its people, by the number of the sheet."""
    query = select(SurveyInvitation).where(SurveyInvitation.survey_id == survey.id)
    whole = joinedload(SurveyInvitation.person).joinedload(ServedPerson.group)
    return list(session.scalars(query.order_by(SurveyInvitation.number).options(whole)))


def survey(session: Session, survey_id: UUID, act: Act) -> Seen | None:
    """A survey, for those who watch it, and for everybody, a tied agency too (R53), once it is published."""
    found = session.get(Survey, survey_id)
    view = seen(found, act) if found is not None else None
    if view is None or not can(act, P.SURVEY_VIEW, view):
        return None
    if view.survey.published_at is None:
        ensure_free(session, view.survey.contract, act)
    return view


def survey_of(session: Session, contract_id: UUID, stage: Stage) -> Survey | None:
    """The survey of a contract at a stage that stands."""
    standing = (Survey.contract_id == contract_id, Survey.stage == stage, Survey.withdrawn_at.is_(None))
    return session.scalar(select(Survey).where(*standing))


def surveys_of(session: Session, contract: Contract) -> list[Survey]:
    """All surveys of a contract, withdrawn ones too, the newest first."""
    query = select(Survey).where(Survey.contract_id == contract.id)
    return list(session.scalars(query.order_by(Survey.drawn_at.desc(), Survey.id)))


def answers_of(session: Session, survey: Survey) -> Sequence[SurveyAnswer]:
    """The answers of a survey, in the order of their random ids."""
    query = select(SurveyAnswer).where(SurveyAnswer.survey_id == survey.id).order_by(SurveyAnswer.id)
    return session.scalars(query).all()


def without_register(session: Session, act: Act) -> list[Contract]:
    """The supplier's own contracts in force in whose register nobody stands."""
    if not can(act, P.REGISTER_WRITE):
        return []
    written = select(ServedPerson.contract_id)
    query = with_contract().where(
        Bid.organisation_id == act.actor.organisation_id,
        contract_phase_sql(act.at) == ContractPhase.ACTIVE.value,
        Contract.id.not_in(written),
    )
    return list(session.scalars(query.order_by(Contract.made_at, Contract.id)))


def answered(session: Session, survey: Survey) -> int:
    """How many invitations have been used."""
    used = select(func.count(SurveyInvitation.answered_on)).where(SurveyInvitation.survey_id == survey.id)
    return session.scalar(used) or 0


def last_telephone(session: Session, survey: Survey) -> str:
    """The number residents could ring at the last survey of the same purchaser."""
    near = Survey.telephone != "", Tender.unit_code == survey.unit_code
    query = select(Survey.telephone).join(Survey.contract).join(Contract.award).join(Award.lot)
    last = query.join(Lot.tender).where(*near).order_by(Survey.drawn_at.desc()).limit(1)
    return session.scalar(last) or ""


def result(session: Session, survey: Survey) -> SurveyResult:
    """What the answers say so far; nobody is shown it before the survey is closed."""
    return survey_result(_sheets(session, survey), survey.size)


def surveys(session: Session, act: Act, wanted: Wanted, *, paging: Paging = FIRST_PAGE) -> Listed[Survey]:
    """The surveys the act may see, the newest first."""
    query = _with_contract().where(_visible(act)).order_by(Survey.drawn_at.desc(), Survey.id)
    if wanted.phase is not None:
        query = query.where(phase_sql(act.at) == wanted.phase.value)
    if wanted.stage is not None:
        query = query.where(Survey.stage == wanted.stage)
    for word in search_words(wanted.words):
        found = (
            Tender.title.contains(word, autoescape=True),
            Survey.reference.contains(word.upper(), autoescape=True),
        )
        query = query.where(or_(*found))
    return Listed(list(session.scalars(cut(query, paging))), count(session, query))


def _sheets(session: Session, survey: Survey) -> Iterator[Sheet]:
    """The answers as the statistics read them."""
    columns = (SurveyAnswer.id, SurveyAnswer.stratum, SurveyAnswerItem.item, SurveyAnswerItem.value)
    query = select(*columns).join(SurveyAnswer.items).where(SurveyAnswer.survey_id == survey.id)
    found = session.execute(query.order_by(SurveyAnswer.id, SurveyAnswerItem.item))
    for (_id, stratum), rows in groupby(found, key=lambda row: (row[0], row[1])):
        yield Sheet(stratum, {item: value for _, _, item, value in rows})


def _with_contract() -> Select[Survey]:
    """Surveys with all that a list says of them."""
    award = contains_eager(Survey.contract).contains_eager(Contract.award)
    return (
        select(Survey)
        .join(Survey.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .options(
            award.contains_eager(Award.lot).contains_eager(Lot.tender),
            award.joinedload(Award.bid).joinedload(OpenedBid.bid).joinedload(Bid.organisation),
        )
    )


def _visible(act: Act) -> ColumnElement[bool]:
    """`can()` of SURVEY_VIEW as SQL."""
    actor, published = act.actor, Survey.published_at.is_not(None) & Survey.withdrawn_at.is_(None)
    if actor.role in AREA_READERS and actor.unit_code:
        own = published | Tender.unit_code.startswith(actor.unit_code, autoescape=True)
        if actor.role is not Role.COMMUNITY_WORKER:
            return own
        met = Need.unit_code.startswith(actor.unit_code, autoescape=True)
        return own | Lot.id.in_(select(LotNeed.lot_id).join(LotNeed.need).where(met))
    if actor.role is Role.EVALUATOR and actor.organisation_id is not None:
        return published | (Survey.agency_id == actor.organisation_id)
    return published


def _register(session: Session, contract_id: UUID, act: Act, permission: P) -> Register | None:
    contract = session.get(Contract, contract_id)
    if contract is None:
        return None
    found = register_of(session, contract, act)
    if not can(act, permission, found):
        return None
    ensure_free(session, contract, act)
    return found
