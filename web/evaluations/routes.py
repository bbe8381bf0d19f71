"""All pages of evaluations: importing this module registers them."""

from web.evaluations import (
    answers,
    calendar,
    contests,
    indicator_pages,
    proofs,
    registered,
    seconds,
    sheets,
    showing,
)
from web.evaluations.blueprint import bp

__all__ = [
    "answers",
    "bp",
    "calendar",
    "contests",
    "indicator_pages",
    "proofs",
    "registered",
    "seconds",
    "sheets",
    "showing",
]
