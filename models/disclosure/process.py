"""One procurement as anybody may know it, and the rules of what is shown when.

Nothing here carries a sealed envelope, a draft, who asked a question, a mark or a panel's words: what is not
in a `Process` cannot be published from it.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from models.contracts.award import Award
from models.contracts.contract import Contract
from models.needs.assessment import Assessment
from models.parties.organisation import Organisation
from models.tenders.amendment import Amendment
from models.tenders.lot import Lot
from models.tenders.notice import Notice
from models.tenders.tender import Tender


@dataclass(frozen=True)
class Answer:
    """A question that was answered to all. Whose it was is not in here."""

    id: UUID
    asked_at: datetime
    question: str
    answered_at: datetime
    answer: str


@dataclass(frozen=True)
class PublicBid:
    """A bid after the prices were opened; whether it counted while a decision stands, the winner's price."""

    reference: str
    lot: Lot
    organisations: tuple[Organisation, ...]
    submitted_at: datetime
    is_valid: bool | None
    price: Decimal | None


@dataclass(frozen=True)
class BidCount:
    """How many bids a lot had when it was opened, and how many counted once it was decided."""

    lot: Lot
    bids: int
    valid: int | None
    at: datetime


@dataclass(frozen=True)
class Process:
    """A published tender and all that has become public of it since; `date` is of the newest of that."""

    tender: Tender
    date: datetime
    answers: tuple[Answer, ...]
    amendments: tuple[Amendment, ...]
    notices: tuple[Notice, ...]
    assessments: tuple[Assessment, ...]
    counts: tuple[BidCount, ...]
    bids: tuple[PublicBid, ...]
    awards: tuple[Award, ...]
    contracts: tuple[Contract, ...]
    failed_before: tuple[Tender, ...]


def shows_counts(tender: Tender, at: datetime) -> bool:
    """The number of bids is public once they are opened."""
    return tender.opened_at is not None and tender.opened_at <= at


def shows_bidders(tender: Tender, at: datetime) -> bool:
    """Names are public once the prices are opened: until then the panel marks without names (R27)."""
    return tender.priced_at is not None and tender.priced_at <= at


def shows_findings(tender: Tender, at: datetime) -> bool:
    """Whether a bid counted is public once the award is decided; a replay takes the decision back."""
    return shows_bidders(tender, at) and tender.decided_at is not None and tender.decided_at <= at
