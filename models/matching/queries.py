"""Reads of matching: the review page of a need with its runs, and the loaders for guards."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.calendar.clocks import local_date
from models.catalogue.service import Service
from models.catalogue.term import TaxonomyTerm
from models.matching.exposure import Exposure, exposures
from models.matching.gap import GapEntry
from models.matching.operations import latest_run
from models.matching.page import ReviewPage, RunLine, ShownMatch
from models.matching.review import Decision, Review
from models.matching.run import Match, MatchRun
from models.needs.details import NeedTerm
from models.needs.lifecycle import phase_at
from models.needs.need import Need
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit

__all__ = ["ReviewPage", "RunLine", "ShownMatch", "match", "review_page", "runs_of"]


def match(session: Session, match_id: UUID, act: Act) -> Match | None:
    """The match, unless the actor may not know that there is one."""
    found = session.get(Match, match_id)
    return found if found is not None and can(act, Permission.MATCH_VIEW, found) else None


def runs_of(session: Session, need: Need, act: Act) -> list[RunLine]:
    """The runs of a need, newest first, for those who may see them."""
    if not can(act, Permission.MATCH_VIEW, need):
        return []
    query = (
        select(MatchRun)
        .where(MatchRun.need_id == need.id)
        .order_by(MatchRun.at.desc(), MatchRun.id.desc())
        .options(joinedload(MatchRun.requester))
    )
    counts = (
        select(Match.run_id, Review.decision, func.count())
        .join(Review, Review.match_id == Match.id)
        .join(MatchRun, MatchRun.id == Match.run_id)
        .where(MatchRun.need_id == need.id, Review.withdrawn_at.is_(None))
        .group_by(Match.run_id, Review.decision)
    )
    decided: dict[UUID, Counter[Decision]] = {}
    for run_id, decision, count in session.execute(counts):
        decided.setdefault(run_id, Counter())[decision] = count
    return [
        RunLine(run, run.requester.name if run.requester else None, decided.get(run.id, Counter()))
        for run in session.scalars(query)
    ]


def review_page(session: Session, need: Need, act: Act, *, run_id: UUID | None = None) -> ReviewPage:
    """Everything the review page shows; `run_id` looks at an earlier run."""
    runs = runs_of(session, need, act)
    latest = latest_run(session, need.id) if runs else None
    shown = next((line.run for line in runs if line.run.id == run_id), latest)
    _load_details(session, need)
    matches = _shown_matches(session, shown, act)
    refused = [match for match in matches if match.is_refused]
    gap = session.scalar(select(GapEntry).where(GapEntry.need_id == need.id, GapEntry.closed_at.is_(None)))
    return ReviewPage(
        need=need,
        phase=phase_at(need, act.at),
        run=shown,
        is_latest=shown is latest,
        runs=runs,
        ranked=[match for match in matches if not match.is_refused],
        refused=_by_limit(refused),
        gap=gap,
        terms=terms_in(session, [match.match.reasons for match in matches], _marked_codes(matches)),
        places=places_in(session, [match.match.refusals for match in matches]),
    )


def terms_in(
    session: Session, reasons: Iterable[Sequence[dict[str, object]]], more: Iterable[str] = ()
) -> dict[str, TaxonomyTerm]:
    """The terms that reasons name by code, and some more."""
    codes = {*more, *(code for told in reasons for reason in told for code in _listed(reason, "codes"))}
    return {t.code: t for t in session.scalars(select(TaxonomyTerm).where(TaxonomyTerm.code.in_(codes)))}


def _marked_codes(matches: Iterable[ShownMatch]) -> Iterable[str]:
    for shown in matches:
        evidence = shown.match.evidence
        for pair in [*evidence["codes"], *evidence["groups"]]:
            yield from (pair["need_code"], pair["service_code"])


def places_in(
    session: Session, refusals: Iterable[Sequence[dict[str, object]]]
) -> dict[str, AdministrativeUnit]:
    """The units that refusals name by code."""
    each = [refusal for told in refusals for refusal in told]
    codes = {code for refusal in each for code in (*_listed(refusal, "served"), *_listed(refusal, "add"))}
    query = select(AdministrativeUnit).where(AdministrativeUnit.code.in_(codes))
    return {unit.code: unit for unit in session.scalars(query)}


def _listed(told: dict[str, object], name: str) -> list[str]:
    facts = told["facts"]
    found = facts.get(name) if isinstance(facts, dict) else None
    return (
        [str(each) for each in found]
        if isinstance(found, list)
        else [found]
        if isinstance(found, str)
        else []
    )


def _load_details(session: Session, need: Need) -> None:
    parts = (
        selectinload(Need.terms).joinedload(NeedTerm.term),
        selectinload(Need.funding),
        selectinload(Need.resources),
        joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
    )
    query = select(Need).where(Need.id == need.id).options(*parts)
    session.scalars(query.execution_options(populate_existing=False)).unique().one()


def _shown_matches(session: Session, run: MatchRun | None, act: Act) -> list[ShownMatch]:
    if run is None:
        return []
    organisation = joinedload(Match.service).joinedload(Service.organisation)
    query = (
        select(Match)
        .where(Match.run_id == run.id)
        .order_by(Match.rank, Match.id)
        .options(
            organisation.selectinload(Organisation.flags), organisation.selectinload(Organisation.reports)
        )
    )
    matches = list(session.scalars(query))
    reviews = _reviews(session, matches)
    known = exposures(session, {match.service.organisation_id for match in matches}, act)
    before = _decided_before(session, run)
    day = local_date(act.at)
    return [_shown(match, reviews, known, before, day) for match in matches]


def _shown(
    found: Match,
    reviews: dict[UUID, list[Review]],
    known: dict[UUID, Exposure],
    before: dict[UUID, Decision],
    day: date,
) -> ShownMatch:
    organisation = found.service.organisation
    return ShownMatch(
        match=found,
        grade=organisation.grade_at(day),
        flags=organisation.flags_at(day),
        report=next(iter(organisation.reports), None),
        exposure=known.get(organisation.id, Exposure()),
        reviews=reviews.get(found.id, []),
        previous=before.get(found.service_id),
    )


def _reviews(session: Session, matches: Sequence[Match]) -> dict[UUID, list[Review]]:
    query = (
        select(Review)
        .where(Review.match_id.in_([match.id for match in matches]))
        .order_by(Review.at.desc(), Review.id)
        .options(joinedload(Review.reviewer))
    )
    found: dict[UUID, list[Review]] = {}
    for review in session.scalars(query):
        found.setdefault(review.match_id, []).append(review)
    return found


def _decided_before(session: Session, run: MatchRun) -> dict[UUID, Decision]:
    """service -> what held in the run before, so that running again does not forget what was thought."""
    earlier = select(MatchRun.id).where(MatchRun.need_id == run.need_id, MatchRun.at < run.at)
    last = earlier.order_by(MatchRun.at.desc(), MatchRun.id.desc()).limit(1).scalar_subquery()
    query = (
        select(Match.service_id, Review.decision)
        .join(Review, Review.match_id == Match.id)
        .where(Match.run_id == last, Review.withdrawn_at.is_(None))
    )
    return {row.service_id: row.decision for row in session.execute(query)}


def _by_limit(refused: Sequence[ShownMatch]) -> dict[str, list[ShownMatch]]:
    groups: dict[str, list[ShownMatch]] = {}
    for found in refused:
        first = found.match.refusals[0]["code"] if found.match.refusals else ""
        groups.setdefault(first, []).append(found)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))
