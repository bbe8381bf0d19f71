"""The panel of a tender that stands, and those that an upheld challenge has set aside (R58)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.panels.panel import Panel, PanelMember
from models.tenders.tender import Tender


def current_panel(session: Session, tender: Tender) -> Panel | None:
    """The panel that stands."""
    return session.scalar(select(Panel).where(Panel.tender_id == tender.id, Panel.superseded_at.is_(None)))


def earlier_panels(session: Session, tender: Tender) -> Sequence[Panel]:
    """Those that were set aside, the oldest first."""
    query = select(Panel).where(Panel.tender_id == tender.id, Panel.superseded_at.is_not(None))
    return session.scalars(query.order_by(Panel.drawn_at, Panel.id)).all()


def sat_before(session: Session, tender: Tender) -> set[UUID]:
    """Who had a seat on one of those."""
    query = select(PanelMember.person_id).join(PanelMember.panel)
    return set(session.scalars(query.where(Panel.tender_id == tender.id, Panel.superseded_at.is_not(None))))
