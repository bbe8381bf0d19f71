"""After the marks are in: the consensus meeting, and corrections on the four grounds alone (R32).

The portal adds up by itself and takes no mark out of range, so a wrong sum has nothing to correct here.
"""

from decimal import Decimal

from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import record
from models.errors import Conflict, Invalid
from models.panels.holding import hold_panel
from models.panels.marking import Correction, CorrectionGround, Mark
from models.panels.marking_desk import all_submitted, check_points
from models.panels.overview import Row, rows
from models.panels.panel import Panel
from models.panels.qualifying import ensure_checks
from models.wording import bounded


def record_consensus(session: Session, panel: Panel, act: Act, *, words: str) -> None:
    """Note what the members said to each other about their marks; written anew until the report."""
    _ensure_in(session, panel, act)
    kept = bounded(words, 4000, field="words")
    if not kept:
        raise Invalid("consensus_without_words", field="words")
    panel.consensus_at, panel.consensus_words = act.at, kept
    record(session, act, "panel.consensus", panel)


def correct(
    session: Session, mark: Mark, act: Act, *, ground: CorrectionGround, points: Decimal, words: str
) -> Correction:
    """Put a mark right; what it was stays on record."""
    panel = mark.member.panel
    _ensure_in(session, panel, act)
    session.refresh(mark)
    if mark.member.recused_at is not None:
        raise Conflict("mark_by_recused")
    kept = bounded(words, 4000, field="words")
    if not kept:
        raise Invalid("correction_without_words", field="words")
    check_points(mark.criterion, points)
    if points == mark.points:
        raise Invalid("correction_changes_nothing", field="points")
    row = next((each for each in rows(session, panel) if mark in each.marks), None)
    if row is None:
        raise Conflict("mark_on_invalid_bid")
    if not holds(ground, row, mark):
        raise Invalid("correction_ground_absent", field="ground", ground=ground, rule="R32")
    made = Correction(
        mark_id=mark.id,
        ground=ground,
        before=mark.points,
        after=points,
        words=kept,
        at=act.at,
        by=act.actor.person_id,
    )
    session.add(made)
    mark.points = points
    record(session, act, "mark.correct", mark, ground=ground)
    return made


def holds(ground: CorrectionGround, row: Row, mark: Mark) -> bool:
    """Whether the marks themselves show the ground."""
    match ground:
        case CorrectionGround.OUT_OF_RANGE:
            return mark.points > row.criterion.weight
        case CorrectionGround.UNEQUAL_OBJECTIVE:
            return row.is_unequal
        case CorrectionGround.EXTREME:
            return row.stands_apart(mark)
        case CorrectionGround.SUM:
            return False


def _ensure_in(session: Session, panel: Panel, act: Act) -> None:
    ensure_checks(panel, act)
    hold_panel(session, panel, act)
    if not all_submitted(panel):
        raise Conflict("marks_not_in")
