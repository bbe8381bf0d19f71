"""The contract board: contracts with their next clock, what was paid of them, and the totals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.act import Act
from models.contracts.changing import total
from models.contracts.clocks import Clock, contract_clocks
from models.contracts.contract import Contract, ContractPhase, MilestonePhase
from models.contracts.lifecycle import contract_phase_at, milestone_phase_at
from models.contracts.queries import contracts
from models.paging import FIRST_PAGE, Paging
from models.wording import normalised

LATEST = date.max


@dataclass(frozen=True)
class Wanted:
    """What the board is narrowed to."""

    phase: ContractPhase | None = None
    words: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class ContractRow:
    """A line of the board."""

    contract: Contract
    phase: ContractPhase
    total: Decimal
    paid: Decimal
    clock: Clock | None
    is_overdue: bool


@dataclass(frozen=True)
class Board:
    """A page of the board; count and sums are of all that was found."""

    rows: list[ContractRow]
    count: int
    amount: Decimal
    paid: Decimal
    overdue: int


SORTS: dict[str, Callable[[ContractRow], Any]] = {
    "clock": lambda row: row.clock.day if row.clock else LATEST,
    "reference": lambda row: row.contract.reference,
    "supplier": lambda row: row.contract.award.bid.bid.organisation.name,
    "amount": lambda row: row.total,
    "paid": lambda row: row.paid,
}


def board(
    session: Session,
    act: Act,
    wanted: Wanted = Wanted(),
    *,
    sort: str = "clock",
    paging: Paging = FIRST_PAGE,
) -> Board:
    """The contracts the act may see, what is due first standing first."""
    found = [row for each in contracts(session, act) if _fits(row := contract_row(each, act), wanted)]
    key = SORTS.get(sort.removeprefix("-"), SORTS["clock"])
    found.sort(key=lambda row: row.contract.reference)
    found.sort(key=key, reverse=sort.startswith("-"))
    size = paging.size or len(found)
    first = (max(paging.page, 1) - 1) * size
    return Board(
        rows=found[first : first + size],
        count=len(found),
        amount=sum((row.total for row in found), Decimal(0)),
        paid=sum((row.paid for row in found), Decimal(0)),
        overdue=sum(row.is_overdue for row in found),
    )


def contract_row(contract: Contract, act: Act) -> ContractRow:
    """A contract with its next clock."""
    clocks = contract_clocks(contract, act.at)
    return ContractRow(
        contract=contract,
        phase=contract_phase_at(contract, act.at),
        total=total(contract),
        paid=paid(contract, act),
        clock=clocks[0] if clocks else None,
        is_overdue=any(clock.is_over(act.at) for clock in clocks),
    )


def paid(contract: Contract, act: Act) -> Decimal:
    """What has been paid."""
    done = (each for each in contract.milestones if milestone_phase_at(each, act.at) == MilestonePhase.PAID)
    return sum((each.paid_amount or Decimal(0) for each in done), Decimal(0))


def _fits(row: ContractRow, wanted: Wanted) -> bool:
    if wanted.phase is not None and row.phase != wanted.phase:
        return False
    if wanted.overdue and not row.is_overdue:
        return False
    lot = row.contract.award.lot
    known = normalised(
        row.contract.reference,
        lot.title,
        lot.tender.title,
        lot.tender.reference,
        row.contract.award.bid.bid.organisation.name,
    )
    return all(word in known for word in normalised((wanted.words or "")[:200]).split())
