"""Writing down which group raised a need, and keeping it when needs merge (demand 30)."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import record
from models.errors import Invalid
from models.needs.need import Need
from models.needs.raiser import LEAST_HOUSEHOLDS, MOST_HOUSEHOLDS, Raiser, RaiserKind
from models.needs.writing import take_up, touch
from models.wording import bounded

LIMIT = 200


@dataclass(frozen=True)
class Group:
    """A group as it comes in: what kind, its name, which buildings and how many households it covers."""

    kind: RaiserKind
    name: str
    covers: str = ""
    households: int | None = None


def own_raiser(need: Need) -> Raiser | None:
    """The group that raised the need itself; None when the committee did."""
    return next((row for row in need.raisers if not row.brought), None)


def set_raiser(
    session: Session, need: Need, act: Act, *, group: Group | None, revision: int | None = None
) -> None:
    """Say which group raised the need, or that the committee did; groups that merging brought stay."""
    take_up(session, need, act, revision)
    if group is not None:
        group = _checked(need, group)
    row = own_raiser(need)
    before = Group(row.kind, row.name, row.covers, row.households) if row else None
    if before == group:
        return
    brought = [each for each in need.raisers if each.brought]
    need.raisers[:] = [*([_row(group, act)] if group else []), *brought]
    touch(need, act)
    record(session, act, "need.set_raiser", need, kind=group.kind if group else None)


def bring_raisers(need: Need, into: Need, act: Act) -> None:
    """The groups of a need that goes into another stay named there, each once."""
    known = {(row.kind, row.name, row.covers) for row in into.raisers}
    for row in need.raisers:
        if (row.kind, row.name, row.covers) not in known:
            group = Group(row.kind, row.name, row.covers, row.households)
            into.raisers.append(_row(group, act, brought=True))


def _checked(need: Need, group: Group) -> Group:
    name = bounded(group.name, LIMIT, field="raiser_name")
    if not name:
        raise Invalid("raiser_name_missing", field="raiser_name")
    households = group.households
    if households is not None and not LEAST_HOUSEHOLDS <= households <= MOST_HOUSEHOLDS:
        raise Invalid(
            "raiser_households", field="raiser_households", least=LEAST_HOUSEHOLDS, most=MOST_HOUSEHOLDS
        )
    whole = need.unit.households
    if households is not None and whole is not None and households > whole:
        raise Invalid("raiser_households_above", field="raiser_households", most=whole)
    return Group(group.kind, name, bounded(group.covers, LIMIT, field="raiser_covers"), households)


def _row(group: Group, act: Act, *, brought: bool = False) -> Raiser:
    return Raiser(
        kind=group.kind,
        name=group.name,
        covers=group.covers,
        households=group.households,
        brought=brought,
        added_at=act.at,
    )
