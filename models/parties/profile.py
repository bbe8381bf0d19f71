"""What an organisation says of itself: its profile, its staff with certificates, its board."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.errors import Conflict, Invalid, NotFound
from models.parties.organisation import BoardMember, Certificate, Organisation, StaffMember
from models.parties.organisations import checked_website
from models.wording import bounded

MOST_PEOPLE = 500


def edit_profile(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    description: str,
    name_en: str | None = None,
    website: str | None = None,
    revision: int | None = None,
) -> None:
    """Write the profile anew; what the register says is not among it."""
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    if revision is not None and revision != organisation.revision:
        raise Conflict("stale")
    organisation.description = bounded(description, 4000, field="description")
    organisation.name_en = bounded(name_en, 200, field="name_en") or None
    organisation.website = checked_website(website)
    record(session, act, "organisation.edit", organisation)


def add_staff(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    name: str,
    title: str = "",
    certificate: Certificate | None = None,
    full_time: bool = True,
    id: UUID | None = None,  # noqa: A002  # it is the record's id
) -> StaffMember:
    """Enter somebody who works there. The same `id` again returns who already stands."""
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    for standing in organisation.staff:
        if id is not None and standing.id == id:
            return standing
    member = StaffMember(
        id=id,
        name=_name(name, len(organisation.staff)),
        title=bounded(title, 200, field="title"),
        certificate=certificate,
        full_time=full_time,
    )
    organisation.staff.append(member)
    session.flush()  # the event names the new member
    record(session, act, "organisation.add_staff", organisation, staff=member.id)
    return member


def remove_staff(session: Session, organisation: Organisation, act: Act, *, staff_id: UUID) -> None:
    """Enter that somebody no longer works there."""
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    member = next((each for each in organisation.staff if each.id == staff_id), None)
    if member is None:
        raise NotFound("not_found")
    organisation.staff.remove(member)
    record(session, act, "organisation.remove_staff", organisation, staff=staff_id)


def add_board_member(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    name: str,
    position: str = "",
    is_resident: bool = False,
    id: UUID | None = None,  # noqa: A002  # it is the record's id
) -> BoardMember:
    """Enter somebody on the board; residents are marked. The same `id` again returns who already stands."""
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    for standing in organisation.board:
        if id is not None and standing.id == id:
            return standing
    member = BoardMember(
        id=id,
        name=_name(name, len(organisation.board)),
        position=bounded(position, 200, field="position"),
        is_resident=is_resident,
    )
    organisation.board.append(member)
    session.flush()  # the event names the new member
    record(session, act, "organisation.add_board_member", organisation, member=member.id)
    return member


def remove_board_member(session: Session, organisation: Organisation, act: Act, *, member_id: UUID) -> None:
    """Enter that somebody left the board."""
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    member = next((each for each in organisation.board if each.id == member_id), None)
    if member is None:
        raise NotFound("not_found")
    organisation.board.remove(member)
    record(session, act, "organisation.remove_board_member", organisation, member=member_id)


def _name(name: str, already: int) -> str:
    kept = bounded(name, 200, field="name")
    if not kept:
        raise Invalid("name_missing", field="name")
    if already >= MOST_PEOPLE:
        raise Invalid("people_too_many", field="name", most=MOST_PEOPLE)
    return kept
