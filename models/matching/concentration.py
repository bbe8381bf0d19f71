"""Who is seen in an area's matching, and how concentrated that is: over a year, and by street and code.

Exposure is counted as `matcher.exposure` does: each place among the first ten of a need's newest run is worth
1 / log2(1 + rank).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.exposure import ExposureReport, exposure, gini, hhi, shares
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.catalogue.lifecycle import phase_sql as service_phase
from models.catalogue.queries import serves
from models.catalogue.service import Service, ServiceStatus
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.matching.encode import STREET_DIGITS
from models.matching.exposure import WINDOW
from models.matching.founding import Founded, by_founding
from models.matching.makeup import makeup
from models.matching.review import Decision, Review
from models.matching.run import Match, MatchRun, Verdict, newest_run_id
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from models.records.book import morning_of
from models.records.reading import outcomes

FIRST = 10


@dataclass(frozen=True)
class Slice:
    """One street or code: how many needs, how many organisations are seen and chosen, how concentrated."""

    key: str
    name: Any
    needs: int
    organisations: int
    hhi: float
    accepted: int
    accepted_hhi: float


@dataclass(frozen=True)
class ExposurePage:
    """The figures of one area. `sizes` and `ages` are shares of exposure by group."""

    area: AdministrativeUnit
    needs: int
    report: ExposureReport | None
    accepted_gini: float
    sizes: dict[str, float]
    ages: dict[str, float]
    founded: list[Founded]
    streets: list[Slice]
    codes: list[Slice]
    most: list[tuple[Organisation, int, float]]
    unseen: list[Organisation]


def exposure_page(session: Session, act: Act) -> ExposurePage:
    """Of the actor's area, in the year before."""
    area = session.get_one(AdministrativeUnit, act.actor.unit_code)
    ensure(act, Permission.DISTRICT_OVERVIEW, area)
    run = listed(session, area.code, act.at)
    services = catalogue(session, area.code, act.at, set(run["service_id"]))
    if run.empty or services.empty:
        return ExposurePage(area, 0, None, 0.0, {}, {}, [], [], [], [], [])
    report = exposure(run, services, FIRST)
    names = _organisations(session, set(services["org_id"]))
    owned = run.merge(services[["service_id", "org_id"]], on="service_id")
    chosen = owned[owned["accepted"]].groupby("org_id").size()
    everybody = sorted(set(services["org_id"]))
    rows = report.organisations
    most = rows[rows["places"] > 0].head(FIRST)[["org_id", "places", "exposure"]].to_numpy().tolist()
    return ExposurePage(
        area=area,
        needs=run["need_id"].nunique(),
        report=report,
        accepted_gini=gini(chosen.reindex(everybody, fill_value=0)),
        sizes=shares(run, services, "size"),
        ages=shares(run, services, "age"),
        founded=by_founding(session, area.code, act.at, run, services),
        streets=_by_street(session, owned),
        codes=_by_code(session, owned),
        most=[(names[key], places, amount) for key, places, amount in most],
        unseen=sorted((names[key] for key in report.unseen), key=lambda each: each.name),
    )


def listed(session: Session, unit_code: str, at: datetime) -> pd.DataFrame:
    """The first ten of the newest run of each need of the area: need, its street and code, service, rank."""
    code = (
        select(NeedTerm.term_code)
        .join(TaxonomyTerm, TaxonomyTerm.code == NeedTerm.term_code)
        .where(NeedTerm.need_id == Need.id, TaxonomyTerm.taxonomy == Taxonomy.SERVICE)
        .order_by(NeedTerm.position, NeedTerm.term_code)
        .limit(1)
        .correlate(Need)
        .scalar_subquery()
    )
    query = (
        select(Need.id, Need.unit_code, code, Match.service_id, Match.rank, Review.decision)
        .join(MatchRun, MatchRun.need_id == Need.id)
        .join(Match, Match.run_id == MatchRun.id)
        .outerjoin(Review, (Review.match_id == Match.id) & Review.withdrawn_at.is_(None))
        .where(
            Need.unit_code.startswith(unit_code, autoescape=True),
            MatchRun.id == newest_run_id(),
            MatchRun.at > at - WINDOW,
            MatchRun.at <= at,
            Match.verdict != Verdict.REFUSED,
            Match.rank <= FIRST,
        )
        .order_by(Match.rank, Need.id)
    )
    rows = [
        (str(need), place[:STREET_DIGITS], term or "", str(service), rank, decision == Decision.ACCEPT)
        for need, place, term, service, rank, decision in session.execute(query)
    ]
    columns = ["need_id", "street", "code", "service_id", "rank", "accepted"]
    return pd.DataFrame(rows, columns=columns).astype({"accepted": bool})


def catalogue(session: Session, unit_code: str, at: datetime, seen: set[str]) -> pd.DataFrame:
    """Who could be seen: services offered in the area now, and those that were listed; newcomers marked.

    A newcomer is an organisation without an evaluation that counts.
    """
    active = (service_phase(at) == ServiceStatus.ACTIVE.value) & serves(unit_code)
    listed_ids = [UUID(each) for each in seen]
    query = select(Service.id, Service.organisation_id).where(active | Service.id.in_(listed_ids))
    rows = [(str(service), str(organisation)) for service, organisation in session.execute(query)]
    table = makeup(session, pd.DataFrame(rows, columns=["service_id", "org_id"]), at)
    known = {str(each.organisation_id) for each in outcomes(session, morning_of(at)) if each.counts}
    newcomer = np.where(table["org_id"].isin(known), "no", "yes")
    small = table["size"].map({"small": "yes", "medium": "no", "large": "no"}).fillna("")
    return table.assign(newcomer=newcomer, small=small)


def slices(owned: pd.DataFrame, by: str) -> dict[str, tuple[int, int, float, int, float]]:
    """By street or code: needs, organisations seen, HHI of exposure, needs accepted, HHI of acceptances."""
    weighed = owned.assign(exposure=1 / np.log2(1 + owned["rank"].to_numpy(float)))
    found = {}
    for key, some in weighed.groupby(by):
        accepted = some[some["accepted"]]
        found[str(key)] = (
            int(some["need_id"].nunique()),
            int(some["org_id"].nunique()),
            hhi(some.groupby("org_id")["exposure"].sum()),
            int(accepted["need_id"].nunique()),
            hhi(accepted.groupby("org_id").size()),
        )
    return found


def _by_street(session: Session, owned: pd.DataFrame) -> list[Slice]:
    found = slices(owned, "street")
    query = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(found))
    names = {unit.code: unit for unit in session.scalars(query)}
    return [Slice(key, names.get(key), *figures) for key, figures in sorted(found.items())]


def _by_code(session: Session, owned: pd.DataFrame) -> list[Slice]:
    found = slices(owned, "code")
    names = {t.code: t for t in session.scalars(select(TaxonomyTerm).where(TaxonomyTerm.code.in_(found)))}
    return [Slice(key, names.get(key), *figures) for key, figures in sorted(found.items())]


def _organisations(session: Session, ids: set[str]) -> dict[str, Organisation]:
    query = select(Organisation).where(Organisation.id.in_([UUID(each) for each in ids]))
    return {str(each.id): each for each in session.scalars(query)}
