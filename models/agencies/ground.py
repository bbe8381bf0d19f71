"""Why an agency may not evaluate a project: what is asked of it, and what the data show."""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """A ground that keeps an agency from a project (R53, R54, R77, R84)."""

    PAID_WORK = "paid_work"
    NEEDS_ASSESSMENT = "needs_assessment"
    INCUBATION = "incubation"
    SUPERVISION = "supervision"
    EMPLOYMENT = "employment"
    BOARD = "board"
    CONTROL = "control"
    KINSHIP = "kinship"
    OTHER_INTEREST = "other_interest"
    PARTY = "party"  # it is the contractor itself, or one of its consortium
    DEALING = "dealing"  # it shares a contract with the contractor
    CONSECUTIVE = "consecutive"  # so many projects of this contractor in a row
    STREET = "street"  # so many years in this street
    SUSPENDED = "suspended"
    ON_LIST = "on_list"
    UNQUALIFIED = "unqualified"
    UNREACHABLE = "unreachable"  # nobody can sign in for it
    ASSIGNED = "assigned"  # it has, or had, this very project


ASKED = (
    Ground.PAID_WORK,
    Ground.NEEDS_ASSESSMENT,
    Ground.INCUBATION,
    Ground.SUPERVISION,
    Ground.EMPLOYMENT,
    Ground.BOARD,
    Ground.CONTROL,
    Ground.KINSHIP,
    Ground.OTHER_INTEREST,
)
"""The questions of a declaration; a tie is of one of these kinds."""

LASTING = frozenset({Ground.NEEDS_ASSESSMENT, Ground.INCUBATION, Ground.SUPERVISION, Ground.KINSHIP})
"""These do not lapse: nobody judges what it helped to make, and kin stay kin."""


@dataclass(frozen=True)
class Conflict:
    """A ground, and where it is known from: the reference of a contract, an assessment, a code."""

    kind: Ground
    source: str = ""
