"""Issuing what an evaluation found, within 5 working days of its final report; or that it found nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.agencies.queries import ensure_free
from models.audit.record import record
from models.contracts import people
from models.contracts.locking import hold
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.evaluations.evaluation import Evaluation
from models.lifecycle import advance
from models.rectifications.clocks import clock_of
from models.rectifications.lifecycle import RECTIFICATION, RectificationMove
from models.rectifications.rectification import Finding, Rectification, Severity
from models.reference import next_reference
from models.wording import bounded

PREFIX = "ZG"
MOST = 30
CODE_LENGTH = 20


@dataclass(frozen=True)
class Found:
    """One thing the evaluator found wrong; the code is the item's of the sheet, empty for what has none."""

    words: str
    severity: Severity
    item_code: str = ""


def issue(
    session: Session, evaluation: Evaluation, act: Act, *, found: Sequence[Found], words: str = ""
) -> Rectification:
    """Give the organisation its list of findings, once; its clock for the plan begins."""
    if not found:
        raise Invalid("findings_missing")
    if len(found) > MOST:
        raise Invalid("findings_too_many", most=MOST)
    made = _made(session, evaluation, act, bounded(words, LONGEST, field="words"))
    made.findings = [
        Finding(
            number=number,
            item_code=bounded(each.item_code, CODE_LENGTH, field="item_code"),
            severity=each.severity,
            words=needed(each.words),
        )
        for number, each in enumerate(found, 1)
    ]
    session.flush()  # the audit event needs them stored
    record(session, act, "rectification.issue", made, findings=len(made.findings))
    clock = clock_of(made, act.at)
    assert clock is not None  # noqa: S101  # for the type checker: it has just been issued
    staff = people.supplier(session, act, made.organisation_id)
    facts = {"reference": made.reference, "count": len(found), "day": clock.day}
    outbox.add(session, act, "findings_issued", made, to=staff, **facts)
    return made


def clear(session: Session, evaluation: Evaluation, act: Act, *, words: str) -> Rectification:
    """Say that there is nothing to mend, with words; everybody may read that."""
    made = _made(session, evaluation, act, needed(words))
    session.flush()  # a move needs the row
    advance(session, RECTIFICATION, made, RectificationMove.CLEAR, act)
    staff = people.supplier(session, act, made.organisation_id)
    outbox.add(session, act, "nothing_to_mend", made, to=staff, reference=made.reference)
    return made


def _made(session: Session, evaluation: Evaluation, act: Act, words: str) -> Rectification:
    ensure(act, Permission.FINDING_ISSUE, evaluation)
    ensure_free(session, evaluation.contract, act)
    hold(session, evaluation)  # the second of two clicks finds the first one's
    if evaluation.finalised_at is None or evaluation.finalised_at > act.at:
        raise Conflict("evaluation_not_final")
    if session.scalar(select(Rectification.id).where(Rectification.evaluation_id == evaluation.id)):
        raise Conflict("findings_issued_before")
    made = Rectification(
        reference=next_reference(session, PREFIX, act.at),
        evaluation=evaluation,
        words=words,
        issued_at=act.at,
        issued_by=act.actor.person_id,
    )
    session.add(made)
    return made
