"""What follows from a final report about one contract, for the district that everybody comes to look at."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from models.agencies.agency import Agency
from models.contracts.contract import Contract
from models.parties.organisation import Organisation
from models.ratings.rating import Side
from models.rectifications.issuing import Found
from models.rectifications.rectification import Severity
from tests.factories import ratings, rectifications
from tests.factories.parties import DISTRICT, NOON

RATING_WORDS = "凌霄寅互评未公开"
FINDING_WORDS = "凌霄卯评估发现"


def ids(session: Session, contract_id: UUID, evaluator: Organisation | None) -> dict[str, UUID]:
    """Findings with a plan, a decision, a released rating, and a blind one of the contractor."""
    contract = session.get_one(Contract, contract_id)
    agency = Agency(organisation=evaluator, unit_code=DISTRICT, joined_on=NOON.date())
    long_ago = NOON - timedelta(days=20)
    evaluation = rectifications.final(session, contract, agency=agency, at=long_ago)
    found = [Found(FINDING_WORDS, Severity.SERIOUS, "E2.4")]
    issued = rectifications.issued(session, evaluation, at=long_ago, found=found)
    rectifications.plan(session, issued, NOON)
    released = ratings.rating(session, contract, Side.COMMUNITY, Side.PURCHASER, at=long_ago)
    ratings.rating(session, contract, Side.ORGANISATION, Side.COMMUNITY, at=NOON, words=RATING_WORDS)
    return {
        "evaluation_id": evaluation.id,
        "rectification_id": issued.id,
        "remedy_id": issued.findings[0].remedies[0].id,
        "consequence_id": rectifications.consequence(session, evaluation, at=NOON).id,
        "rating_id": released.id,
    }
