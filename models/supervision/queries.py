"""Reads of samples: loaders for guards, and how far the second sheets are."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.agencies.assignment import AgencyDraw, AssignmentKind
from models.parties.unit import AdministrativeUnit, UnitKind
from models.supervision.sample import RescoreSample, SampleEntry


def sample(session: Session, sample_id: UUID, act: Act) -> RescoreSample | None:
    """A sample, for the officials and auditors of its area."""
    found = session.get(RescoreSample, sample_id)
    return found if found is not None and can(act, P.AGENCY_VIEW, found) else None


def may_choose(session: Session, act: Act) -> bool:
    """Whether the actor's unit is a district, and the actor its registrar."""
    if not can(act, P.SAMPLE_CHOOSE) or not act.actor.unit_code:
        return False
    unit = session.get(AdministrativeUnit, act.actor.unit_code)
    return unit is not None and unit.kind is UnitKind.DISTRICT


def second_draws(session: Session, sample: RescoreSample) -> dict[UUID, AgencyDraw]:
    """The draws of second agencies, by contract."""
    query = (
        select(AgencyDraw)
        .join(SampleEntry, SampleEntry.contract_id == AgencyDraw.contract_id)
        .where(SampleEntry.sample_id == sample.id, AgencyDraw.kind == AssignmentKind.RESCORE)
    )
    return {each.contract_id: each for each in session.scalars(query)}
