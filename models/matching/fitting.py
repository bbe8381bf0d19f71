"""What an organisation sees: open needs that fit its services, what keeps it from others, what was decided.

Nothing of any other organisation is in here, no rank either: it would tell how many stand before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.service import Service
from models.catalogue.term import TaxonomyTerm
from models.matching.candidates import Candidate, candidate
from models.matching.encode import rows_of
from models.matching.engine import Engine
from models.matching.queries import places_in, terms_in
from models.matching.review import Decision, Review
from models.matching.run import WORTH_A_LOOK, Match, MatchRun, Verdict, newest_run_id
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit

SHOWN = 30


@dataclass(frozen=True)
class Fit:
    """An open need and the organisation's best service for it."""

    need: Need
    service: Service
    candidate: Candidate


@dataclass(frozen=True)
class Decided:
    """A need that was matched, and what became of one of the organisation's services in it."""

    need: Need
    service: Service
    decision: Decision


@dataclass(frozen=True)
class FittingPage:
    """Needs that fit, needs a limit keeps it from, and what was decided about its own matches."""

    fits: list[Fit]
    kept_from: list[Fit]
    decided: list[Decided]
    services: int
    terms: dict[str, TaxonomyTerm]
    places: dict[str, AdministrativeUnit]


def fitting(session: Session, act: Act, engine: Engine) -> FittingPage:
    """The page of the organisation the actor works for."""
    ensure(act, Permission.SERVICE_EDIT)
    own = act.actor.organisation_id
    fitted, needs, shortlists = engine.open_shortlists(session, act.at)
    mine = set(fitted.table.loc[fitted.table["org_id"] == str(own), "service_id"])
    rows = _best_of(shortlists, mine)
    asked = {row["need_id"]: row for row in rows_of(needs)}
    found = [candidate(fitted, asked[row["need_id"]], row) for row in rows]
    known = _needs(session, [UUID(row["need_id"]) for row in rows])
    services = _services(session, {one.service_id for one in found})
    fits = [
        Fit(known[UUID(row["need_id"])], services[one.service_id], one)
        for row, one in zip(rows, found, strict=True)
    ]
    return FittingPage(
        fits=[fit for fit in fits if fit.candidate.verdict != Verdict.REFUSED],
        kept_from=[fit for fit in fits if fit.candidate.verdict == Verdict.REFUSED],
        decided=decided(session, act),
        services=len(mine),
        terms=terms_in(session, [one.reasons for one in found]),
        places=places_in(session, [one.refusals for one in found]),
    )


def best_fits(session: Session, act: Act, engine: Engine, *, limit: int = 3) -> list[tuple[Need, float]]:
    """The open needs that fit best, with their scores and nothing else: for a first look."""
    fitted, _, shortlists = engine.open_shortlists(session, act.at)
    mine = set(fitted.table.loc[fitted.table["org_id"] == str(act.actor.organisation_id), "service_id"])
    rows = [row for row in _best_of(shortlists, mine) if row["verdict"] != Verdict.REFUSED.value][:limit]
    known = _needs(session, [UUID(row["need_id"]) for row in rows])
    return [(known[UUID(row["need_id"])], float(row["score"])) for row in rows]


def decided(session: Session, act: Act) -> list[Decided]:
    """The organisation's own matches in needs that are settled on: accepted or shortlisted, nothing else.

    Before an official has concluded, a decision is still a draft and is told to nobody.
    """
    query = (
        select(Need, Service, Review.decision, MatchRun.id)
        .join(MatchRun, MatchRun.need_id == Need.id)
        .join(Match, Match.run_id == MatchRun.id)
        .join(Service, Service.id == Match.service_id)
        .join(Review, (Review.match_id == Match.id) & Review.withdrawn_at.is_(None))
        .where(
            Need.matched_at <= act.at,
            Service.organisation_id == act.actor.organisation_id,
            Review.decision != Decision.REJECT,
            MatchRun.id == newest_run_id(),
        )
        .order_by(Need.matched_at.desc(), Need.id, Match.rank)
        .options(joinedload(Need.unit))
    )
    return [Decided(need, service, decision) for need, service, decision, _ in session.execute(query)]


def _best_of(shortlists: pd.DataFrame, mine: set[str]) -> list[dict[str, Any]]:
    """One row a need: its best service that is not refused, else its best one; best needs first."""
    own = shortlists[shortlists["service_id"].isin(mine) & (shortlists["score"] >= WORTH_A_LOOK)]
    refused = own["verdict"] == Verdict.REFUSED.value
    ordered = own.assign(refused=refused).sort_values(
        ["refused", "score", "need_id", "service_id"], ascending=[True, False, True, True]
    )
    best = ordered.drop_duplicates("need_id")
    return [*rows_of(best[~best["refused"]].head(SHOWN)), *rows_of(best[best["refused"]].head(SHOWN))]


def _needs(session: Session, ids: Sequence[UUID]) -> dict[UUID, Need]:
    query = select(Need).where(Need.id.in_(ids))
    parts = (joinedload(Need.unit), selectinload(Need.terms).joinedload(NeedTerm.term))
    return {need.id: need for need in session.scalars(query.options(*parts))}


def _services(session: Session, ids: set[UUID]) -> dict[UUID, Service]:
    return {service.id: service for service in session.scalars(select(Service).where(Service.id.in_(ids)))}
