"""Whom to tell of a rectification: its agency, its neighbourhoods, whoever stands above."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import OFFICIALS, Act, Role
from models.agencies.people import evaluators_of
from models.contracts.contract import Contract
from models.needs.need import Need
from models.parties.accounts import people_of
from models.parties.unit import CODE_LENGTH, UnitKind
from models.rectifications.rectification import Rectification
from models.tenders.lot import LotNeed


def agency(session: Session, act: Act, rectification: Rectification) -> set[UUID]:
    """The evaluators of the agency it is with."""
    return set(evaluators_of(session, act, rectification.agency_id)) if rectification.agency_id else set()


def communities(session: Session, act: Act, contract: Contract) -> set[UUID]:
    """The neighbourhood workers whose needs a contract is to meet, and whoever raised them."""
    needs = select(Need).join(LotNeed, LotNeed.need_id == Need.id)
    found: set[UUID] = set()
    for need in session.scalars(needs.where(LotNeed.lot_id == contract.award.lot_id)):
        found |= set(people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code))
        found |= {need.created_by} if need.created_by else set()
    return found


def above(session: Session, act: Act, unit_code: str) -> set[UUID]:
    """Officials and auditors of the unit and of every unit it lies in."""
    units = [unit_code[:length] for length in CODE_LENGTH.values() if length <= len(unit_code)]
    roles = [*OFFICIALS, Role.AUDITOR]
    return {id_ for unit in units for role in roles for id_ in people_of(session, act, role, unit)}


def registrars(session: Session, act: Act, unit_code: str) -> set[UUID]:
    """The district's and the city's officials, who keep the register and decide appeals."""
    kinds = {Role.DISTRICT_OFFICIAL: UnitKind.DISTRICT, Role.CITY_OFFICIAL: UnitKind.CITY}
    return {
        id_
        for role, kind in kinds.items()
        for id_ in people_of(session, act, role, unit_code[: CODE_LENGTH[kind]])
    }
