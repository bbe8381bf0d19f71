"""N4, Bradshaw's comparative need: what neighbourhoods of the same type have and this one lacks.

A proposal: of the other neighbourhoods of the type, the share in which a need of one of the same codes was
met in the last two years. Too few of the type, and nothing is proposed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from models.act import Act
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.needs.details import NeedTerm
from models.needs.indicators import band
from models.needs.need import ClosedReason, Need
from models.parties.unit import AdministrativeUnit, CommunityType
from models.tenders.lot import LotNeed

WINDOW = timedelta(days=2 * 365)
LEAST = 5
"""Other neighbourhoods of the type without which a share says nothing."""

STEPS = (0.10, 0.25, 0.50, 0.75)
"""The share of like neighbourhoods that have it; each step reached is one more."""

NOBODYS = (ClosedReason.WITHDRAWN, ClosedReason.ROUTED, ClosedReason.MERGED)
"""Closed without having been a need of its own."""


@dataclass(frozen=True)
class Likeness:
    """What the other neighbourhoods of the type asked for and got; who got it is among `raised` too."""

    community_type: CommunityType | None
    codes: tuple[str, ...]
    neighbourhoods: int
    raised: int
    met: int
    is_met_here: bool

    @property
    def share(self) -> float | None:
        """The share that has it; None where the comparison says nothing."""
        if not self.codes or self.neighbourhoods < LEAST:
            return None
        return self.met / self.neighbourhoods

    @property
    def value(self) -> int | None:
        """N4 as proposed: no gap where this neighbourhood has it too."""
        if self.share is None:
            return None
        return 0 if self.is_met_here else band(self.share, STEPS)


def likeness(session: Session, need: Need, act: Act) -> Likeness:
    """The neighbourhood of a need among those of its type."""
    codes = tuple(term.term_code for term in need.terms if not term.is_group)
    kind = need.unit.community_type
    if kind is None:
        return Likeness(None, codes, 0, 0, 0, is_met_here=False)
    others = AdministrativeUnit.community_type == kind, AdministrativeUnit.code != need.unit_code
    total = session.scalar(select(func.count()).select_from(AdministrativeUnit).where(*others)) or 0
    met = _places(session, kind, codes, _met(act.at))
    raised = _places(session, kind, codes, _raised(act.at)) | met
    here = {need.unit_code}
    return Likeness(
        kind, codes, total, len(raised - here), len(met - here), is_met_here=need.unit_code in met
    )


def _places(
    session: Session, kind: CommunityType, codes: Collection[str], condition: ColumnElement[bool]
) -> set[str]:
    """Neighbourhoods of the type with a need of one of the codes of which something holds."""
    query = (
        select(Need.unit_code)
        .join(Need.unit)
        .where(
            AdministrativeUnit.community_type == kind,
            Need.terms.any(NeedTerm.term_code.in_(codes)),
            condition,
        )
    )
    return set(session.scalars(query.distinct()))


def _raised(at: datetime) -> ColumnElement[bool]:
    published = func.coalesce(Need.standardised_at, Need.deliberating_at)
    own = or_(Need.closed_reason.is_(None), Need.closed_reason.not_in(NOBODYS))
    return published.between(at - WINDOW, at) & own


def _met(at: datetime) -> ColumnElement[bool]:
    """By a contract both sides signed and nobody ended, or in another way that was written down."""
    bought = (
        select(LotNeed.need_id)
        .join(Award, Award.lot_id == LotNeed.lot_id)
        .join(Contract, Contract.award_id == Award.id)
        .where(
            Contract.supplier_signed_at.between(at - WINDOW, at),
            or_(Contract.terminated_at.is_(None), Contract.terminated_at > at),
        )
    )
    settled = (Need.closed_reason == ClosedReason.SETTLED) & Need.closed_at.between(at - WINDOW, at)
    return or_(settled, Need.id.in_(bought))
