"""What a need still lacks before it can be submitted: one list of named fields."""

from collections.abc import Callable
from dataclasses import dataclass

from models.errors import Invalid
from models.needs.need import Need

LEAST_WORDS = 8
"""A description shorter than this tells nobody anything."""


@dataclass(frozen=True)
class Missing:
    """A field, and the code of the sentence that says what to do about it."""

    field: str
    code: str


class Incomplete(Invalid):
    """The need lacks something: all of it at once, so that nobody is sent back field by field."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("need_incomplete", count=len(missing))
        self.missing = missing


def missing(need: Need) -> tuple[Missing, ...]:
    """What is missing, in the order of the form. Budget, funding and resources may stay open."""
    return tuple(Missing(field, f"need_lacks_{field}") for field, there in _WANTED.items() if not there(need))


def _has_term(need: Need, *, group: bool) -> bool:
    return any(term.is_group is group for term in need.terms)


_WANTED: dict[str, Callable[[Need], bool]] = {
    "description": lambda need: len(need.description) >= LEAST_WORDS,
    "codes": lambda need: _has_term(need, group=False),
    "groups": lambda need: _has_term(need, group=True),
    "affected_people": lambda need: need.affected_people is not None,
    "severity": lambda need: need.severity is not None,
    "urgency": lambda need: need.urgency is not None,
    "evidence": lambda need: bool(need.evidence) or need.assessment_id is not None,
    "starts_on": lambda need: need.starts_on is not None,
}
