"""All marks side by side, once everybody has handed in: who stands apart is shown, and nobody is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.bids.opened import OpenedBid
from models.errors import Conflict
from models.panels.marking import Mark
from models.panels.marking_desk import all_submitted, cells
from models.panels.panel import Panel, PanelMember
from models.tenders.criterion import Criterion

APART = Decimal("0.20")
"""Of the weight: whoever differs from the median by more stands apart."""


@dataclass(frozen=True)
class Row:
    """One bid by one criterion: the marks in the order of the seats."""

    bid: OpenedBid
    criterion: Criterion
    marks: tuple[Mark, ...]

    @property
    def median(self) -> Decimal:
        """The middle of the marks."""
        return median(mark.points for mark in self.marks)

    def stands_apart(self, mark: Mark) -> bool:
        """Whether a mark differs from the median by more than a fifth of the weight; it counts as well."""
        return abs(mark.points - self.median) > APART * self.criterion.weight

    @property
    def apart(self) -> list[Mark]:
        """The marks that stand apart."""
        return [mark for mark in self.marks if self.stands_apart(mark)]

    @property
    def is_unequal(self) -> bool:
        """Members see an objective criterion differently: that must be put right (R32)."""
        return self.criterion.is_objective and len({mark.points for mark in self.marks}) > 1


def overview(session: Session, panel: Panel, act: Act) -> list[Row]:
    """Every mark. Before all have handed in there is nothing to see, for whomever it may be."""
    if not any(can(act, Permission.PANEL_MARK, member) for member in panel.seated):
        ensure(act, Permission.PANEL_VIEW, panel)
    if not all_submitted(panel):
        raise Conflict("marks_not_in")
    return rows(session, panel)


def rows(session: Session, panel: Panel) -> list[Row]:
    """The marks of the seated members, by lot, alias and criterion."""
    seated = panel.seated
    found = {(mark.bid_id, mark.criterion_id, mark.member_id): mark for mark in _marks(session, seated)}
    table = []
    for bid, criterion in cells(session, panel.tender):
        keys = [(bid.bid_id, criterion.id, member.id) for member in seated]
        table.append(Row(bid, criterion, tuple(found[key] for key in keys if key in found)))
    return [row for row in table if row.marks]


def _marks(session: Session, members: Sequence[PanelMember]) -> Sequence[Mark]:
    return session.scalars(select(Mark).where(Mark.member_id.in_([each.id for each in members]))).all()
