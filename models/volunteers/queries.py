"""Reads of calls for volunteers: loaders for guards, the public list, and what waits for who posted it."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act, Role
from models.calendar.clocks import local_date
from models.contracts import queries as contracts
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.needs import queries as needs
from models.needs.need import Need
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.parties.unit import AdministrativeUnit, UnitKind
from models.tenders.lot import Lot
from models.volunteers.call import CallPhase, VolunteerCall
from models.volunteers.calling import Ground
from models.volunteers.lifecycle import phase_sql


def call(session: Session, call_id: UUID, _act: Act) -> VolunteerCall | None:
    """A call: everybody may read it."""
    return session.get(VolunteerCall, call_id)


def of_need(session: Session, need_id: UUID, act: Act) -> Ground | None:
    """The need a call is to be for, where it may be seen."""
    found = needs.need(session, need_id, act)
    return Ground(found) if found is not None else None


def of_contract(session: Session, contract_id: UUID, act: Act) -> Ground | None:
    """The contract a call is to be for, where it may be seen."""
    found = contracts.contract(session, contract_id, act)
    return Ground(found) if found is not None else None


def board(
    session: Session, act: Act, *, street: str | None = None, paging: Paging = FIRST_PAGE
) -> Listed[VolunteerCall]:
    """The calls one can answer now, the one that ends first standing first."""
    query = _whole().where(_answerable(act))
    if street:
        query = query.where(VolunteerCall.area_code.startswith(street, autoescape=True))
    return Listed(list(session.scalars(cut(_ordered(query), paging))), count(session, query))


def streets(session: Session, act: Act) -> list[AdministrativeUnit]:
    """The streets in which there is something to answer now."""
    codes = select(func.substr(VolunteerCall.area_code, 1, 9)).where(_answerable(act))
    query = select(AdministrativeUnit).where(
        AdministrativeUnit.kind == UnitKind.STREET, AdministrativeUnit.code.in_(codes)
    )
    return list(session.scalars(query.order_by(AdministrativeUnit.code)))


def calls_for(session: Session, subject: Need | Contract, act: Act) -> list[VolunteerCall]:
    """The calls for a need or a contract that can be answered now."""
    column = VolunteerCall.need_id if isinstance(subject, Need) else VolunteerCall.contract_id
    query = select(VolunteerCall).where(column == subject.id, _answerable(act))
    return list(session.scalars(_ordered(query)))


def mine(session: Session, act: Act) -> list[VolunteerCall]:
    """The calls of one's neighbourhood or organisation that nobody has closed yet."""
    if not can(act, Permission.VOLUNTEER_CALL):
        return []
    query = select(VolunteerCall).where(_own(act), phase_sql(act.at) == CallPhase.OPEN.value)
    return list(session.scalars(_ordered(query)))


def _answerable(act: Act) -> ColumnElement[bool]:
    return and_(phase_sql(act.at) == CallPhase.OPEN.value, VolunteerCall.ends_on >= local_date(act.at))


def _own(act: Act) -> ColumnElement[bool]:
    """`can(act, VOLUNTEER_CALL, call)` as SQL."""
    actor = act.actor
    if actor.role is Role.ORGANISATION_STAFF:
        return VolunteerCall.organisation_id == actor.organisation_id
    if actor.unit_code:
        within = VolunteerCall.area_code.startswith(actor.unit_code, autoescape=True)
        return and_(VolunteerCall.organisation_id.is_(None), within)
    return false()


def _ordered(query: Select[VolunteerCall]) -> Select[VolunteerCall]:
    return query.order_by(VolunteerCall.ends_on, VolunteerCall.reference)


def _whole() -> Select[VolunteerCall]:
    """With all that a list says of them."""
    tender = joinedload(VolunteerCall.contract).joinedload(Contract.award).joinedload(Award.lot)
    return select(VolunteerCall).options(
        joinedload(VolunteerCall.unit),
        joinedload(VolunteerCall.organisation),
        joinedload(VolunteerCall.need),
        tender.joinedload(Lot.tender),
    )
