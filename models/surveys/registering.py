"""Keeping the register of the people a contract serves: by the contractor, one by one or from a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.errors import Conflict, DomainError, Invalid
from models.parties.strata import STRATA
from models.surveys.register import ServedPerson
from models.surveys.seeing import Register
from models.surveys.survey import Survey
from models.wording import bounded

AGE_BANDS = STRATA["age"]
LONGEST_LABEL = 40
MOST_NUMBER = 999_999
MOST_ROWS = 5000
KEPT_DAYS = 240
"""So long after the last survey or the end of the contract a label is kept: the follow-up needs it."""


@dataclass(frozen=True)
class Entry:
    """One person as written down."""

    number: int
    label: str
    stratum: str
    age_band: str | None = None


@dataclass(frozen=True)
class Read:
    """Rows of a sheet: those that can be kept, and what is wrong with the others, by their place."""

    entries: list[Entry] = field(default_factory=list)
    errors: dict[int, DomainError] = field(default_factory=dict)


def groups(session: Session) -> dict[str, TaxonomyTerm]:
    """The groups of beneficiaries, by code."""
    query = select(TaxonomyTerm).where(TaxonomyTerm.taxonomy == Taxonomy.BENEFICIARY)
    return {term.code: term for term in session.scalars(query.order_by(TaxonomyTerm.position))}


def keep(session: Session, register: Register, act: Act, entries: Sequence[Entry]) -> int:
    """Write people down; whoever has the number already is corrected, and is back when he had left."""
    ensure(act, Permission.REGISTER_WRITE, register)
    hold(session, register.contract)
    if not entries:
        raise Invalid("register_nothing", field="rows")
    known_groups = groups(session)
    query = select(ServedPerson).where(ServedPerson.contract_id == register.contract.id)
    known = {person.number: person for person in session.scalars(query)}
    for entry in entries:
        checked = check(entry, known_groups)
        person = known.get(checked.number)
        if person is None:
            person = ServedPerson(contract=register.contract, number=checked.number)
            person.added_on = local_date(act.at)
            known[checked.number] = person
            session.add(person)
        person.label, person.stratum, person.age_band = checked.label, checked.stratum, checked.age_band
        person.left_on = None
    record(session, act, "register.keep", register.contract, people=len(entries))
    return len(entries)


def leave(session: Session, person: ServedPerson, register: Register, act: Act) -> None:
    """Somebody is not served any more from today on."""
    ensure(act, Permission.REGISTER_WRITE, register)
    hold(session, person)
    if person.left_on is not None:
        raise Conflict("person_left")
    person.left_on = local_date(act.at)
    record(session, act, "register.leave", register.contract, number=person.number)


def next_number(session: Session, contract: Contract) -> int:
    """The number after the highest one."""
    highest = select(func.max(ServedPerson.number)).where(ServedPerson.contract_id == contract.id)
    return (session.scalar(highest) or 0) + 1


def check(entry: Entry, known: Mapping[str, TaxonomyTerm]) -> Entry:
    """The entry as it is kept; raises Invalid beside its field."""
    if not 1 <= entry.number <= MOST_NUMBER:
        raise Invalid("person_number", field="number", most=MOST_NUMBER)
    if entry.stratum not in known:
        raise Invalid("group_unknown", field="stratum", group=entry.stratum)
    if entry.age_band is not None and entry.age_band not in AGE_BANDS:
        raise Invalid("age_band_unknown", field="age_band", band=entry.age_band)
    label = bounded(entry.label, LONGEST_LABEL, field="label")
    return Entry(entry.number, " ".join(label.split()), entry.stratum, entry.age_band)


def forget(session: Session, act: Act) -> int:
    """Clear the labels of contracts that are over and surveyed; the numbers stay, for the count."""
    ensure(act, Permission.CLOCK_REMIND)
    over = act.at - timedelta(days=KEPT_DAYS)
    surveyed = select(Survey.contract_id).where(
        Survey.withdrawn_at.is_(None), Survey.closes_at.is_(None) | (Survey.closes_at > over)
    )
    ended = select(Contract.id).where(Contract.ends_on < local_date(over), Contract.id.not_in(surveyed))
    labelled = ServedPerson.contract_id.in_(ended), ServedPerson.label != ""
    contracts = select(ServedPerson.contract_id).where(*labelled).distinct()
    found = list(session.scalars(select(Contract).where(Contract.id.in_(contracts))))
    for contract in found:
        mine = update(ServedPerson).where(ServedPerson.contract_id == contract.id)
        session.execute(mine.values(label=""))
        record(session, act, "register.forget", contract)
    return len(found)
