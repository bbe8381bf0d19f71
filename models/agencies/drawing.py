"""Drawing an agency by lot among those free of conflict; anybody can replay it (R77, R84).

The order of the draw is that of panels (models.panels.lottery): the list is fixed before the seed exists, and
whoever stands aside is followed by the next in the order. Who is left out is kept with the reasons.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import AgencyBarred, AgencyDraw, Assignment, AssignmentKind
from models.agencies.conflicts import Bars
from models.agencies.ground import Conflict as Bar
from models.agencies.people import evaluators_of
from models.agencies.rotation import upwards
from models.audit.record import record
from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.contracts.locking import hold
from models.errors import Conflict, Invalid
from models.panels.lottery import digest, new_seed, ordering


def draw(
    session: Session, contract: Contract, act: Act, *, kind: AssignmentKind = AssignmentKind.PRIMARY
) -> Assignment:
    """Draw the agency of a contract both have signed; the next in the order when the last stood aside."""
    ensure(act, Permission.EVALUATION_PLAN, contract)
    hold(session, contract)  # the second of two clicks finds the first one's
    if contract.supplier_signed_at is None or contract.supplier_signed_at > act.at:
        raise Conflict("draw_before_contract")
    found = draw_of(session, contract.id, kind)
    if found is not None and any(each.is_live for each in found.assignments):
        raise Conflict("agency_is_drawn")
    found = found or _begun(session, contract, act, kind)
    made = fill(session, found, act)
    if made is None:
        raise Invalid("agency_pool_exhausted", drawn=len(found.assignments))
    return made


def fill(session: Session, draw: AgencyDraw, act: Act) -> Assignment | None:
    """The next in the order, if there is one; whom the data bar by now is passed over, on record."""
    bars = Bars(session, draw.contract, act)
    while (agency := _next(session, draw, act)) is not None:
        found = bars.of(agency)
        if found:
            _bar(draw, agency, found, act, is_passed=True)
            continue
        made = Assignment(
            contract=draw.contract,
            agency=agency,
            kind=draw.kind,
            position=len(draw.assignments),
            drawn_at=act.at,
        )
        draw.assignments.append(made)
        session.flush()  # the index on live assignments is asked before anything else is written
        record(session, act, "agency_draw.draw", draw, agency=agency.organisation_id, pool=draw.pool_digest)
        told = evaluators_of(session, act, agency.organisation_id)
        outbox.add(session, act, "agency_drawn", made, to=told, reference=draw.contract.reference)
        return made
    return None


def draw_of(session: Session, contract_id: UUID, kind: AssignmentKind) -> AgencyDraw | None:
    """The draw of a contract, if it was held."""
    return session.scalar(
        select(AgencyDraw).where(AgencyDraw.contract_id == contract_id, AgencyDraw.kind == kind)
    )


def listed(session: Session, contract: Contract, act: Act) -> list[Agency]:
    """The agencies on the lists of the contract's areas on the day, by id."""
    query = select(Agency).where(Agency.unit_code.in_(upwards(contract.unit_code)))
    found = session.scalars(query.order_by(Agency.organisation_id))
    return [agency for agency in found if agency.is_listed(local_date(act.at))]


def order_of(draw: AgencyDraw) -> list[UUID]:
    """Everybody in the pool, in the order of the draw."""
    return [UUID(key) for key in ordering(draw.seed, draw.pool)]


def is_as_drawn(draw: AgencyDraw) -> bool:
    """Whether those drawn are what the seed and the lists give, and the lists are those recorded."""
    passed = {each.agency_id for each in draw.barred if each.is_passed}
    drawn = [each.agency_id for each in draw.assignments]
    expected = [key for key in order_of(draw) if key not in passed]
    return digest(draw.pool) == draw.pool_digest and expected[: len(drawn)] == drawn


def _begun(session: Session, contract: Contract, act: Act, kind: AssignmentKind) -> AgencyDraw:
    """The list of those whom nothing bars is fixed; then the seed is made."""
    bars = Bars(session, contract, act)
    found = [(agency, bars.of(agency)) for agency in listed(session, contract, act)]
    free = sorted(str(agency.organisation_id) for agency, reasons in found if not reasons)
    if not free:
        raise Invalid("agency_none_free", listed=len(found))
    made = AgencyDraw(
        contract=contract,
        kind=kind,
        pool=[free],
        pool_digest=digest([free]),
        seed=new_seed(),
        drawn_at=act.at,
        drawn_by=act.actor.person_id,
    )
    for agency, reasons in found:
        _bar(made, agency, reasons, act)
    session.add(made)
    facts = {"contract": contract.id, "pool": made.pool_digest, "seed": made.seed}
    record(session, act, "agency_draw.begin", made, **facts)
    return made


def _bar(draw: AgencyDraw, agency: Agency, reasons: list[Bar], act: Act, *, is_passed: bool = False) -> None:
    for each in reasons:
        barred = AgencyBarred(
            agency=agency, kind=each.kind, source=each.source, at=act.at, is_passed=is_passed
        )
        draw.barred.append(barred)


def _next(session: Session, draw: AgencyDraw, act: Act) -> Agency | None:
    """The next in the order; when the lists are used up, a new one is fixed of whoever is free by now."""
    passed = {each.agency.organisation_id for each in draw.barred if each.is_passed}
    done = passed | {each.agency.organisation_id for each in draw.assignments}
    waiting = [key for key in order_of(draw) if key not in done]
    if not waiting:
        known = {UUID(key) for part in draw.pool for key in part}
        bars = Bars(session, draw.contract, act)
        more = [
            str(agency.organisation_id)
            for agency in listed(session, draw.contract, act)
            if agency.organisation_id not in known and not bars.of(agency)
        ]
        if not more:
            return None
        draw.pool = [*draw.pool, more]
        draw.pool_digest = digest(draw.pool)
        waiting = [key for key in order_of(draw) if key not in known]
    return session.get_one(Agency, waiting[0])
