"""What an official does with a need: deliberate, return, merge, route away, standardise, settle."""

from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act, Role
from models.audit.record import record
from models.calendar.clocks import local_date
from models.catalogue.term import Taxonomy, TaxonomyTerm
from models.errors import Conflict, Invalid
from models.lifecycle import advance
from models.needs.details import Evidence, EvidenceKind
from models.needs.lifecycle import NEED, NeedMove
from models.needs.need import Need, NeedPhase, ReturnReason, headline
from models.needs.raising import bring_raisers
from models.needs.standard import Standard, fill, support_for
from models.needs.writing import lock
from models.parties import accounts
from models.wording import bounded

MOST_WORDS = 1000

MERGE_TARGETS = frozenset(
    {
        NeedPhase.SUBMITTED,
        NeedPhase.DELIBERATING,
        NeedPhase.STANDARDISED,
        NeedPhase.MATCHED,
        NeedPhase.UNMET,
    }
)
"""Phases of a need into which another may be merged: handed in, and not closed."""


def take_into_deliberation(session: Session, need: Need, act: Act, *, revision: int | None = None) -> None:
    """Take a submitted need into deliberation; from then on it is on the public board."""
    _not_stale(session, need, revision)
    advance(session, NEED, need, NeedMove.DELIBERATE, act)
    _tell(session, need, act, "need_deliberating")


def return_(
    session: Session,
    need: Need,
    act: Act,
    *,
    reason: ReturnReason,
    words: str,
    revision: int | None = None,
) -> None:
    """Send a need back to its author, with a reason and what to do about it."""
    _not_stale(session, need, revision)
    advance(session, NEED, need, NeedMove.RETURN, act, reason=reason)
    need.return_reason, need.return_words = reason, _said(words)
    _tell(session, need, act, "need_returned")


def merge(
    session: Session, need: Need, act: Act, *, into: Need, words: str = "", revision: int | None = None
) -> None:
    """Close a need as part of another one, which receives its evidence; people are noted, never added up.

    The target must be open, so it is not itself merged: a chain can grow, a circle cannot.
    """
    if into.id == need.id:
        raise Invalid("merge_into_itself", field="into")
    ensure(act, Permission.NEED_STANDARDISE, into)
    lock(session, need, into)
    _not_stale(session, need, revision)
    phase = NEED.phase_at(into, act.at)
    if phase not in MERGE_TARGETS:
        raise Conflict("merge_target_closed", field="into", reference=into.reference, phase=phase)
    advance(session, NEED, need, NeedMove.MERGE, act, into=into.id)
    need.merged_into_id = into.id
    need.closed_words = bounded(words, MOST_WORDS, field="words") or None
    into.evidence += [_copy(source, act) for source in need.evidence]
    into.evidence.append(_report(need, act))
    bring_raisers(need, into, act)
    into.updated_at = act.at
    record(session, act, "need.take_in", into, source=need.id)
    _tell(session, need, act, "need_merged", into=into.reference)
    outbox.add(session, act, "need_received", into, to=_people(session, into, act), reference=need.reference)


def route(
    session: Session, need: Need, act: Act, *, route_code: str, words: str, revision: int | None = None
) -> None:
    """Close a need that is not an organisation's work (N11 = no) and say whose it is (X1..X7)."""
    _not_stale(session, need, revision)
    term = session.get(TaxonomyTerm, route_code)
    if term is None or term.taxonomy is not Taxonomy.ROUTE:
        raise Invalid("route_unknown", field="route_code", code=route_code)
    advance(session, NEED, need, NeedMove.ROUTE, act, route=route_code)
    need.suitable, need.route_code, need.closed_words = False, route_code, _said(words)
    _tell(session, need, act, "need_routed")


def standardise(
    session: Session, need: Need, act: Act, *, standard: Standard, revision: int | None = None
) -> None:
    """Say what the need is in the taxonomy's terms, so that organisations can answer it (N11 = yes).

    A need in deliberation wants a meeting held that supported it, or a written reason for going on without.
    """
    _not_stale(session, need, revision)
    ensure(act, Permission.NEED_STANDARDISE, need)
    phase = NEED.phase_at(need, act.at)
    if phase not in NEED.moves[NeedMove.STANDARDISE].from_:
        raise Conflict("wrong_phase", phase=phase, move=NeedMove.STANDARDISE)
    words = bounded(standard.words, MOST_WORDS, field="words")
    fill(session, need, standard, act)
    if phase is NeedPhase.DELIBERATING and not words:
        refusal = support_for(session, need, act)
        if refusal is not None:
            raise Invalid(refusal, field="words")
    need.suitable, need.standardised_words = True, words or None
    advance(session, NEED, need, NeedMove.STANDARDISE, act)
    _tell(session, need, act, "need_standardised")


def settle(session: Session, need: Need, act: Act, *, words: str, revision: int | None = None) -> None:
    """Close a need that has been met in another way, and say how."""
    _not_stale(session, need, revision)
    advance(session, NEED, need, NeedMove.SETTLE, act)
    need.closed_words = _said(words)
    _tell(session, need, act, "need_settled")


def _said(words: str) -> str:
    """A decision that somebody else must understand needs words."""
    said = bounded(words, MOST_WORDS, field="words")
    if not said:
        raise Invalid("words_missing", field="words")
    return said


def _copy(source: Evidence, act: Act) -> Evidence:
    return Evidence(
        kind=source.kind,
        words=source.words,
        count=source.count,
        seen_on=source.seen_on,
        file_id=source.file_id,
        added_at=act.at,
    )


def _report(need: Need, act: Act) -> Evidence:
    """The merged need itself as evidence: the people it spoke of may be the same ones, so they are noted."""
    return Evidence(
        kind=EvidenceKind.REPORT,
        words=need.title or headline(need.description),
        count=need.affected_people,
        seen_on=local_date(need.submitted_at or act.at),
        added_at=act.at,
    )


def _not_stale(session: Session, need: Need, revision: int | None) -> None:
    if revision is None:
        return
    session.refresh(need, with_for_update=True)
    if need.revision != revision:
        raise Conflict("stale")


def _people(session: Session, need: Need, act: Act) -> set[UUID]:
    """The author and the workers of the neighbourhood."""
    workers = accounts.people_of(session, act, Role.COMMUNITY_WORKER, need.unit_code)
    return {*workers, *([need.created_by] if need.created_by else [])}


def _tell(session: Session, need: Need, act: Act, kind: str, **facts: str) -> None:
    people = _people(session, need, act)
    outbox.add(session, act, kind, need, to=people, reference=need.reference, **facts)
