"""The evaluation agency of the small district: what ties it, a suspension, its assignment, fee and sample."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from models.agencies import engaging, keeping
from models.agencies.agency import Agency
from models.agencies.ground import Ground
from models.evaluations.evaluation import Evaluation
from models.supervision.sample import RescoreSample, SampleEntry
from tests.factories import agencies, contracts, parties
from tests.factories.parties import DISTRICT, NOON

FEE_WORDS = "凌霄午委托费用"


def add(session: Session, evaluation_id: UUID) -> dict[str, UUID]:
    """The ids of all that hangs on the agency of an evaluation."""
    final = session.get_one(Evaluation, evaluation_id)
    assignment = final.assignment
    assert assignment is not None
    agency = session.get_one(Agency, assignment.agency_id)
    registrar = agencies.registrar(session)
    elsewhere = parties.organisation(session, name="上海第三方合作中心")
    official = contracts.official(session, NOON)
    fee = engaging.engage(
        session, assignment, official, fee=Decimal(18000), agreed_on=NOON.date(), words=FEE_WORDS
    )
    tie = keeping.tie(session, agency, registrar, organisation_id=elsewhere.id, kind=Ground.PAID_WORK)
    sample = RescoreSample(
        unit_code=DISTRICT,
        year=2026,
        half=1,
        share=Decimal(10),
        seed="3" * 64,
        begun_at=NOON - timedelta(days=200),
    )
    entry = SampleEntry(contract=final.contract, position=0, is_chosen=True, listed_at=sample.begun_at)
    sample.entries.append(entry)
    session.add(sample)
    session.flush()
    return {
        "agency_id": agency.organisation_id,
        "agency_tie_id": tie.id,
        "suspension_id": agencies.suspended(session, agency, by=registrar).id,
        "assignment_id": assignment.id,
        "draw_id": assignment.draw_id,
        "engagement_id": fee.id,
        "sample_id": sample.id,
    }
