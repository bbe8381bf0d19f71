"""All pages of evaluations: importing this module registers them."""

from web.evaluations import (
    answers,
    calendar,
    indicator_pages,
    proofs,
    seconds,
    sheets,
    showing,
)
from web.evaluations.blueprint import bp

__all__ = ["answers", "bp", "calendar", "indicator_pages", "proofs", "seconds", "sheets", "showing"]
