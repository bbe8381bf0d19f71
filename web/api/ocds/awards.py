"""Awards of a release, from their notice on."""

from datetime import datetime
from typing import Any

from models.contracts.award import Award, AwardPhase
from models.contracts.lifecycle import award_phase_at
from models.disclosure.process import Process
from web.api.ocds.documents import of_awards
from web.api.ocds.parties import Parties
from web.api.ocds.values import instant, money

STATUS = {
    AwardPhase.PENDING: "pending",
    AwardPhase.NOTICED: "pending",
    AwardPhase.ACTIVE: "active",
    AwardPhase.CANCELLED: "cancelled",
}


def awards(process: Process, parties: Parties, at: datetime) -> list[dict[str, Any]]:
    """Every award that was noticed, those that were undone too."""
    return [_award(each, process, parties, at) for each in process.awards]


def _award(award: Award, process: Process, parties: Parties, at: datetime) -> dict[str, Any]:
    bid = award.bid.bid
    together = next((each.organisations for each in process.bids if each.reference == bid.reference), None)
    return {
        "id": str(award.id),
        "title": award.lot.title,
        "status": STATUS[award_phase_at(award, at)],
        "date": instant(award.decided_at),
        "value": money(award.amount),
        "suppliers": [parties.organisation(each, "supplier") for each in together or (bid.organisation,)],
        "relatedLots": [str(award.lot.number)],
        "relatedBid": bid.reference if together else None,
        "documents": of_awards(process),
    }
