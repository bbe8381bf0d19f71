"""The declaration of the agency that was drawn: every ground is a question, and the data are asked as well.

Whoever says yes to one, or is tied by the data, stands aside at once, and the next in the order is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act
from models.agencies.assignment import AgencyBarred, Assignment, AssignmentAnswer
from models.agencies.conflicts import Bars
from models.agencies.drawing import fill
from models.agencies.ground import ASKED, Ground
from models.agencies.tie import AgencyTie
from models.audit.record import record
from models.contracts.locking import hold
from models.contracts.words import LONGEST, needed
from models.errors import Conflict, Invalid
from models.wording import bounded


@dataclass(frozen=True)
class Answer:
    """The answer to one question; a yes says what it is."""

    ground: Ground
    is_yes: bool
    words: str = ""


def declare(session: Session, assignment: Assignment, act: Act, *, answers: Sequence[Answer]) -> None:
    """Answer every question about the contractor and its consortium (R53); a yes stands aside."""
    ensure(act, Permission.ASSIGNMENT_DECLARE, assignment)
    _hold(session, assignment)
    if not assignment.is_live:
        raise Conflict("assignment_recused")
    if assignment.declared_at is not None:
        raise Conflict("assignment_declared")
    said = {each.ground: each for each in answers}
    if set(said) != set(ASKED):
        raise Invalid("declaration_incomplete")
    for position, ground in enumerate(ASKED):
        assignment.answers.append(_kept(said[ground], position))
    assignment.declared_at, assignment.declared_by = act.at, act.actor.person_id
    yes = [each for each in assignment.answers if each.is_yes]
    record(session, act, "assignment.declare", assignment, yes=[each.ground for each in yes])
    for each in yes:
        session.add(_tie(assignment, each.ground, act))
    found = Bars(session, assignment.contract, act).interests(assignment.agency_id)
    if found:
        for bar in found:
            barred = AgencyBarred(agency=assignment.agency, kind=bar.kind, source=bar.source, at=act.at)
            assignment.draw.barred.append(barred)
        _stand_aside(session, assignment, act, words="\n".join(each.words for each in yes)[:LONGEST])


def recuse(session: Session, assignment: Assignment, act: Act, *, words: str) -> None:
    """Take an assignment from an agency, with reasons: itself, or an official; the next is drawn."""
    if not can(act, Permission.ASSIGNMENT_DECLARE, assignment):
        ensure(act, Permission.EVALUATION_PLAN, assignment)
    _hold(session, assignment)
    if not assignment.is_live:
        raise Conflict("assignment_recused")
    _stand_aside(session, assignment, act, words=needed(words))


def _hold(session: Session, assignment: Assignment) -> None:
    """One hand at a time on a contract's draw, and then on the assignment."""
    hold(session, assignment.contract)
    hold(session, assignment)


def _kept(answer: Answer, position: int) -> AssignmentAnswer:
    field = f"{answer.ground}_words"
    words = bounded(answer.words, LONGEST, field=field)
    if answer.is_yes and not words:
        raise Invalid("answer_without_words", field=field, ground=answer.ground)
    return AssignmentAnswer(
        ground=answer.ground, position=position, is_yes=answer.is_yes, words=words if answer.is_yes else ""
    )


def _tie(assignment: Assignment, ground: Ground, act: Act) -> AgencyTie:
    """What was said about one contractor holds for its other projects as well."""
    return AgencyTie(
        agency=assignment.agency,
        organisation_id=assignment.contract.organisation_id,
        kind=ground,
        declared_at=act.at,
    )


def _stand_aside(session: Session, assignment: Assignment, act: Act, *, words: str) -> None:
    assignment.recused_at, assignment.recused_words = act.at, words
    record(session, act, "assignment.recuse", assignment)
    fill(session, assignment.draw, act)
