"""What is overdue goes up to the official and the auditor: once, at the instant the day is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import NotAllowed
from models.evaluations.evaluation import Evaluation
from models.outbox import Message
from models.rectifications.clocks import clock_of, findings_until
from models.rectifications.escalating import escalate
from models.rectifications.escalation import StepKind
from models.rectifications.rectification import Rectification
from models.rectifications.todo import overdue
from tests.factories import contracts, parties, rectifications
from tests.factories.parties import NOON, OTHER_STREET

MOMENT = timedelta(microseconds=1)


def messages(session: Session, act: Act, kind: StepKind) -> int:
    mine = (Message.person_id == act.actor.person_id, Message.kind == f"overdue_{kind.value}")
    return len(session.scalars(select(Message).where(*mine)).all())


@pytest.fixture
def official(session: Session) -> Act:
    return contracts.official(session)


@pytest.fixture
def auditor(session: Session) -> Act:
    return parties.act_as(session, Role.AUDITOR)


def test_findings_that_do_not_come_go_up_once(
    session: Session, evaluation: Evaluation, official: Act, auditor: Act
) -> None:
    clock = findings_until(evaluation)
    assert clock is not None
    elsewhere = contracts.official(session, unit=OTHER_STREET)
    assert escalate(session, Act.of_system(clock.ends_at - MOMENT)) == 0
    assert escalate(session, Act.of_system(clock.ends_at)) == 1
    assert escalate(session, Act.of_system(clock.ends_at + timedelta(days=9))) == 0
    assert messages(session, official, StepKind.FINDINGS) == 1
    assert messages(session, auditor, StepKind.FINDINGS) == 1
    assert messages(session, elsewhere, StepKind.FINDINGS) == 0
    with pytest.raises(NotAllowed):
        escalate(session, official)


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ("", StepKind.PLAN),
        ("p", StepKind.MENDING),
        ("pd", StepKind.RECHECK),
        ("pdf", StepKind.SECOND_PLAN),
        ("pdfp", StepKind.SECOND_MENDING),
        ("pdfpd", StepKind.SECOND_RECHECK),
    ],
)
def test_every_step_goes_up_when_its_day_is_over(
    session: Session, evaluation: Evaluation, official: Act, auditor: Act, steps: str, kind: StepKind
) -> None:
    made: Rectification = rectifications.until(session, rectifications.issued(session, evaluation), steps)
    clock = clock_of(made, NOON + timedelta(days=len(steps)))
    assert clock is not None
    assert clock.kind is kind
    assert overdue(session, Act(official.actor, clock.ends_at - MOMENT)) == []
    assert escalate(session, Act.of_system(clock.ends_at - MOMENT)) == 0
    assert escalate(session, Act.of_system(clock.ends_at)) == 1
    assert escalate(session, Act.of_system(clock.ends_at)) == 0
    for act in (official, auditor):
        assert messages(session, act, kind) == 1
        (task,) = overdue(session, Act(act.actor, clock.ends_at))
        assert (task.clock, task.evaluation) == (clock, evaluation)


@pytest.mark.parametrize("steps", ["pdm", "pdfpdf"])
def test_what_is_over_or_with_the_official_is_not_overdue(
    session: Session, evaluation: Evaluation, steps: str
) -> None:
    rectifications.until(session, rectifications.issued(session, evaluation), steps)
    assert escalate(session, Act.of_system(NOON + timedelta(days=400))) == 0
