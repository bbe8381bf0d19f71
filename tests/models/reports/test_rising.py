"""Warnings of a trend: counts of two stretches of the same length, side by side."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.contracts.challenge import Challenge, ChallengeStage, Complaint
from models.errors import NotAllowed
from models.needs.need import ClosedReason, Need, NeedPhase
from models.rectifications.escalation import Escalation, StepKind
from models.reports.period import Period
from models.reports.rising import RiseKind, Rises, before, rises, usual_period
from tests.factories import evaluations, needs, parties, tenders
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NOON, OTHER_STREET, STREET

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 10))
BEFORE = Period(date(2026, 10, 22), date(2026, 10, 31))
INSTANT = timedelta(microseconds=1)


def official(session: Session, role: Role = Role.DISTRICT_OFFICIAL) -> Act:
    return parties.act_as(session, role, at=NOON)


def found(session: Session, role: Role = Role.DISTRICT_OFFICIAL) -> Rises:
    return rises(session, PERIOD, official(session, role))


def handed_in(session: Session, *at: datetime, unit: str = NEIGHBOURHOOD, code: str = "EL-01") -> list[Need]:
    """A need handed in at each of these instants."""
    made = [needs.need(session, NeedPhase.SUBMITTED, unit=unit, codes=[code]) for _each in at]
    for need, then in zip(made, at, strict=True):
        session.execute(update(Need).where(Need.id == need.id).values(submitted_at=then))
    session.expire_all()
    return made


def running(session: Session) -> None:
    """Needs came in long before both stretches."""
    handed_in(session, NOON - timedelta(days=300), code="DM-01")


def test_the_stretch_before_is_as_long_and_ends_where_the_other_begins() -> None:
    assert before(PERIOD) == BEFORE
    assert BEFORE.ends_at == PERIOD.begins_at
    usual = usual_period(NOON)
    assert (usual.first, usual.last) == (date(2026, 8, 22), date(2026, 11, 19))


def test_needs_of_a_code_and_a_street_that_rise_are_told_with_what_they_are(session: Session) -> None:
    running(session)
    made = handed_in(session, *[PERIOD.begins_at] * 6)
    handed_in(session, *[PERIOD.begins_at] * 5, unit=ELSEWHERE)
    (rise,) = found(session).warnings
    assert (rise.kind, rise.now, rise.before) == (RiseKind.NEEDS, 6, 0)
    assert (rise.place.code, rise.term.code) == (STREET, "EL-01")
    assert {each.id for each in rise.needs} == {each.id for each in made}
    assert found(session).compared == 1


def test_the_edges_of_both_stretches(session: Session) -> None:
    running(session)
    handed_in(session, *[PERIOD.begins_at] * 9, PERIOD.ends_at - INSTANT, PERIOD.ends_at)
    handed_in(session, BEFORE.begins_at, BEFORE.begins_at - INSTANT)
    (rise,) = found(session).warnings
    assert (rise.now, rise.before) == (10, 1)


def test_what_has_only_begun_does_not_rise(session: Session) -> None:
    handed_in(session, *[PERIOD.begins_at] * 9)
    assert found(session) == Rises(PERIOD, 0, [])
    handed_in(session, BEFORE.begins_at)
    assert not found(session).warnings
    handed_in(session, BEFORE.begins_at - INSTANT)
    assert found(session).warnings


def test_what_was_withdrawn_is_not_counted(session: Session) -> None:
    running(session)
    made = handed_in(session, *[PERIOD.begins_at] * 6)
    gone = {"closed_at": NOON, "closed_reason": ClosedReason.WITHDRAWN}
    session.execute(update(Need).where(Need.id == made[0].id).values(**gone))
    assert found(session).compared == 0


def test_another_street_is_nobody_elses_warning(session: Session) -> None:
    handed_in(session, NOON - timedelta(days=300), unit=ELSEWHERE)
    running(session)
    handed_in(session, *[PERIOD.begins_at] * 6, unit=ELSEWHERE)
    (rise,) = found(session).warnings
    assert rise.place.code == OTHER_STREET
    assert not found(session, Role.STREET_OFFICIAL).warnings
    with pytest.raises(NotAllowed):
        found(session, Role.COMMUNITY_WORKER)


def test_steps_that_went_overdue_are_counted_by_the_day_they_were_told(session: Session) -> None:
    running(session)
    made = evaluations.final(session)
    for kind in StepKind:
        step = Escalation(evaluation_id=made.id, kind=kind, due_on=PERIOD.first)
        step.escalated_at = start_of(PERIOD.last)
        session.add(step)
    session.flush()
    (rise,) = found(session).warnings
    assert (rise.kind, rise.now, rise.before) == (RiseKind.OVERDUE, 7, 0)


def test_challenges_and_complaints_are_compared_each_for_itself(session: Session) -> None:
    running(session)
    tender = tenders.tender(session)
    bidder = parties.organisation(session)
    for number in range(6):
        challenge = Challenge(
            reference=f"ZY-2026-{number:04d}",
            tender=tender,
            organisation=bidder,
            stage=ChallengeStage.DOCUMENTS,
            points="评分标准没有量化。",
            remedy="请修改。",
            filed_at=PERIOD.begins_at,
        )
        session.add_all(
            [challenge, Complaint(challenge=challenge, filed_at=PERIOD.begins_at, words="不满意。")]
        )
    session.flush()
    assert {rise.kind: rise.now for rise in found(session).warnings} == {
        RiseKind.CHALLENGES: 6,
        RiseKind.COMPLAINTS: 6,
    }
