"""One step of an evaluation at a time: its tender is locked first, then what hangs on it is read afresh."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.act import Act
from models.errors import Conflict
from models.panels.panel import Panel
from models.tenders.tender import Tender, TenderPhase
from models.tenders.writing import hold


def hold_evaluation(session: Session, tender: Tender, act: Act) -> None:
    """A panel works between the opening of the technical envelopes and its report."""
    hold(session, tender, act, TenderPhase.EVALUATION)


def hold_panel(session: Session, panel: Panel, act: Act) -> None:
    """The panel with its members as they stand under the lock; one that was set aside decides nothing."""
    hold_evaluation(session, panel.tender, act)
    afresh = select(Panel).where(Panel.id == panel.id).options(selectinload(Panel.members))
    session.scalars(afresh.execution_options(populate_existing=True)).one()
    if panel.superseded_at is not None:
        raise Conflict("panel_superseded")
