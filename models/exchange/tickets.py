"""Rows of the hotline's or the grid's own export: masked before they are kept, each number once."""

from typing import Any

from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Invalid
from models.exchange.cells import Row
from models.exchange.places import neighbourhood_of
from models.needs.details import EvidenceKind
from models.needs.ticket import CHANNELS, Ticket
from models.needs.ticketing import bring
from models.surveys.masking import mask

COLUMNS = {
    "number": True,
    "ticket_words": True,
    "received_on": False,
    "street": False,
    "community": False,
    "unit_code": False,
    "category": False,
    "source": False,
}
"""Columns, and whether each must be filled. Whatever else the sheet tells, callers above all, is dropped."""

CHANNEL_WORDS = {
    "12345": EvidenceKind.HOTLINE,
    "12345热线": EvidenceKind.HOTLINE,
    "热线": EvidenceKind.HOTLINE,
    "网格": EvidenceKind.GRID,
    "城运": EvidenceKind.GRID,
}
TOLD = ("ticket_words", "category")
"""Columns in which people may be named."""


def masked(cells: dict[str, Any]) -> dict[str, Any]:
    """A row as it may be kept: its own columns alone, its words without names, numbers and houses."""
    kept = {key: cells[key] for key in COLUMNS if key in cells}
    return kept | {key: mask(str(kept[key])) for key in TOLD if key in kept}


def take(session: Session, act: Act, row: Row) -> Ticket:
    """Keep one row as a ticket that waits in its neighbourhood."""
    unit = neighbourhood_of(session, row.plain("unit_code"), row.text("community"), row.text("street"))
    return bring(
        session,
        act,
        unit,
        channel=_channel(row.plain("source")),
        number=row.required("number"),
        words=row.required("ticket_words"),
        received_on=row.day("received_on"),
        category=row.text("category"),
    )


def _channel(typed: str) -> EvidenceKind:
    if not typed:
        return EvidenceKind.HOTLINE
    found = CHANNEL_WORDS.get(typed) or next((each for each in CHANNELS if each.value == typed), None)
    if found is None:
        raise Invalid("cell_unknown", field="source", typed=typed[:30])
    return found
