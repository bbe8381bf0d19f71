"""A need that was sent back waits anew from the day it is handed in again."""

from datetime import timedelta

from sqlalchemy.orm import Session

from models.act import Act
from models.needs import handling, operations
from models.needs.handling_queries import Wanted, queue
from models.needs.need import NeedPhase, ReturnReason
from tests.factories import needs
from tests.factories.parties import NOON


def test_a_need_handed_in_again_is_not_late_for_what_was_before(session: Session) -> None:
    worker, official = needs.worker(session), needs.official(session)
    need = needs.need(session, NeedPhase.DELIBERATING, by=worker)
    then = Act(official.actor, NOON - timedelta(days=2), "test")
    handling.return_(session, need, then, reason=ReturnReason.UNCLEAR, words="请补充人数。")
    operations.submit(session, need, Act(worker.actor, NOON - timedelta(hours=1), "test"))
    (row,) = queue(session, Act(official.actor, NOON, "test"), Wanted()).rows
    assert row.phase is NeedPhase.DELIBERATING
    assert row.since == NOON - timedelta(hours=1)
    assert not row.is_overdue
