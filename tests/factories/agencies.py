"""Evaluation agencies that can be drawn, their people, and contracts they were drawn for, as rows."""

from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies import drawing, keeping
from models.agencies.agency import NECESSARY, Agency, AgencyQualification, QualificationKind
from models.agencies.assignment import AgencyDraw, Assignment, AssignmentKind
from models.agencies.suspending import suspend
from models.agencies.suspension import AgencySuspension
from models.contracts.contract import Contract
from models.panels.lottery import digest
from models.parties.unit import AdministrativeUnit
from tests.factories import contracts, parties
from tests.factories.parties import DISTRICT, NOON

NAMES = ("上海衡准评估中心", "上海明度公益评估中心", "上海同砚社会服务评估中心", "上海知微评估事务所")
SINCE = date(2024, 1, 1)
LONG_AGO = NOON - timedelta(days=60)

_numbers = count()


def agency(
    session: Session,
    *,
    name: str | None = None,
    unit: str = DISTRICT,
    shows: tuple[QualificationKind, ...] = NECESSARY,
    staffed: bool = True,
) -> Agency:
    """An agency on a list, with somebody who can act for it, and everything that R77 asks for."""
    organisation = parties.organisation(session, name=name or NAMES[next(_numbers) % len(NAMES)])
    area = session.get_one(AdministrativeUnit, unit)
    made = keeping.add(session, area, registrar(session, LONG_AGO), organisation_id=organisation.id)
    for kind in shows:
        shown = AgencyQualification(kind=kind, words="见登记材料。", issued_on=SINCE, noted_at=LONG_AGO)
        made.qualifications.append(shown)
    session.flush()
    if staffed:
        evaluator(session, made)
    return made


def agencies(session: Session, how_many: int = 3) -> list[Agency]:
    """Several of them."""
    return [agency(session) for _ in range(how_many)]


def registrar(session: Session, at: datetime = NOON) -> Act:
    """Somebody new who keeps the district's list."""
    return parties.act_as(session, Role.DISTRICT_OFFICIAL, at=at)


def evaluator(session: Session, agency: Agency, at: datetime = NOON) -> Act:
    """Somebody new of an agency."""
    return parties.act_as(session, Role.EVALUATOR, organisation=agency.organisation, at=at)


def running(session: Session, contract: Contract | None = None) -> Contract:
    """A contract that both sides have signed, as a row: its dates are set past `advance()`."""
    made = contract or contracts.contract_row(session)
    signed = {"purchaser_signed_at": LONG_AGO, "supplier_signed_at": LONG_AGO}
    session.flush()
    session.execute(update(Contract).where(Contract.id == made.id).values(signed))
    session.expire(made)
    return made


def assigned(
    session: Session,
    contract: Contract,
    agency: Agency | None = None,
    kind: AssignmentKind = AssignmentKind.PRIMARY,
    *,
    at: datetime = NOON - timedelta(days=30),
    declared: bool = True,
) -> Assignment:
    """An agency that was drawn for a contract, alone on the list, and has declared that nothing ties it."""
    given = agency or agencies(session, 1)[0]
    session.add(given)
    session.flush()
    pool = [[str(given.organisation_id)]]
    draw = AgencyDraw(
        contract=contract, kind=kind, seed="5" * 64, pool=pool, pool_digest=digest(pool), drawn_at=at
    )
    made = Assignment(
        contract=contract,
        agency=given,
        kind=kind,
        position=0,
        drawn_at=at,
        declared_at=at if declared else None,
    )
    draw.assignments.append(made)
    session.add(draw)
    session.flush()
    return made


def drawn(session: Session, contract: Contract | None = None, at: datetime = NOON) -> Assignment:
    """An agency drawn by the verb, that has not declared yet."""
    found = contract or running(session)
    return drawing.draw(session, found, contracts.official(session, at))


def suspended(session: Session, agency: Agency, *, days: int = 90, by: Act | None = None) -> AgencySuspension:
    """A suspension of so many days."""
    act = by or registrar(session)
    until = act.at.date() + timedelta(days=days)
    return suspend(session, agency, act, reasons="复评差距多次超过 10 分。", until_on=until)


def later(act: Act, at: datetime) -> Act:
    """The same person at another time."""
    return Act(act.actor, at, act.request_id)
