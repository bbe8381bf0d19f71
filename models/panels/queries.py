"""Reads of panels: the loaders for guards, a member's seats, what waits for whom. All obey the policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.bids.bid import Bid
from models.bids.opened import OpenedBid, OpenedFile
from models.panels.current import current_panel
from models.panels.marking import Correction, LowPriceQuestion, Mark, Ranking
from models.panels.panel import Panel, PanelMember
from models.sealing.keys import Envelope
from models.tenders.lifecycle import phase_at, phase_sql
from models.tenders.lot import Lot
from models.tenders.tender import Tender, TenderPhase


@dataclass(frozen=True)
class Evaluating:
    """A tender of the area that a panel is to judge, and its panel if it has been drawn."""

    tender: Tender
    panel: Panel | None


def panel(session: Session, panel_id: UUID, act: Act) -> Panel | None:
    """The panel, for its area's officials and auditors."""
    found = session.get(Panel, panel_id)
    return found if found is not None and can(act, P.PANEL_VIEW, found) else None


def panel_of(session: Session, tender: Tender, act: Act) -> Panel | None:
    """The panel of a tender that stands, for the same."""
    found = current_panel(session, tender)
    return found if found is not None and can(act, P.PANEL_VIEW, found) else None


def tender(session: Session, tender_id: UUID, act: Act) -> Tender | None:
    """The tender whose panel somebody looks for; nobody else learns whether there is one."""
    found = session.get(Tender, tender_id)
    seen = found is not None and can(act, P.TENDER_VIEW, found) and can(act, P.PANEL_VIEW, found)
    return found if seen else None


def seat(session: Session, member_id: UUID, act: Act) -> PanelMember | None:
    """The actor's own seat."""
    found = session.get(PanelMember, member_id)
    return found if found is not None and can(act, P.PANEL_MARK, found) else None


def member(session: Session, member_id: UUID, act: Act) -> PanelMember | None:
    """A seat of a panel, for whoever may see the panel."""
    found = session.get(PanelMember, member_id)
    return found if found is not None and can(act, P.PANEL_VIEW, found) else None


def seats(session: Session, act: Act) -> list[PanelMember]:
    """The actor's own seats, newest first."""
    if act.actor.role is not Role.PANEL_MEMBER:
        return []
    query = (
        select(PanelMember)
        .join(PanelMember.panel)
        .where(PanelMember.person_id == act.actor.person_id)
        .order_by(Panel.drawn_at.desc(), PanelMember.id)
        .options(joinedload(PanelMember.panel).joinedload(Panel.tender))
    )
    return list(session.scalars(query))


def is_at_work(seat: PanelMember, act: Act) -> bool:
    """Whether a seat's panel is judging, and its member is on it."""
    stands = seat.panel.superseded_at is None and seat.recused_at is None
    return stands and phase_at(seat.panel.tender, act.at) is TenderPhase.EVALUATION


def evaluating(session: Session, act: Act) -> list[Evaluating]:
    """The tenders of the area that are being judged, the longest opened first."""
    if not can(act, P.PANEL_VIEW):
        return []
    query = (
        select(Tender, Panel)
        .outerjoin(Panel, (Panel.tender_id == Tender.id) & Panel.superseded_at.is_(None))
        .where(
            Tender.unit_code.startswith(act.actor.unit_code or "-", autoescape=True),
            phase_sql(act.at) == TenderPhase.EVALUATION,
        )
        .order_by(Tender.opened_at, Tender.id)
    )
    return [Evaluating(tender, panel) for tender, panel in session.execute(query)]


def names_shown(panel: Panel, act: Act) -> bool:
    """Whether members are named: to officials of the area always, to others once the result is out (R24)."""
    if act.actor.role in OFFICIALS and can(act, P.PANEL_VIEW, panel):
        return True
    decided = panel.tender.decided_at
    return decided is not None and decided <= act.at


def opened_bid(session: Session, panel: Panel, bid_id: UUID) -> OpenedBid | None:
    """An opened bid of the panel's tender."""
    found = session.get(OpenedBid, bid_id)
    return found if found is not None and found.bid.lot.tender_id == panel.tender_id else None


def attachment(session: Session, panel: Panel, file_id: UUID) -> OpenedFile | None:
    """A file from a technical envelope of the panel's tender."""
    found = session.get(OpenedFile, file_id)
    if found is None or found.envelope is not Envelope.TECHNICAL:
        return None
    return found if opened_bid(session, panel, found.bid_id) is not None else None


def mark(session: Session, panel: Panel, mark_id: UUID) -> Mark | None:
    """A mark of the panel."""
    found = session.get(Mark, mark_id)
    return found if found is not None and found.member.panel_id == panel.id else None


def corrections(session: Session, panel: Panel) -> Sequence[Correction]:
    """What was put right, in order."""
    query = select(Correction).join(Mark, Mark.id == Correction.mark_id).join(Mark.member)
    return session.scalars(query.where(PanelMember.panel_id == panel.id).order_by(Correction.at)).all()


def low_price(session: Session, bid_id: UUID, act: Act) -> LowPriceQuestion | None:
    """The question about a price, for the bidder it was put to."""
    found = session.get(LowPriceQuestion, bid_id)
    return found if found is not None and can(act, P.BID_SUBMIT, found) else None


def questions_to(session: Session, act: Act) -> Sequence[LowPriceQuestion]:
    """The questions the actor's organisation has still time to answer, the most pressing first."""
    if not can(act, P.BID_SUBMIT) or act.actor.organisation_id is None:
        return []
    query = (
        select(LowPriceQuestion)
        .join(LowPriceQuestion.bid)
        .join(OpenedBid.bid)
        .where(
            Bid.organisation_id == act.actor.organisation_id,
            LowPriceQuestion.decided_at.is_(None),
            LowPriceQuestion.due_at > act.at,
        )
        .order_by(LowPriceQuestion.due_at)
        .options(selectinload(LowPriceQuestion.bid))
    )
    return session.scalars(query).all()


def rankings(session: Session, panel: Panel) -> Sequence[Ranking]:
    """Every ranking that was made, the one that stands last, by lot."""
    query = select(Ranking).join(Ranking.lot).where(Lot.tender_id == panel.tender_id)
    return session.scalars(query.order_by(Lot.number, Ranking.number)).all()


def ranking(session: Session, ranking_id: UUID, act: Act) -> Ranking | None:
    """A ranking, for whoever may see the panel."""
    found = session.get(Ranking, ranking_id)
    return found if found is not None and can(act, P.PANEL_VIEW, found) else None
