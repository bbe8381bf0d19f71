"""Published finals of an organisation's contracts, in a service code, as rows: what records are made of."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from models.agencies.agency import Agency
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation
from models.parties.organisation import Organisation
from models.tenders.lot import LotNeed
from tests.factories import agencies, evaluations, needs, parties
from tests.factories.parties import NOON

SETTLED = NOON - timedelta(days=60)
"""Long enough ago that nobody can object any more."""


def delivered(
    session: Session,
    organisation: Organisation | None = None,
    *,
    score: Decimal | str = "86.50",
    codes: tuple[str, ...] = ("EL-01",),
    agency: Agency | None = None,
    at: datetime = SETTLED,
) -> Evaluation:
    """A published final; nothing of its milestones was due by then."""
    contract = delivering(session, organisation, codes=codes)
    return evaluations.final(session, contract, score=score, agency=agency, at=at)


def delivering(
    session: Session, organisation: Organisation | None = None, *, codes: tuple[str, ...] = ("EL-01",)
) -> Contract:
    """A contract in force of the organisation, for a need with these codes."""
    contract = agencies.running(session)
    if organisation is not None:
        contract.award.bid.bid.organisation_id = organisation.id
    lot = contract.award.lot
    lot.needs[:] = [LotNeed(need=needs.need(session, codes=list(codes)), position=0)]
    session.flush()
    return contract


def peers(session: Session, *scores: str, codes: tuple[str, ...] = ("EL-01",)) -> list[Evaluation]:
    """One settled final each, of as many organisations."""
    return [
        delivered(
            session,
            parties.organisation(session, name=f"上海同行{number}号服务中心"),
            score=score,
            codes=codes,
        )
        for number, score in enumerate(scores, 1)
    ]
