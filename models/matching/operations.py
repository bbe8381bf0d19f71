"""Verbs of matching: run, review, conclude, declare a gap, undo. Scores are advice; people decide here."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from matcher.weights import STANDARD
from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act, Role
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.service import Service
from models.catalogue.term import Taxonomy
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.matching.candidates import candidates
from models.matching.encode import needs_frame, rows_of
from models.matching.engine import TOP, Engine, shortlist
from models.matching.gap import GapCause, GapEntry, GapRemedy
from models.matching.review import Decision, RejectReason, Review
from models.matching.run import Match, MatchRun, Verdict
from models.needs.lifecycle import NEED, NeedMove, phase_at
from models.needs.need import Need, NeedPhase
from models.parties.accounts import people_of, staff_of
from models.parties.organisation import ListFlag
from models.wording import bounded

WORDS_LIMIT = 1000


def run(
    session: Session,
    need: Need,
    act: Act,
    engine: Engine,
    *,
    id: UUID | None = None,  # noqa: A002  # the record's id, made by the form against double clicks
    top: int = TOP,
) -> MatchRun:
    """Match a standardised need against the catalogue of this moment; earlier runs stay as they were."""
    ensure(act, Permission.MATCH_RUN, need)
    session.refresh(need, with_for_update=True)  # of two clicks at once the second finds what the first made
    standing = session.get(MatchRun, id) if id else None
    if standing is not None and standing.need_id == need.id:
        return standing  # pressed twice
    _must_be_standardised(session, need, act, "run")
    fitted = engine.catalogue_for(session, need.unit_code, act.at)
    weights = fitted.model.weights or STANDARD
    table = needs_frame(session, Need.id == need.id)
    (asked,) = rows_of(table)
    made = MatchRun(
        id=id or uuid4(),
        need=need,
        at=act.at,
        requested_by=act.actor.person_id,
        model_version=fitted.model.model_version,
        catalogue_hash=fitted.content_hash,
        catalogue_size=len(fitted.table),
        parameters={"top": top, "stale_after": fitted.model.stale_after, "weights": weights.as_dict()},
    )
    for found in candidates(fitted, asked, rows_of(shortlist(fitted, table, top))):
        made.matches.append(
            Match(
                service_id=found.service_id,
                rank=found.rank,
                score=found.score,
                verdict=found.verdict,
                contributions=found.contributions,
                reasons=found.reasons,
                refusals=found.refusals,
                evidence=found.evidence,
            )
        )
    session.add(made)
    record(session, act, "match_run.run", made, need=need.id, matches=len(made.matches))
    return made


def review(
    session: Session,
    match: Match,
    act: Act,
    *,
    decision: Decision,
    reason: RejectReason | None = None,
    words: str = "",
    replaces: UUID | None = None,
) -> Review:
    """Accept, shortlist or reject. `replaces` is the review the actor saw, if there was one: who changes
    a mind changes the latest, and of two officials at once the second is told of the first."""
    ensure(act, Permission.MATCH_REVIEW, match)
    _must_be_of_latest_run(session, match, act)
    live = live_review(session, match)
    words = bounded(words, WORDS_LIMIT, field="words")
    said = (act.actor.person_id, decision, reason, words)
    if live is not None and said == (live.reviewer_id, live.decision, live.reason, live.words):
        return live  # pressed twice
    if (live.id if live else None) != replaces:
        raise Conflict("reviewed_meanwhile")
    _check_reason(decision, reason, words)
    if decision != Decision.REJECT:
        _check_may_be_chosen(match, act, words)
    if live is not None:
        live.withdrawn_at = act.at
        session.flush()  # the index allows one live review, so the old one has to go first
    made = Review(
        match=match,
        decision=decision,
        reason=reason,
        words=words,
        reviewer_id=act.actor.person_id,
        at=act.at,
    )
    session.add(made)
    record(session, act, "match_run.review", match.run, match=match.id, decision=decision, reason=reason)
    return made


def withdraw(session: Session, match: Match, act: Act, *, replaces: UUID | None = None) -> None:
    """Take a decision back; it stays on record as withdrawn."""
    ensure(act, Permission.MATCH_REVIEW, match)
    _must_be_of_latest_run(session, match, act)
    live = live_review(session, match)
    if live is None or live.id != replaces:
        raise Conflict("reviewed_meanwhile")
    live.withdrawn_at = act.at
    record(session, act, "match_run.withdraw_review", match.run, match=match.id)


def conclude(session: Session, need: Need, act: Act) -> None:
    """Settle on what was accepted: at least one. The organisations and the neighbourhood are told."""
    ensure(act, Permission.MATCH_REVIEW, need)
    _lock(session, need)
    chosen = accepted(session, latest_run(session, need.id))
    advance(session, NEED, need, NeedMove.MATCH, act, accepted=[match.id for match in chosen])
    if not chosen:
        raise Invalid("nothing_accepted")
    for match in chosen:
        if _is_dishonest(match.service, act):
            raise Invalid("organisation_dishonest", name=match.service.organisation.name)
        staff = staff_of(session, act, match.service.organisation_id)
        facts = {"reference": need.reference, "service": match.service.reference}
        outbox.add(session, act, "match_accepted", need, to=staff, **facts)
    workers = people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code)
    outbox.add(session, act, "need_matched", need, to=workers, reference=need.reference, accepted=len(chosen))


def declare_unmet(
    session: Session, need: Need, act: Act, *, cause: GapCause, remedy: GapRemedy, words: str = ""
) -> GapEntry:
    """Say that nothing suitable exists, what is missing and what would help: an entry of the gap ledger."""
    ensure(act, Permission.MATCH_REVIEW, need)
    _lock(session, need)
    latest = latest_run(session, need.id)
    advance(session, NEED, need, NeedMove.DECLARE_UNMET, act, cause=cause, remedy=remedy)
    if accepted(session, latest):
        raise Conflict("something_accepted")
    words = bounded(words, WORDS_LIMIT, field="words")
    if remedy == GapRemedy.OTHER and not words:
        raise Invalid("gap_words_missing", field="words")
    codes = [term.term_code for term in need.terms if term.term.taxonomy == Taxonomy.SERVICE]
    entry = GapEntry(
        need=need,
        run=latest,
        unit_code=need.unit_code,
        term_code=codes[0] if codes else None,
        cause=cause,
        remedy=remedy,
        words=words,
        opened_at=act.at,
        opened_by=act.actor.person_id,
    )
    session.add(entry)
    workers = people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code)
    outbox.add(session, act, "need_unmet", need, to=workers, reference=need.reference)
    return entry


def reopen(session: Session, need: Need, act: Act) -> None:
    """Undo: the need is standardised again, its gap is closed, and those who were told are told."""
    ensure(act, Permission.MATCH_REVIEW, need)
    _lock(session, need)
    chosen = accepted(session, latest_run(session, need.id)) if need.matched_at is not None else []
    advance(session, NEED, need, NeedMove.REOPEN, act)
    gap = session.scalar(select(GapEntry).where(GapEntry.need_id == need.id, GapEntry.closed_at.is_(None)))
    if gap is not None:
        gap.closed_at = act.at
    told = people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code)
    for match in chosen:
        told += staff_of(session, act, match.service.organisation_id)
    outbox.add(session, act, "need_reopened", need, to=told, reference=need.reference)


def latest_run(session: Session, need_id: UUID) -> MatchRun | None:
    """The run that counts: the newest."""
    query = select(MatchRun).where(MatchRun.need_id == need_id)
    return session.scalar(query.order_by(MatchRun.at.desc(), MatchRun.id.desc()).limit(1))


def live_review(session: Session, match: Match) -> Review | None:
    """The decision on a match that holds."""
    return session.scalar(select(Review).where(Review.match_id == match.id, Review.withdrawn_at.is_(None)))


def accepted(session: Session, of_run: MatchRun | None) -> list[Match]:
    """The matches of a run that are accepted now."""
    if of_run is None:
        return []
    query = (
        select(Match)
        .join(Review, (Review.match_id == Match.id) & Review.withdrawn_at.is_(None))
        .where(Match.run_id == of_run.id, Review.decision == Decision.ACCEPT)
        .order_by(Match.rank, Match.id)
        .options(joinedload(Match.service).joinedload(Service.organisation))
    )
    return list(session.scalars(query))


def _lock(session: Session, need: Need) -> None:
    """Whoever decides holds the need while deciding, so that nobody reviews or concludes meanwhile."""
    session.refresh(need, with_for_update=True)


def _must_be_standardised(session: Session, need: Need, act: Act, move: str) -> None:
    _lock(session, need)
    phase = phase_at(need, act.at)
    if phase != NeedPhase.STANDARDISED:
        raise Conflict("wrong_phase", phase=phase, move=move)


def _must_be_of_latest_run(session: Session, match: Match, act: Act) -> None:
    _must_be_standardised(session, match.run.need, act, "review")
    if latest_run(session, match.run.need_id) is not match.run:
        raise Conflict("run_superseded")


def _check_reason(decision: Decision, reason: RejectReason | None, words: str) -> None:
    if decision == Decision.REJECT and reason is None:
        raise Invalid("reject_reason_missing", field="reason")
    if decision != Decision.REJECT and reason is not None:
        raise Invalid("reason_without_reject", field="reason")
    if reason == RejectReason.OTHER and not words:
        raise Invalid("reject_words_missing", field="words")


def _check_may_be_chosen(match: Match, act: Act, words: str) -> None:
    """A limit can be overruled in writing; the list of seriously dishonest organisations cannot (R71)."""
    if _is_dishonest(match.service, act):
        raise Invalid("organisation_dishonest", name=match.service.organisation.name)
    if not match.service.is_public:
        raise Invalid("service_not_offered")
    if match.verdict == Verdict.REFUSED and not words:
        raise Invalid("refused_needs_words", field="words")


def _is_dishonest(service: Service, act: Act) -> bool:
    return ListFlag.DISHONEST in service.organisation.flags_at(local_date(act.at))
