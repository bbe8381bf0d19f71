"""All addresses of bids."""

from web.bids import opening, sealing, together, writing  # noqa: F401  # imported for their views
from web.bids.blueprint import bp, openings

__all__ = ["bp", "openings"]
