"""Files of rankings: three bids that nothing is wrong with, and whatever a test changes."""

import json
from typing import Any

Content = dict[str, Any]


def bid(key: str, price: str, mark: str = "85", *, valid: bool = True) -> Content:
    """A bid that one member has marked by one criterion."""
    return {"id": key, "price": price, "valid": valid, "marks": {"m1": {"c1": mark}}}


def content(*bids: Content, **changes: Any) -> Content:
    """An open tender whose prices are far from every limit."""
    given = bids or (bid("b1", "80"), bid("b2", "100"), bid("b3", "125"))
    return {
        "method": "open_tender",
        "budget": "150",
        "ceiling": None,
        "price_weight": "0.1",
        "criteria": [{"id": "c1", "weight": "0.9", "max": "100"}],
        "bids": list(given),
        "low_price_answers": {},
        **changes,
    }


def consultation(*bids: Content, **changes: Any) -> Content:
    """A competitive consultation."""
    return content(*bids, method="competitive_consultation", **changes)


def negotiation(*bids: Content, **changes: Any) -> Content:
    """A negotiation, where the price is all."""
    alone = {"method": "negotiation", "price_weight": "1", "criteria": []}
    return content(*({**each, "marks": {}} for each in bids), **{**alone, **changes})


def written(given: object) -> bytes:
    """A file."""
    return json.dumps(given, ensure_ascii=False).encode()
