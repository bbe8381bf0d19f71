"""Who the sides of a contract are, and from when they may rate each other."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.calendar.clocks import start_of
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.needs.need import Need
from models.parties.unit import CODE_LENGTH, UnitKind
from models.ratings.rating import Side
from models.ratings.sides import ITEMS, Direction
from models.rulebook.stages import Stage
from models.tenders.lot import LotNeed

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Standing:
    """A contract with the neighbourhood that speaks for its users, and its final report once that is final.

    The neighbourhood is that of the lot's first need: one voice a side, also where a lot serves several.
    """

    contract: Contract
    community: str | None
    final: Evaluation | None

    @property
    def agency_id(self) -> UUID | None:
        """The agency that made the final report."""
        return self.final.agency_id if self.final else None

    @property
    def sides(self) -> frozenset[Side]:
        """The sides this contract has."""
        found = {Side.ORGANISATION, Side.PURCHASER}
        if self.community:
            found.add(Side.COMMUNITY)
        if self.agency_id:
            found.add(Side.AGENCY)
        return frozenset(found)

    def directions(self, by: Side | None) -> list[Direction]:
        """Whom a side of this contract may rate."""
        return [each for each in ITEMS if each[0] is by and set(each) <= self.sides]

    @property
    def opens_at(self) -> datetime | None:
        """From when the sides may rate each other: the contract has ended, or its final report is final."""
        contract = self.contract
        if contract.supplier_signed_at is None:
            return None
        ends = [contract.completed_at, contract.terminated_at, start_of(contract.ends_on + ONE_DAY)]
        ends.append(self.final.finalised_at if self.final else None)
        return min(each for each in ends if each is not None)

    def is_open(self, at: datetime) -> bool:
        """Whether the sides may rate each other at an instant."""
        return self.opens_at is not None and self.opens_at <= at

    def about(self, side: Side) -> UUID | str | None:
        """The organisation or the unit that is rated as a side."""
        known = {
            Side.ORGANISATION: self.contract.organisation_id,
            Side.AGENCY: self.agency_id,
            Side.COMMUNITY: self.community,
            Side.PURCHASER: self.contract.unit_code,
        }
        return known[side]


def standing(session: Session, contract: Contract, at: datetime) -> Standing:
    """The sides of one contract."""
    return standings(session, [contract], at)[0]


def standings(session: Session, contracts: Iterable[Contract], at: datetime) -> list[Standing]:
    """The sides of several contracts, in two queries."""
    found = list(contracts)
    communities = _communities(session, {each.award.lot_id for each in found})
    finals = _finals(session, {each.id for each in found}, at)
    return [Standing(each, communities.get(each.award.lot_id), finals.get(each.id)) for each in found]


def _communities(session: Session, lots: Collection[UUID]) -> dict[UUID, str]:
    """The neighbourhood of each lot's first need that has one."""
    lowest = func.length(Need.unit_code) == CODE_LENGTH[UnitKind.NEIGHBOURHOOD]
    query = select(LotNeed.lot_id, Need.unit_code).join(Need, Need.id == LotNeed.need_id)
    query = query.where(LotNeed.lot_id.in_(lots), lowest).order_by(LotNeed.position.desc(), LotNeed.need_id)
    return {row.lot_id: row.unit_code for row in session.execute(query)}  # the first need comes last


def _finals(session: Session, contracts: Collection[UUID], at: datetime) -> dict[UUID, Evaluation]:
    query = select(Evaluation).where(
        Evaluation.contract_id.in_(contracts), Evaluation.stage == Stage.FINAL, Evaluation.finalised_at <= at
    )
    return {each.contract_id: each for each in session.scalars(query)}
