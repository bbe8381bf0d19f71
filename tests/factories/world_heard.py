"""What the world hears from outside the office, and what it asks: a meeting, calls, a word of the hub."""

from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act
from models.needs.need import Need
from models.tenders.tender import Tender
from tests.factories import deliberations, matching, needs, volunteers

RECOMMEND_WORDS = "凌霄巳枢纽推荐"
TICKET_WORDS = "凌霄午热线工单"


def meeting(session: Session, need_id: UUID) -> dict[str, UUID]:
    """A meeting about a need, announced."""
    return {"deliberation_id": deliberations.meeting(session, session.get_one(Need, need_id)).id}


def add(session: Session, tender_id: UUID, worker: Act) -> dict[str, UUID]:
    """A ticket that waits, a recommendation for a need that a tender is to meet, a call for volunteers."""
    need = session.get_one(Tender, tender_id).lots[0].needs[0].need
    return {
        "ticket_id": needs.ticket(session, words=TICKET_WORDS, by=worker).id,
        "recommendation_id": matching.recommendation(session, need, reason=RECOMMEND_WORDS).id,
        "call_id": volunteers.call(session, need).id,
    }
