"""A negotiation after an open tender that failed for want of bids (74 art 27, R44)."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from models.rulebook.methods import Method
from models.tenders import approving
from models.tenders.approval import Approval
from models.tenders.tender import Tender, TenderPhase
from tests.factories import tenders
from tests.factories.tenders import CLOSES

AGAIN = CLOSES + timedelta(days=1)
"""The negotiation is published on the day after the failure."""
CLOSES_AGAIN = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)
NUMBER = "临财采〔2026〕17号"
WORDS = "原公开招标只有两家投标，同意与两家进行竞争性谈判。"


def negotiation(session: Session) -> Tender:
    """Published about the need whose open tender failed, until CLOSES_AGAIN."""
    failed = tenders.tender(session, TenderPhase.FAILED, method=Method.OPEN_TENDER)
    need = failed.lots[0].needs[0].need
    return tenders.tender(
        session,
        method=Method.NEGOTIATION,
        of=[need],
        at=AGAIN + timedelta(days=2),
        until=CLOSES_AGAIN,
    )


def approved(session: Session, tender: Tender, at: datetime = CLOSES_AGAIN) -> Approval:
    """The approval, recorded."""
    act = tenders.official(session, at, unit=tender.unit_code)
    day = AGAIN.date()
    return approving.approve(session, tender, act, number=NUMBER, approved_on=day, words=WORDS)
