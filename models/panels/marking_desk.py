"""Marking: each member alone, one bid by one criterion, points from nought to the weight (R27).

Saving is no decision and leaves no trace that others could count; submitting is one, and is for good.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.bids.opened import OpenedBid
from models.errors import Conflict, Invalid
from models.panels.bidders import valid_bids
from models.panels.current import current_panel
from models.panels.holding import hold_panel
from models.panels.marking import Mark
from models.panels.panel import Panel, PanelMember
from models.tenders.criterion import Criterion
from models.tenders.tender import Tender
from models.wording import bounded

Cell = tuple[OpenedBid, Criterion]


@dataclass(frozen=True)
class Progress:
    """How far a member's own sheet is."""

    done: int
    total: int
    without_note: int

    @property
    def is_complete(self) -> bool:
        """Nothing is missing."""
        return self.done == self.total and not self.without_note


def save_mark(
    session: Session,
    member: PanelMember,
    act: Act,
    *,
    bid: OpenedBid,
    criterion: Criterion,
    points: Decimal | None,
    note: str = "",
) -> Mark | None:
    """Keep a mark as it stands; no points take it back."""
    _ensure_marking(session, member, act)
    tender = member.panel.tender
    if bid.bid.lot.tender_id != tender.id or criterion.tender_id != tender.id:
        raise Invalid("not_of_this_tender")
    if bid.invalid_at is not None or not bid.bid.lot.is_live:
        raise Conflict("mark_on_invalid_bid")
    kept = bounded(note, 4000, field="note")
    found = session.scalar(
        select(Mark).where(
            Mark.member_id == member.id, Mark.bid_id == bid.bid_id, Mark.criterion_id == criterion.id
        )
    )
    if points is None:
        if found is not None:
            session.delete(found)
        return None
    check_points(criterion, points)
    if found is None:
        found = Mark(member_id=member.id, bid_id=bid.bid_id, criterion_id=criterion.id)
        session.add(found)
    found.points, found.note, found.saved_at = points, kept, act.at
    return found


def submit(session: Session, member: PanelMember, act: Act) -> None:
    """Hand in the whole sheet; from then on it is corrected on the grounds of R32 alone."""
    _ensure_marking(session, member, act)
    marks = marks_of(session, member)
    progress = progress_of(session, member, marks)
    if progress.done < progress.total:
        raise Invalid("marks_missing", done=progress.done, total=progress.total)
    if progress.without_note:
        raise Invalid("notes_missing", count=progress.without_note)
    member.submitted_at = act.at
    record(session, act, "panel_member.submit", member, marks=len(marks), digest=_digest(marks))


def marks_of(session: Session, member: PanelMember) -> list[Mark]:
    """A member's own marks."""
    return list(session.scalars(select(Mark).where(Mark.member_id == member.id)))


def cells(session: Session, tender: Tender) -> list[Cell]:
    """Everything there is to mark: each valid bid by each criterion."""
    bids = valid_bids(session, tender)
    return [(bid, criterion) for bid in bids for criterion in tender.criteria]


def progress_of(session: Session, member: PanelMember, marks: Sequence[Mark]) -> Progress:
    """How far the sheet is; marks on bids that have become invalid do not count."""
    wanted = {(bid.bid_id, each.id): each for bid, each in cells(session, member.panel.tender)}
    kept = {(mark.bid_id, mark.criterion_id): mark for mark in marks}
    done = [mark for key, mark in kept.items() if key in wanted]
    bare = sum(
        needs_note(wanted[key], mark.points) and not mark.note for key, mark in kept.items() if key in wanted
    )
    return Progress(len(done), len(wanted), bare)


def needs_note(criterion: Criterion, points: Decimal) -> bool:
    """The highest and the lowest grade are given with a reason; without grades, nought and full points."""
    grades = [level.points for level in criterion.levels] or [Decimal(0), criterion.weight]
    return points >= max(grades) or points <= min(grades)


def check_points(criterion: Criterion, points: Decimal) -> None:
    """From nought to the weight, two decimals (R27)."""
    if not points.is_finite() or not 0 <= points <= criterion.weight:
        raise Invalid("mark_out_of_range", field="points", most=criterion.weight, rule="R27")
    if points != points.quantize(Decimal("0.01")):
        raise Invalid("mark_not_two_decimals", field="points")


def submitted(panel: Panel) -> int:
    """How many members have handed in: all that is told of marking before everybody has."""
    return sum(member.submitted_at is not None for member in panel.seated)


def all_submitted(panel: Panel) -> bool:
    """Whether the panel is complete and every member has handed in."""
    return panel.qualified_at is not None and submitted(panel) == panel.size


def marks_are_in(session: Session, tender: Tender) -> bool:
    """Whether the technical marks are in: names and prices may be shown from then on."""
    panel = current_panel(session, tender)
    return panel is not None and all_submitted(panel)


def _ensure_marking(session: Session, member: PanelMember, act: Act) -> None:
    ensure(act, Permission.PANEL_MARK, member)
    hold_panel(session, member.panel, act)
    if member.recused_at is not None:
        raise Conflict("mark_by_recused")
    if member.declared_at is None:
        raise Conflict("mark_before_declaring")
    if member.submitted_at is not None:
        raise Conflict("marks_submitted")
    if member.panel.qualified_at is None:
        raise Conflict("mark_before_check")


def _digest(marks: Iterable[Mark]) -> str:
    """SHA-256 of the sheet, so that the record proves later what was handed in."""
    lines = sorted(f"{mark.bid_id} {mark.criterion_id} {mark.points}" for mark in marks)
    return sha256("\n".join(lines).encode()).hexdigest()
