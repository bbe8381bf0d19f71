"""What if the need were another: the ranking before and after, nothing kept.

Both are made on the catalogue of the moment, so that nothing but the change tells them apart, whatever was in
the catalogue when the run was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy.orm import Session

from matcher import LIMITS, Matcher
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.matching.candidates import Fact, candidates
from models.matching.change import Change
from models.matching.encode import JOIN, needs_frame, rows_of
from models.matching.engine import Engine, Fitted
from models.matching.run import WORTH_A_LOOK, MatchRun
from models.needs.need import Need

FIRST, MOST = 5, 10
OUTSIDE = "outside_service_area"
REFUSALS = frozenset(refused for refused, _ in LIMITS.values())
CHANGEABLE = ("price", "scale")
"""The signals that a change can touch."""
_WORTH_SAYING = 0.005  # of a score between 0 and 1


@dataclass(frozen=True)
class Standing:
    """How a service stands: its row of the matcher, its rank unless a limit refuses it, these limits."""

    row: dict[str, Any]
    rank: int | None
    refusals: tuple[str, ...]

    @property
    def is_worth_a_look(self) -> bool:
        """By its content, refused or not."""
        return bool(self.row["score"] >= WORTH_A_LOOK)


Standings = dict[str, Standing]
"""service_id -> how it stands; those that are ranked come first, the best first."""


@dataclass(frozen=True)
class Moved:
    """A service before and after; a rank is None where a limit refuses it."""

    service_id: UUID
    title: str
    organisation: str
    before: int | None
    after: int | None
    lifted: tuple[str, ...]
    """The limits that stood in the way and no longer do."""
    gains: dict[str, float]
    """signal -> how much more, or less, it adds than it did; what changes most comes first."""


@dataclass(frozen=True)
class Turned:
    """A service that a limit refuses on one side only, with the figures of that limit."""

    moved: Moved
    refusals: list[Fact]


@dataclass(frozen=True)
class Outcome:
    """What the change brings: the first services, and the best of those that become eligible, or refused."""

    first: list[Moved]
    changes_order: bool
    """The first were others, or stood in another order."""
    eligible: list[Turned]
    refused: list[Turned]
    n_eligible: int
    n_refused: int
    is_of_run: bool
    """The catalogue is still what the run saw."""
    says_when: bool
    """Some service tells when it is offered, so that the month can matter."""

    @property
    def told(self) -> list[list[Fact]]:
        """The limits it speaks of, with their figures."""
        return [turned.refusals for turned in (*self.eligible, *self.refused)]


def what_if(session: Session, run: MatchRun, act: Act, engine: Engine, change: Change) -> Outcome | None:
    """How the services would stand for the need of a run; None where the catalogue is empty."""
    ensure(act, Permission.MATCH_VIEW, run)
    fitted = engine.last_catalogue_for(session, run.unit_code, act.at)
    if fitted.table.empty:
        return None
    (need,) = rows_of(needs_frame(session, Need.id == run.need_id))
    return compare(fitted, need, change, seen=run.catalogue_hash)


def compare(fitted: Fitted[Matcher], need: dict[str, Any], change: Change, *, seen: str = "") -> Outcome:
    """The same for a row of the needs table; `seen` is the hash of the catalogue that a run saw."""
    changed = change.of(need)
    was, now = standings(fitted, need, Change()), standings(fitted, changed, change)
    told = fitted.table.set_index("service_id")[["title", "org_name"]]

    def moved(keys: Sequence[str]) -> list[Moved]:
        return [_moved(key, was[key], now[key], *told.loc[key]) for key in keys]

    worth = [key for key in now if now[key].is_worth_a_look]
    eligible = [key for key in worth if was[key].refusals and not now[key].refusals]
    refused = [key for key in worth if now[key].refusals and not was[key].refusals]
    return Outcome(
        first=moved(_first(now)),
        changes_order=_first(was) != _first(now),
        eligible=_turned(fitted, need, was, moved(eligible[:MOST])),
        refused=_turned(fitted, changed, now, moved(refused[:MOST])),
        n_eligible=len(eligible),
        n_refused=len(refused),
        is_of_run=fitted.content_hash == seen,
        says_when=bool(fitted.model.services_[["available_from", "available_to"]].notna().any(axis=None)),
    )


def standings(fitted: Fitted[Matcher], need: dict[str, Any], change: Change) -> Standings:
    """Every service the matcher lays beside the need, which are the same whatever is supposed of it.

    Who is refused for working elsewhere only is let in if that is near enough.
    """
    found = fitted.model.match(pd.DataFrame([need]), len(fitted.table), refused=True)
    areas = dict(zip(fitted.table["service_id"], fitted.table["coverage_codes"], strict=True))
    refusals = {}
    rows = {row["service_id"]: row for row in rows_of(found)}
    for key, row in rows.items():
        codes = tuple(code for code in row["reasons"] if code in REFUSALS)
        let_in = codes == (OUTSIDE,) and change.reaches(need, areas[key].split(JOIN))
        refusals[key] = () if let_in else codes
    ordered = sorted(rows, key=lambda key: (bool(refusals[key]), -rows[key]["score"], key))
    return {
        key: Standing(rows[key], None if refusals[key] else rank, refusals[key])
        for rank, key in enumerate(ordered, 1)
    }


def _first(side: Standings) -> list[str]:
    return [key for key, one in side.items() if one.rank and one.is_worth_a_look][:FIRST]


def _moved(key: str, was: Standing, now: Standing, title: str, organisation: str) -> Moved:
    gains = {name: now.row[name] - was.row[name] for name in CHANGEABLE}
    telling = [name for name in gains if abs(gains[name]) >= _WORTH_SAYING]
    return Moved(
        service_id=UUID(key),
        title=title,
        organisation=organisation,
        before=was.rank,
        after=now.rank,
        lifted=tuple(code for code in was.refusals if code not in now.refusals),
        gains={name: gains[name] for name in sorted(telling, key=lambda name: -abs(gains[name]))},
    )


def _turned(
    fitted: Fitted[Matcher], need: dict[str, Any], side: Standings, moved: Sequence[Moved]
) -> list[Turned]:
    told = candidates(fitted, need, [side[str(one.service_id)].row for one in moved])
    return [Turned(one, each.refusals) for one, each in zip(moved, told, strict=True)]
