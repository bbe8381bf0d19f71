"""Assessments and meetings, brought where they are by their verbs."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.act import Act
from models.needs import assessing, deliberating
from models.needs.assessment import Assessment, AssessmentMethod
from models.needs.assessment_content import AssessmentContent, Finding
from models.needs.deliberation import Deliberation, MeetingType, Outcome
from models.needs.minutes import Minutes
from models.needs.need import Need, NeedPhase
from tests.factories import needs
from tests.factories.parties import NEIGHBOURHOOD, NOON, place
from tests.support.stages import remembered

FINDINGS = (
    Finding("高龄独居老人吃饭难", "EL-01", 0.42),
    Finding("看病没人陪", "EL-03", 0.21),
    Finding("楼道堆物", "EN-04", 0.12),
)


def content(**changes: Any) -> AssessmentContent:
    """An assessment of a hundred people, with a sample that fits the usual neighbourhood."""
    usual: dict[str, Any] = {
        "title": "澄江一村2026年居民需求调研",
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 9, 30),
        "summary": "入户与问卷结合，老年人吃饭和看病最急。",
        "methods": {AssessmentMethod.QUESTIONNAIRE: 80, AssessmentMethod.HOUSEHOLD_VISIT: 20},
        "respondents": {"age:60_79": 64, "age:80_plus": 16, "sex:female": 55, "sex:male": 45},
        "findings": FINDINGS,
    }
    return AssessmentContent(**{**usual, **changes})


@remembered
def assessment(
    session: Session,
    *,
    unit: str = NEIGHBOURHOOD,
    by: Act | None = None,
    completed: bool = True,
    at: datetime = NOON,
    **changes: Any,
) -> Assessment:
    """An assessment, completed unless told otherwise."""
    place(session)
    act = by or needs.worker(session, unit, at)
    made = assessing.create(session, act, unit_code=unit, content=content(**changes))
    if completed:
        assessing.complete(session, made, act)
    session.flush()
    return made


def minutes(**changes: Any) -> Minutes:
    """The record of a meeting of thirty that supported the need and promised something."""
    usual: dict[str, Any] = {
        "present": 30,
        "outcome": Outcome.SUPPORTED,
        "conclusion": "同意设助餐点，先试三个月。",
        "attendance": {"age:60_79": 18, "age:80_plus": 4, "sex:female": 19},
        "votes_for": 24,
        "votes_against": 2,
        "votes_abstain": 1,
        "promise": "一个月内落实场地",
        "promise_owner": "居委会主任",
        "promise_due_on": date(2026, 12, 31),
    }
    return Minutes(**{**usual, **changes})


@remembered
def meeting(
    session: Session,
    need: Need | None = None,
    *,
    by: Act | None = None,
    held: bool = False,
    at: datetime = NOON,
    meeting_type: MeetingType = MeetingType.HEARING,
    **changes: Any,
) -> Deliberation:
    """A meeting announced at an instant for a week later; held, it is one that was a week before it."""
    about = need or needs.need(session, NeedPhase.DELIBERATING)
    act = by or needs.worker(session, about.unit_code, at)
    announced = Act(act.actor, at - timedelta(days=14) if held else at, "test")
    made = deliberating.announce(
        session,
        about,
        announced,
        meeting_type=meeting_type,
        place="居民区活动室",
        scheduled_at=announced.at + timedelta(days=7),
        agenda="讨论助餐点设在哪里。",
    )
    if held:
        deliberating.hold(session, made, Act(act.actor, at, "test"), minutes=minutes(**changes))
    session.flush()
    return made
