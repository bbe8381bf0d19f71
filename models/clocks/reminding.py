"""Remind everybody of what is due, each person once for each clock."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.clocks.bidding import bidding_clocks
from models.clocks.clock import Clock
from models.clocks.duties import duties
from models.clocks.evaluating import evaluation_clocks
from models.clocks.mending import mending_clocks
from models.clocks.rating import rating_clocks
from models.clocks.reminder import Reminder


def remind(session: Session, act: Act) -> int:
    """Leave a message for everybody who is to be reminded now and was not yet; how many."""
    ensure(act, Permission.CLOCK_REMIND)
    finds = (bidding_clocks, duties, evaluation_clocks, mending_clocks, rating_clocks)
    return sum(_remind(session, each, act) for find in finds for each in find(session, act))


def _remind(session: Session, clock: Clock, act: Act) -> int:
    told = set(
        session.scalars(
            select(Reminder.person_id).where(
                Reminder.kind == clock.kind,
                Reminder.subject_id == str(clock.subject_id),
                Reminder.due_at == clock.due_at,
            )
        )
    )
    people = clock.people - told
    for person_id in sorted(people, key=str):
        session.add(
            Reminder(
                kind=clock.kind,
                subject_id=str(clock.subject_id),
                due_at=clock.due_at,
                person_id=person_id,
                reminded_at=act.at,
            )
        )
    outbox.add(session, act, clock.kind.value, clock.about, to=people, **clock.facts)
    return len(people)
