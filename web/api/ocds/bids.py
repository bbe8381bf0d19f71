"""Bids of a release: numbers once opened, names with the prices, the winner's price with the notice."""

from typing import Any

from models.disclosure.process import BidCount, Process, PublicBid
from web.api.ocds.parties import Parties
from web.api.ocds.values import instant, money

STATUS = {None: "pending", True: "valid", False: "disqualified"}


def bids(process: Process, parties: Parties) -> dict[str, Any]:
    """The section, empty before the opening."""
    return {
        "statistics": [each for count in process.counts for each in _statistics(count)],
        "details": [_bid(each, parties) for each in process.bids],
    }


def _statistics(count: BidCount) -> list[dict[str, Any]]:
    lot = str(count.lot.number)
    found = [("bids", count.bids), ("validBids", count.valid)]
    return [
        {
            "id": f"{lot}-{measure}",
            "measure": measure,
            "value": value,
            "date": instant(count.at),
            "relatedLot": lot,
        }
        for measure, value in found
        if value is not None
    ]


def _bid(bid: PublicBid, parties: Parties) -> dict[str, Any]:
    return {
        "id": bid.reference,
        "date": instant(bid.submitted_at),
        "status": STATUS[bid.is_valid],
        "tenderers": [parties.organisation(each, "tenderer") for each in bid.organisations],
        "value": money(bid.price),
        "relatedLots": [str(bid.lot.number)],
    }
