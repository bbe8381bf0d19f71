"""The calendar of an area: every clock that runs there, by its day, and none of elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import local_date
from models.clocks.agenda import Entry, agenda
from models.clocks.reminder import ReminderKind
from models.errors import NotFound
from models.evaluations.evaluation import EvaluationPhase
from models.rulebook.stages import Stage
from tests.factories import contracts, evaluations, parties, rectifications, tenders
from tests.factories.parties import NOON

DAY = timedelta(days=1)


def of(session: Session, act: Act, about: object) -> list[Entry]:
    """What the calendar says of one record."""
    return [each for each in agenda(session, act) if each.about is about]


def test_a_tender_is_opened_at_its_deadline(session: Session) -> None:
    tender = tenders.tender(session)
    assert tender.bids_until is not None
    (entry,) = of(session, contracts.official(session, NOON), tender)
    assert (entry.kind, entry.day) == (ReminderKind.OPENING_DUE, local_date(tender.bids_until))
    assert not entry.is_overdue
    late = contracts.official(session, tender.bids_until + DAY)
    assert of(session, late, tender)[0].is_overdue


def test_a_stage_waits_for_its_draft_and_a_draft_for_its_answer(session: Session) -> None:
    act = contracts.official(session, NOON)
    started = evaluations.evaluation(session, Stage.MIDTERM, EvaluationPhase.STARTED)
    drafted = evaluations.evaluation(session, Stage.FINAL, EvaluationPhase.DRAFTED)
    (first,), (second,) = of(session, act, started), of(session, act, drafted)
    assert (first.kind, first.day) == (ReminderKind.EVALUATION_DUE, started.due_until)
    assert (second.kind, second.rule) == (ReminderKind.ANSWER_DUE, "R37")


def test_a_plan_is_due_and_the_steps_are_in_order(session: Session) -> None:
    made = rectifications.issued(session)
    found = agenda(session, contracts.official(session, NOON))
    assert [each.kind for each in found if each.about is made] == [ReminderKind.PLAN_DUE]
    assert [each.day for each in found] == sorted(each.day for each in found)


def test_clocks_of_elsewhere_are_not_told(session: Session) -> None:
    tender = tenders.tender(session)
    act = contracts.official(session, NOON)
    elsewhere = replace(act, actor=replace(act.actor, unit_code=parties.OTHER_STREET))
    assert of(session, act, tender)
    assert not of(session, elsewhere, tender)
    with pytest.raises(NotFound):
        agenda(session, parties.act_as(session, Role.COMMUNITY_WORKER, at=NOON))
