"""Choosing finals blindly for a second agency, and having it drawn (R84).

A final is listed when its draft was handed over, before anybody can read its result. The job does it, or an
official presses a button: what is chosen follows from the order of the drafts and from the one seed a half
year ever gets.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies import drawing
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.rotation import rotation_at
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.award import Award
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.errors import Conflict, Invalid
from models.evaluations import rescoring
from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import rescore_of
from models.panels.lottery import new_seed
from models.parties.unit import AdministrativeUnit, UnitKind
from models.rulebook.stages import Stage
from models.supervision.choosing import is_chosen
from models.supervision.sample import RescoreSample, SampleEntry
from models.tenders.lot import Lot
from models.tenders.tender import Tender

JULY = 7


def choose(session: Session, unit: AdministrativeUnit, act: Act) -> list[SampleEntry]:
    """List the finals of a district that have come in since, and order second sheets of the chosen ones."""
    ensure(act, Permission.SAMPLE_CHOOSE, unit)
    if unit.kind is not UnitKind.DISTRICT:
        raise Invalid("sample_of_a_district")
    hold(session, unit)  # the second of two clicks finds nothing left
    made = [_entry(session, unit, each, act) for each in waiting(session, unit.code, act)]
    for entry in made:
        if entry.is_chosen and entry.missed_at is None:
            draw_second(session, entry.contract, act)
    return made


def choose_everywhere(session: Session, act: Act) -> int:
    """The same for every district that has finals to list; how many were listed."""
    districts = select(AdministrativeUnit).where(AdministrativeUnit.kind == UnitKind.DISTRICT)
    found = session.scalars(districts.order_by(AdministrativeUnit.code)).all()
    return sum(len(choose(session, each, act)) for each in found if waiting(session, each.code, act))


def draw_second(session: Session, contract: Contract, act: Act) -> Assignment | None:
    """Draw the second agency, unless there is one; with nobody free the order stands for a later draw."""
    try:
        return drawing.draw(session, contract, act, kind=AssignmentKind.RESCORE)
    except (Conflict, Invalid):
        return None


def waiting(session: Session, unit_code: str, act: Act) -> Sequence[Evaluation]:
    """Finals of an area that were handed over and are not listed yet, in the order of their drafts."""
    listed = select(SampleEntry.contract_id)
    query = (
        select(Evaluation)
        .join(Evaluation.contract)
        .join(Contract.award)
        .join(Award.lot)
        .join(Lot.tender)
        .where(
            Tender.unit_code.startswith(unit_code, autoescape=True),
            Evaluation.stage == Stage.FINAL,
            Evaluation.cancelled_at.is_(None),
            Evaluation.drafted_at <= act.at,
            Evaluation.contract_id.not_in(listed),
        )
        .order_by(Evaluation.drafted_at, Evaluation.id)
    )
    return session.scalars(query).all()


def samples(session: Session, unit_code: str) -> list[RescoreSample]:
    """The samples of an area, the newest first."""
    query = select(RescoreSample).where(RescoreSample.unit_code.startswith(unit_code, autoescape=True))
    return list(session.scalars(query.order_by(RescoreSample.year.desc(), RescoreSample.half.desc())))


def half_of(day: date) -> tuple[int, int]:
    """The half year of a day."""
    return day.year, 1 if day.month < JULY else 2


def _entry(session: Session, unit: AdministrativeUnit, final: Evaluation, act: Act) -> SampleEntry:
    assert final.drafted_at is not None  # noqa: S101  # for the type checker: the query asks for it
    sample = _sample(session, unit, local_date(final.drafted_at), act)
    position = len(sample.entries)
    entry = SampleEntry(
        contract=final.contract,
        position=position,
        is_chosen=is_chosen(sample.seed, position, sample.share),
        listed_at=act.at,
    )
    sample.entries.append(entry)
    if entry.is_chosen and final.published_at is not None:
        entry.missed_at = act.at
    session.flush()  # the next one is numbered after it
    record(session, act, "rescore_sample.list", sample, contract=final.contract_id, position=position)
    if entry.is_chosen and entry.missed_at is None and rescore_of(session, final) is None:
        rescoring.order_drawn(session, final, act)
    return entry


def _sample(session: Session, unit: AdministrativeUnit, day: date, act: Act) -> RescoreSample:
    """The sample of the half year of a day; begun with its seed before its first final is listed."""
    year, half = half_of(day)
    found = session.scalar(
        select(RescoreSample).where(
            RescoreSample.unit_code == unit.code, RescoreSample.year == year, RescoreSample.half == half
        )
    )
    if found is not None:
        return found
    made = RescoreSample(
        unit_code=unit.code,
        year=year,
        half=half,
        share=rotation_at(session, unit.code, day).rescore_share,
        seed=new_seed(),
        begun_at=act.at,
        begun_by=act.actor.person_id,
    )
    session.add(made)
    session.flush()  # the audit event needs the id
    record(session, act, "rescore_sample.begin", made, year=year, half=half)
    return made
