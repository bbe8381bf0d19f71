"""The platform draws the sample, not the contractor: by group, at random, to be replayed by anybody.

1. The lists are fixed before the seed exists: of each group the ids of the people served, sorted.
2. The seed is 32 random bytes, written in hex.
3. Each person's ticket is the SHA-256 of "seed:id"; of each group those with the smallest tickets are asked.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.queries import ensure_free
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.contract import ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.contracts.locking import hold
from models.errors import Conflict, Invalid
from models.panels.lottery import digest, new_seed, ticket
from models.reference import next_reference
from models.rulebook.stages import Stage
from models.surveys.links import hashed, token_of
from models.surveys.register import ServedPerson
from models.surveys.sampling import allocate, sample_size
from models.surveys.seeing import Register
from models.surveys.survey import Survey, SurveyInvitation

PREFIX = "DC"
STILL_ASKED = timedelta(days=90)
"""Whoever left within this time is still asked: leaving somebody off the register does not silence them."""
SURVEYED = frozenset({ContractPhase.ACTIVE, ContractPhase.COMPLETE})
Pool = Sequence[Any]
"""[[group, [ids]], ...], both sorted: lists, as JSON gives them back."""


def draw(session: Session, register: Register, act: Act, *, stage: Stage, key: bytes) -> Survey:
    """Draw the sample of a stage, once; `key` is what the links are made of."""
    ensure(act, Permission.SURVEY_RUN, register)
    ensure_free(session, register.contract, act)
    contract = register.contract
    hold(session, contract)
    if contract_phase_at(contract, act.at) not in SURVEYED:
        raise Conflict("survey_contract_not_in_force")
    standing = (Survey.contract_id == contract.id, Survey.stage == stage, Survey.withdrawn_at.is_(None))
    if session.scalar(select(Survey.id).where(*standing)) is not None:
        raise Conflict("survey_drawn")
    people = {person.id: person for person in population(session, contract.id, local_date(act.at))}
    if not people:
        raise Invalid("register_empty")
    pool = _pool(people.values())
    survey = Survey(
        reference=next_reference(session, PREFIX, act.at),
        contract=contract,
        stage=stage,
        population=len(people),
        size=sample_size(len(people)),
        seed=new_seed(),
        pool=pool,
        pool_digest=_digest(pool),
        drawn_at=act.at,
        drawn_by=act.actor.person_id,
    )
    drawn = [people[id_] for id_ in chosen(survey.seed, pool)]
    survey.invitations = [
        _invitation(person, number, key)
        for number, person in enumerate(sorted(drawn, key=lambda person: person.number), 1)
    ]
    session.add(survey)
    session.flush()  # the audit event needs the id
    record(
        session, act, "survey.draw", survey, size=survey.size, of=survey.population, pool=survey.pool_digest
    )
    return survey


def population(session: Session, contract_id: UUID, day: date) -> list[ServedPerson]:
    """Whom the contract serves on a day, with those who left not long before."""
    still = or_(ServedPerson.left_on.is_(None), ServedPerson.left_on >= day - STILL_ASKED)
    query = select(ServedPerson).where(ServedPerson.contract_id == contract_id, still)
    return list(session.scalars(query.order_by(ServedPerson.number)))


def chosen(seed: str, pool: Pool) -> list[UUID]:
    """The sample as the seed and the lists give it."""
    sizes = {stratum: len(ids) for stratum, ids in pool}
    shares = allocate(sizes, sample_size(sum(sizes.values())))
    return [
        UUID(id_)
        for stratum, ids in pool
        for id_ in sorted(ids, key=lambda id_: ticket(seed, id_))[: shares[stratum]]
    ]


def is_as_drawn(survey: Survey) -> bool:
    """Whether the sample is what its seed and lists give, and the lists are those that were recorded."""
    asked = {each.served_person_id for each in survey.invitations}
    return _digest(survey.pool) == survey.pool_digest and set(chosen(survey.seed, survey.pool)) == asked


def _pool(people: Iterable[ServedPerson]) -> list[Any]:
    by_group: dict[str, list[str]] = {}
    for person in people:
        by_group.setdefault(person.stratum, []).append(str(person.id))
    return [[group, sorted(by_group[group])] for group in sorted(by_group)]


def _digest(pool: Pool) -> str:
    return digest([[stratum, *ids] for stratum, ids in pool])


def _invitation(person: ServedPerson, number: int, key: bytes) -> SurveyInvitation:
    id_ = uuid4()
    return SurveyInvitation(
        id=id_,
        person=person,
        number=number,
        stratum=person.stratum,
        token_hash=hashed(token_of(key, id_)),
    )
