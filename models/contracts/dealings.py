"""What a contract makes known of its organisations: who carries it out together (R53 reads it).

The purchaser's dealing with its supplier is no ground to stand aside, and is not written down.
"""

from datetime import date
from itertools import combinations
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contracts.contract import Contract
from models.panels.bidders import partners
from models.parties.dealing import Dealing, DealingKind
from models.parties.organisation import Organisation
from models.wording import normalised


def note_dealings(session: Session, contract: Contract, began_on: date) -> None:
    """From the signing to the end of the contract: its consortium with each other, and each subcontractor."""
    named = {contract.organisation_id} | partners(contract.award.bid)
    members = set(session.scalars(select(Organisation.id).where(Organisation.id.in_(named))))
    pairs = [(DealingKind.CONSORTIUM, pair) for pair in combinations(sorted(members, key=str), 2)]
    for other in _subcontractors(session, contract) - members:
        pairs.append((DealingKind.SUBCONTRACT, (contract.organisation_id, other)))
    for kind, (one, two) in pairs:
        made = Dealing(organisation_id=one, other_id=two, kind=kind, source=contract.reference)
        made.began_on, made.ended_on = began_on, max(contract.ends_on, began_on)
        session.add(made)


def end_dealings(session: Session, contract: Contract, ended_on: date) -> None:
    """A contract that ends before its time ends what was noted of it."""
    for dealing in session.scalars(select(Dealing).where(Dealing.source == contract.reference)):
        dealing.ended_on = max(ended_on, dealing.began_on)


def _subcontractors(session: Session, contract: Contract) -> set[UUID]:
    """Registered organisations whose whole name stands in what the bid declares of subcontracting (R52)."""
    said = normalised(str(contract.award.bid.technical.get("subcontracting") or ""))
    if not said:
        return set()
    known = session.execute(select(Organisation.id, Organisation.name))
    return {key for key, name in known if normalised(name) in said}
