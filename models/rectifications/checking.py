"""The evaluator's re-check within 30 days: what was seen of each finding, and whether it passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.queries import ensure_free
from models.contracts import people
from models.contracts.words import needed
from models.errors import Conflict, Invalid
from models.files import StoredFile, checked, store
from models.lifecycle import advance
from models.photos import KINDS, stripped
from models.rectifications import telling
from models.rectifications.clocks import OF_ORGANISATION, clock_of
from models.rectifications.lifecycle import RECTIFICATION, RectificationMove, phase_at
from models.rectifications.mending import to_mend
from models.rectifications.rectification import Finding, Rectification, RectificationPhase


@dataclass(frozen=True)
class Seen:
    """What was seen of one finding, and the file that shows it."""

    words: str
    passed: bool
    file_name: str
    content: bytes


def recheck(session: Session, rectification: Rectification, act: Act, *, seen: Mapping[UUID, Seen]) -> None:
    """Look again at every open finding. All passed ends it and shows the result to everybody."""
    ensure(act, Permission.RECTIFICATION_CHECK, rectification)
    ensure_free(session, rectification.evaluation.contract, act)
    second = phase_at(rectification, act.at) is RectificationPhase.REDONE
    open_ = to_mend(rectification)
    if any(each.id not in seen for each in open_):
        raise Invalid("recheck_incomplete")
    if all(seen[each.id].passed for each in open_):
        move = RectificationMove.MEND
    else:
        move = RectificationMove.FAIL_AGAIN if second else RectificationMove.FAIL
    advance(session, RECTIFICATION, rectification, move, act)
    for finding in open_:
        _note(session, finding, seen[finding.id], act)
    session.flush()  # what is told below reads them
    if move is RectificationMove.MEND:
        _show(session, rectification, act)
    else:
        _tell_failed(session, rectification, act)


def conclude(session: Session, rectification: Rectification, act: Act, *, words: str) -> None:
    """End what was not mended: the second re-check failed, or the organisation let its day pass."""
    ensure(act, Permission.CONSEQUENCE_DECIDE, rectification)
    said = needed(words)
    if not may_conclude(rectification, act):
        raise Conflict("rectification_runs")
    rectification.concluded_words, rectification.concluded_by = said, act.actor.person_id
    advance(session, RECTIFICATION, rectification, RectificationMove.CONCLUDE, act)
    _show(session, rectification, act)


def may_conclude(rectification: Rectification, act: Act) -> bool:
    """Whether it is for the official to decide now."""
    if phase_at(rectification, act.at) is RectificationPhase.UNMENDED:
        return True
    clock = clock_of(rectification, act.at)
    return clock is not None and clock.kind in OF_ORGANISATION and clock.is_over(act.at)


def _note(session: Session, finding: Finding, seen: Seen, act: Act) -> None:
    said = needed(seen.words, field=f"words_{finding.number}")
    if not seen.content:
        raise Invalid("recheck_file_missing", field=f"file_{finding.number}", number=finding.number)
    remedy = finding.remedies[-1]
    remedy.file = _stored(session, seen, act, field=f"file_{finding.number}")
    remedy.seen_words, remedy.passed = said, seen.passed


def _stored(session: Session, seen: Seen, act: Act, *, field: str) -> StoredFile:
    """The file; a photo without where, when and with what it was taken."""
    try:
        name, media_type = checked(name=seen.file_name, content=seen.content)
        content = stripped(seen.content, media_type) if media_type in KINDS else seen.content
    except Invalid as error:
        error.field = field
        raise
    return store(session, act, name=name, content=content)


def _show(session: Session, rectification: Rectification, act: Act) -> None:
    """The result goes to the neighbourhoods, whoever raised the needs, the organisation and the purchaser."""
    contract = rectification.evaluation.contract
    told = telling.communities(session, act, contract)
    told |= people.supplier(session, act, rectification.organisation_id)
    told |= people.purchaser(session, act, contract.award.lot.tender)
    facts = {"reference": rectification.reference, "title": contract.award.lot.title}
    outbox.add(session, act, "rectification_shown", rectification, to=told, **facts)


def _tell_failed(session: Session, rectification: Rectification, act: Act) -> None:
    staff = people.supplier(session, act, rectification.organisation_id)
    officials = people.purchaser(session, act, rectification.evaluation.contract.award.lot.tender)
    reference = rectification.reference
    clock = clock_of(rectification, act.at)
    if clock is None:  # failed a second time
        told = staff | officials
        outbox.add(session, act, "rectification_unmended", rectification, to=told, reference=reference)
        return
    facts = {"reference": reference, "day": clock.day}
    outbox.add(session, act, "rectification_failed", rectification, to=staff | officials, **facts)
