"""One need as its page shows it: what it is, where it stands, what was promised, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.audit.timeline import Entry, timeline
from models.calendar.clocks import local_date
from models.catalogue.term import TaxonomyTerm
from models.files import StoredFile
from models.needs.assessment import Assessment
from models.needs.completeness import Missing, missing
from models.needs.deliberation_queries import MeetingRow, meetings_of
from models.needs.details import Evidence, NeedTerm
from models.needs.handling_queries import due_of, waiting_since
from models.needs.lifecycle import NEED, NeedMove, phase_at
from models.needs.need import Need, NeedPhase
from models.needs.priority import PriorityIndex, priority_of
from models.needs.writing import may_write
from models.parties.unit import AdministrativeUnit

STEPS_OF_WRITING = frozenset(
    f"need.{verb}"
    for verb in (
        "edit",
        "set_terms",
        "set_indicators",
        "set_evidence",
        "set_raiser",
        "set_resources",
        "set_funding",
        "attach",
        "detach",
    )
)
"""What a draft is made of, step by step: in the trail for auditors, too fine for a page."""


@dataclass(frozen=True)
class NeedPage:
    """Everything on a need's page. The flags are answers of the same `can()` the verbs ask."""

    need: Need
    phase: NeedPhase
    priority: PriorityIndex
    due: datetime | None
    """Until when the office must have answered, while it has the need."""
    meetings: Sequence[MeetingRow]
    merged_into: Need | None
    """The need this one went into, where the actor may see it."""
    route: TaxonomyTerm | None
    """Whose work it is, when it is not an organisation's (X1..X7)."""
    history: Sequence[Entry]
    lacks: tuple[Missing, ...]
    may_write: bool
    may_submit: bool
    may_withdraw: bool
    may_copy: bool
    may_see_evidence: bool
    is_own: bool
    """Of the actor's own area, and in a role that works with it: what is not public may be said."""

    @property
    def last_day(self) -> date | None:
        """The last day on which the office may answer."""
        return local_date(self.due - timedelta(microseconds=1)) if self.due else None

    @property
    def promises(self) -> list[MeetingRow]:
        """The meetings at which something was promised."""
        return [row for row in self.meetings if row.meeting.promise]


def need_page(session: Session, need_id: UUID, act: Act) -> NeedPage | None:
    """The page of a need the actor may see."""
    found = session.execute(
        select(Need, waiting_since(act.at))
        .where(Need.id == need_id)
        .options(
            joinedload(Need.unit).joinedload(AdministrativeUnit.parent),
            joinedload(Need.assessment).selectinload(Assessment.methods),
            selectinload(Need.terms).joinedload(NeedTerm.term),
            selectinload(Need.indicators),
            selectinload(Need.evidence).joinedload(Evidence.file),
            selectinload(Need.raisers),
            selectinload(Need.resources),
            selectinload(Need.funding),
        )
    ).one_or_none()
    if found is None or not can(act, P.NEED_VIEW, found[0]):
        return None
    need, since = found
    phase = phase_at(need, act.at)
    meetings = meetings_of(session, need, act)
    into = session.get(Need, need.merged_into_id) if need.merged_into_id else None
    moves = NEED.open_moves(need, act.at)
    writes = can(act, P.NEED_WRITE, need)
    return NeedPage(
        need=need,
        phase=phase,
        priority=priority_of(need),
        due=due_of(need, phase, since),
        meetings=meetings,
        merged_into=into if into is not None and can(act, P.NEED_VIEW, into) else None,
        route=session.get(TaxonomyTerm, need.route_code) if need.route_code else None,
        history=timeline(session, need, *(row.meeting for row in meetings), without=STEPS_OF_WRITING),
        lacks=missing(need),
        may_write=may_write(need, act),
        may_submit=writes and NeedMove.SUBMIT in moves,
        may_withdraw=writes and NeedMove.WITHDRAW in moves,
        may_copy=writes,
        may_see_evidence=can(act, P.NEED_EVIDENCE, need),
        is_own=can(act, P.NEED_EVIDENCE, need),
    )


def evidence_file(session: Session, need: Need, evidence_id: UUID, act: Act) -> StoredFile | None:
    """A file attached to a need, for those who may read its evidence."""
    row = session.get(Evidence, evidence_id)
    if row is None or row.need_id != need.id or not can(act, P.NEED_EVIDENCE, need):
        return None
    return row.file
