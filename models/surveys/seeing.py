"""A contract's register and surveys as the policy sees them, for whoever looks.

The purchaser's unit is the street's; a community worker speaks for the neighbourhood whose need is met.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies.assignment import AssignmentKind
from models.agencies.queries import assignment_of
from models.contracts.contract import Contract
from models.surveys.survey import Survey


@dataclass(frozen=True)
class Register:
    """The register of a contract: its area, its supplier, the agency that evaluates it."""

    contract: Contract
    unit_code: str
    agency_id: UUID | None
    is_public: bool = False

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.contract.organisation_id


@dataclass(frozen=True)
class Seen:
    """A survey with the area for which it is looked at."""

    survey: Survey
    unit_code: str

    @property
    def agency_id(self) -> UUID | None:
        """The agency that evaluates the contract."""
        return self.survey.agency_id

    @property
    def is_public(self) -> bool:
        """Its result is published."""
        return self.survey.is_public


def register_of(session: Session, contract: Contract, act: Act) -> Register:
    """The register of a contract for this act."""
    agency = assignment_of(session, contract.id, AssignmentKind.PRIMARY, act.at)
    return Register(contract, place(contract, act), agency.agency_id if agency else None)


def seen(survey: Survey, act: Act) -> Seen:
    """A survey for this act."""
    return Seen(survey, place(survey.contract, act))


def place(contract: Contract, act: Act) -> str:
    """The purchaser's unit; for a worker the own neighbourhood, where the contract meets one of its needs."""
    if act.actor.role is Role.COMMUNITY_WORKER:
        units = (part.need.unit_code for part in contract.award.lot.needs)
        return next((unit for unit in units if act.actor.covers(unit)), contract.unit_code)
    return contract.unit_code
