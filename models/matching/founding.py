"""Who is seen and contracted in an area: independent or semi-official organisations (demand 45)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.exposure import shares
from models.bids.bid import Bid
from models.bids.opened import OpenedBid
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.matching.exposure import WINDOW
from models.parties.independence import Independence, statements
from models.tenders.lot import Lot
from models.tenders.tender import Tender


@dataclass(frozen=True)
class Founded:
    """One kind of organisation: its share of exposure, needs it was accepted for, contracts and their sum."""

    independence: Independence
    exposure: float
    accepted: int
    contracts: int
    amount: Decimal


def by_founding(
    session: Session, area: str, at: datetime, run: pd.DataFrame, services: pd.DataFrame
) -> list[Founded]:
    """Each kind that occurs; contracts are those of the area signed in the year before."""
    signed = _contracts(session, area, at)
    owners = {UUID(each) for each in services["org_id"]} | {owner for owner, _amount in signed}
    stated = statements(session, owners, at)
    kinds = {
        owner: stated[owner].independence if owner in stated else Independence.UNKNOWN for owner in owners
    }
    marked = services.assign(founding=[kinds[UUID(each)].value for each in services["org_id"]])
    seen = shares(run, marked, "founding")
    chosen = run[run["accepted"]].merge(marked[["service_id", "founding"]], on="service_id")
    accepted = chosen.groupby("founding")["need_id"].nunique()
    found = []
    for kind in Independence:
        amounts = [amount for owner, amount in signed if kinds[owner] is kind]
        if kind.value in seen or amounts:
            sums = len(amounts), sum(amounts, Decimal(0))
            found.append(Founded(kind, seen.get(kind.value, 0.0), int(accepted.get(kind.value, 0)), *sums))
    return found


def _contracts(session: Session, area: str, at: datetime) -> list[tuple[UUID, Decimal]]:
    query = (
        select(Bid.organisation_id, Contract.amount)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .join(OpenedBid, OpenedBid.bid_id == Award.bid_id)
        .join(Bid, Bid.id == OpenedBid.bid_id)
        .where(
            Tender.unit_code.startswith(area, autoescape=True),
            Contract.supplier_signed_at > at - WINDOW,
            Contract.supplier_signed_at <= at,
        )
    )
    return [(owner, amount) for owner, amount in session.execute(query)]
