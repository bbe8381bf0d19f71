"""While a need is being written: codes and groups it speaks of, whose work it may be, and needs like it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matcher import Suggestion
from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.matching.encode import draft_row
from models.matching.engine import Engine
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase

LOOKED_AT = 60
"""How many of the most similar needs are looked at for some that the actor may see."""


@dataclass(frozen=True)
class Proposed:
    """A taxonomy code with the words of the text that suggested it; surest first in its list."""

    code: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Proposals:
    """What a text suggests; `routes` (X1..X7) hint that it is not an organisation's work."""

    codes: tuple[Proposed, ...]
    groups: tuple[Proposed, ...]
    routes: tuple[Proposed, ...]


@dataclass(frozen=True)
class SimilarNeed:
    """An open need like the one being written. `place` is the smallest unit both are in:
    community, street, district or elsewhere."""

    id: UUID
    reference: str
    title: str
    unit_name: str
    phase: NeedPhase
    score: float
    place: str
    term_codes: tuple[str, ...]
    near_duplicate: bool


def propose(engine: Engine, text: str) -> Proposals:
    """Codes, groups and routes for a text somebody is still typing."""
    found = engine.proposer.propose(text)
    return Proposals(
        codes=tuple(_proposed(one, text) for one in found.codes),
        groups=tuple(_proposed(one, text) for one in found.groups),
        routes=tuple(_proposed(one, text) for one in found.routes),
    )


def similar_needs(
    session: Session,
    act: Act,
    engine: Engine,
    *,
    text: str,
    unit_code: str,
    term_codes: tuple[str, ...] = (),
    exclude: UUID | None = None,
    limit: int = 5,
) -> list[SimilarNeed]:
    """Open needs like this one that the actor may see, near-duplicates first."""
    fitted = engine.open_needs(session)
    if not text.strip() or fitted.table.empty:
        return []
    found = fitted.model.find(draft_row(text, unit_code, tuple(term_codes)), LOOKED_AT)
    ids = [UUID(need_id) for need_id in found["need_id"]]
    query = select(Need).where(Need.id.in_(ids)).options(joinedload(Need.unit))
    needs = {need.id: need for need in session.scalars(query)}
    similar = []
    for row in found.to_dict("records"):
        need = needs.get(UUID(row["need_id"]))
        if need is None or need.id == exclude or not can(act, Permission.NEED_VIEW, need):
            continue
        similar.append(
            SimilarNeed(
                id=need.id,
                reference=need.reference,
                title=need.title,
                unit_name=need.unit.name,
                phase=phase_at(need, act.at),
                score=float(row["score"]),
                place=row["place"],
                term_codes=tuple(row["same_codes"]),
                near_duplicate=bool(row["near_duplicate"]),
            )
        )
    return similar[:limit]


def _proposed(suggestion: Suggestion, text: str) -> Proposed:
    words = dict.fromkeys(text[hit.start : hit.end] for hit in suggestion.hits)
    return Proposed(suggestion.code, suggestion.score, tuple(words))
