"""Where other subjects hang theirs on a tender's page: each callable gives a link or nothing.

A link is {"label": words, "url": address}, shown among what can be done. Add one line to LINKS.
"""

from collections.abc import Callable
from typing import Any

from models.tenders.tender import Tender
from web.archive import links as archive
from web.bids import links as bids
from web.contracts import links as contracts
from web.panels import links as panels

Link = dict[str, Any]

LINKS: list[Callable[[Tender], Link | None]] = [
    bids.bid,
    bids.room,
    bids.envelopes,
    contracts.desk,
    contracts.result,
    panels.panel,
    archive.file,
]
AFTER_QUESTIONS: list[Callable[[Tender], Link | None]] = [contracts.challenge]
"""What comes behind asking a question, which is the milder step."""


def links(tender: Tender, makers: list[Callable[[Tender], Link | None]] = LINKS) -> list[Link]:
    """The links of all subjects that have one for this reader."""
    return [link for make in makers if (link := make(tender)) is not None]
