"""Verbs on calls for volunteers: post one, change it, close it with how many came forward (demand 39)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.contract import Contract, ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.contracts.locking import hold
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.needs.lifecycle import phase_at as need_phase_at
from models.needs.need import Need, NeedPhase
from models.reference import next_reference
from models.volunteers.call import (
    LINE_LIMIT,
    MOST_CAME,
    MOST_PEOPLE,
    TELEPHONE_LIMIT,
    TITLE_LIMIT,
    WORDS_LIMIT,
    CallPhase,
    VolunteerCall,
)
from models.volunteers.lifecycle import CALL, CallMove, phase_at
from models.volunteers.telephone import is_office
from models.wording import bounded

PREFIX = "ZM"
LONGEST = timedelta(days=366)
LIMITS = {
    "title": TITLE_LIMIT,
    "words": WORDS_LIMIT,
    "place": LINE_LIMIT,
    "hours": LINE_LIMIT,
    "telephone": TELEPHONE_LIMIT,
    "office_hours": LINE_LIMIT,
}


@dataclass(frozen=True)
class Given:
    """What a call says."""

    title: str
    words: str
    people: int
    place: str
    hours: str
    ends_on: date
    telephone: str
    office_hours: str


@dataclass(frozen=True)
class Ground:
    """What a call is for: a need, for its community worker, or a contract, for its contractor."""

    subject: Need | Contract

    @property
    def unit_code(self) -> str | None:
        """Whose committee may call; a contract is its contractor's."""
        return self.subject.unit_code if isinstance(self.subject, Need) else None

    @property
    def organisation_id(self) -> UUID | None:
        """Whose staff may call; a need is its neighbourhood's."""
        return self.subject.organisation_id if isinstance(self.subject, Contract) else None


def may_call(subject: Need | Contract, act: Act) -> bool:
    """Whether the actor may post a call for this now."""
    return can(act, Permission.VOLUNTEER_CALL, Ground(subject)) and _is_live(subject, act)


def check_live(subject: Need | Contract, act: Act) -> None:
    """A need must be public and not closed, a contract in force. Raises Conflict."""
    if not _is_live(subject, act):
        raise Conflict("call_need_not_open" if isinstance(subject, Need) else "contract_not_in_force")


def post(
    session: Session,
    ground: Ground,
    act: Act,
    *,
    id: UUID,  # noqa: A002  # the record's id, made by the form against double clicks
    given: Given,
) -> VolunteerCall:
    """Post a call; the same id for the same thing returns the one that stands."""
    ensure(act, Permission.VOLUNTEER_CALL, ground)
    subject = ground.subject
    hold(session, subject)  # the second of two clicks finds the first one's
    standing = session.get(VolunteerCall, id)
    if standing is not None:
        if subject.id not in {standing.need_id, standing.contract_id}:
            raise Conflict("stale")
        return standing
    check_live(subject, act)
    made = VolunteerCall(
        id=id,
        reference=next_reference(session, PREFIX, act.at),
        need=subject if isinstance(subject, Need) else None,
        contract=subject if isinstance(subject, Contract) else None,
        organisation_id=ground.organisation_id,
        area_code=subject.unit_code,
        posted_by=act.actor.person_id,
        posted_at=act.at,
        updated_at=act.at,
        **_checked(given, act),
    )
    session.add(made)
    session.flush()  # the audit event needs the row
    record(session, act, "volunteer_call.post", made)
    return made


def edit(session: Session, call: VolunteerCall, act: Act, *, given: Given, revision: int) -> None:
    """Change what an open call says, also when its last day has passed: a later one takes it up again."""
    ensure(act, Permission.VOLUNTEER_CALL, call)
    hold(session, call)
    if phase_at(call, act.at) is CallPhase.CLOSED:
        raise Conflict("call_closed")
    if revision != call.revision:
        raise Conflict("stale")
    check_live(subject_of(call), act)
    for name, value in _checked(given, act).items():
        setattr(call, name, value)
    call.updated_at = act.at
    record(session, act, "volunteer_call.edit", call)


def close(session: Session, call: VolunteerCall, act: Act, *, came_forward: int) -> None:
    """Close a call with how many came forward: a number, no names."""
    ensure(act, Permission.VOLUNTEER_CALL, call)
    if not 0 <= came_forward <= MOST_CAME:
        raise Invalid("call_came_forward", field="came_forward", most=MOST_CAME)
    hold(session, call)
    if phase_at(call, act.at) is CallPhase.CLOSED:
        raise Conflict("call_closed")
    call.came_forward = came_forward
    advance(session, CALL, call, CallMove.CLOSE, act, came_forward=came_forward)


def subject_of(call: VolunteerCall) -> Need | Contract:
    """What a call is for: one of the two, as the table holds."""
    found = call.need or call.contract
    if found is None:
        raise ValueError(call.id)
    return found


def _is_live(subject: Need | Contract, act: Act) -> bool:
    if isinstance(subject, Need):
        return subject.is_public and need_phase_at(subject, act.at) is not NeedPhase.CLOSED
    return contract_phase_at(subject, act.at) is ContractPhase.ACTIVE


def _checked(given: Given, act: Act) -> dict[str, object]:
    said: dict[str, object] = {"people": given.people, "ends_on": given.ends_on}
    for name, limit in LIMITS.items():
        said[name] = bounded(getattr(given, name), limit, field=name)
        if not said[name]:
            raise Invalid("call_words_missing", field=name)
    if not is_office(str(said["telephone"])):
        raise Invalid("call_telephone", field="telephone")
    if not 1 <= given.people <= MOST_PEOPLE:
        raise Invalid("call_people", field="people", most=MOST_PEOPLE)
    today = local_date(act.at)
    if not today <= given.ends_on <= today + LONGEST:
        raise Invalid("call_ends_on", field="ends_on", first=today, last=today + LONGEST)
    return said
