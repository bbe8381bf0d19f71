"""The needs of one's own area, by phase, and what a draft can be started from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from models.act import Act
from models.needs.board import listed
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_sql
from models.needs.need import Need, NeedPhase
from models.needs.queries import writable
from models.paging import FIRST_PAGE, Listed, Paging
from models.parties.unit import AdministrativeUnit, UnitKind


@dataclass(frozen=True)
class MyNeeds:
    """One page of my needs, and how many there are in each phase."""

    shown: Listed[Need]
    counts: Mapping[NeedPhase, int]


def mine(
    session: Session,
    act: Act,
    *,
    phases: Collection[NeedPhase] | None = None,
    sort: str = "-updated",
    paging: Paging = FIRST_PAGE,
) -> MyNeeds:
    """The needs the actor may write for: all of the neighbourhood, not only those written by oneself."""
    phase = phase_sql(act.at)
    own = select(phase, func.count()).where(writable(act)).group_by(phase)
    counts = {NeedPhase(row[0]): row[1] for row in session.execute(own)}
    query = select(Need).join(Need.unit).where(writable(act))
    if phases is not None:
        query = query.where(phase.in_(sorted(phases)))
    return MyNeeds(listed(session, query, sort, paging), counts)


def in_phase(session: Session, act: Act, *phases: NeedPhase, limit: int = 20) -> list[Need]:
    """The needs of one's own area in these phases, the longest untouched first: for the home page."""
    query = (
        select(Need)
        .where(writable(act), phase_sql(act.at).in_(sorted(phases)))
        .order_by(Need.updated_at, Need.reference)
        .options(joinedload(Need.unit))
    )
    return list(session.scalars(query.limit(limit)))


def neighbourhoods(session: Session, act: Act) -> list[AdministrativeUnit]:
    """The neighbourhoods one may write for: one's own, or all of one's street or district."""
    code = act.actor.unit_code
    if not code:
        return []
    query = (
        select(AdministrativeUnit)
        .where(
            AdministrativeUnit.kind == UnitKind.NEIGHBOURHOOD,
            AdministrativeUnit.code.startswith(code, autoescape=True),
        )
        .order_by(AdministrativeUnit.code)
        .options(joinedload(AdministrativeUnit.parent))
    )
    return list(session.scalars(query))


def last_budget(session: Session, need: Need) -> Decimal | None:
    """What the neighbourhood last asked for the same kind of service: a help for whoever fills the form."""
    codes = [term.term_code for term in need.terms if not term.is_group]
    query = (
        select(Need.budget)
        .where(
            Need.unit_code == need.unit_code,
            Need.id != need.id,
            Need.budget.is_not(None),
            Need.submitted_at.is_not(None),
            Need.terms.any(NeedTerm.term_code.in_(codes)),
        )
        .order_by(Need.submitted_at.desc(), Need.reference)
    )
    return session.scalar(query.limit(1))
