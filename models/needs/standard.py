"""A need in standard form: title, codes, groups, people, indicators (demand 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Invalid
from models.needs import operations, parts
from models.needs.deliberation import Deliberation, Outcome
from models.needs.details import IndicatorCode
from models.needs.need import Engagement, Need


@dataclass(frozen=True)
class Standard:
    """What an official completes; empty indicators stay as they are.

    `words` is the reason for going on without the support of a meeting.
    """

    title: str
    codes: Sequence[str]
    groups: Sequence[str]
    affected_people: int | None
    indicators: Mapping[IndicatorCode, int] = field(default_factory=dict)
    notes: Mapping[IndicatorCode, str] = field(default_factory=dict)
    engagement: Engagement | None = None
    words: str = ""


def fill(session: Session, need: Need, standard: Standard, act: Act) -> None:
    """Put the standard form into the need, or raise Invalid for what is missing."""
    if not standard.title.strip():
        raise Invalid("title_missing", field="title")
    if not standard.codes:
        raise Invalid("codes_missing", field="codes")
    if not standard.groups:
        raise Invalid("groups_missing", field="groups")
    if standard.affected_people is None:
        raise Invalid("people_missing", field="affected_people")
    if not need.evidence and need.assessment_id is None:
        raise Invalid("evidence_missing", field="indicators")
    operations.edit(
        session,
        need,
        act,
        title=standard.title,
        affected_people=standard.affected_people,
        engagement=standard.engagement or need.engagement,
    )
    parts.set_terms(session, need, act, codes=standard.codes, groups=standard.groups)
    if standard.indicators:
        parts.set_indicators(session, need, act, values=standard.indicators, notes=standard.notes)


def support_for(session: Session, need: Need, act: Act) -> str | None:
    """Why a need in deliberation cannot go on yet, as a refusal's code; None when a meeting backs it."""
    held = Deliberation.held_at <= act.at
    mine = Deliberation.need_id == need.id
    last = (
        select(Deliberation.outcome)
        .where(mine, held, Deliberation.cancelled_at.is_(None))
        .order_by(Deliberation.scheduled_at.desc(), Deliberation.id)
    )
    outcome = session.scalar(last.limit(1))
    if outcome is None:
        return "meeting_missing"
    return "meeting_not_supported" if outcome is Outcome.NOT_SUPPORTED else None
