"""One need in a plan: what the plan says, and every service its newest run found, to force or to forbid."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.act import Act
from models.catalogue.service import Service
from models.matching.operations import latest_run
from models.matching.review import Decision, Review
from models.matching.run import WORTH_A_LOOK, Match
from models.planning.edit import PlanEdit
from models.planning.lifecycle import phase_at
from models.planning.operations import edits_of
from models.planning.plan import PlanLine, PlanPhase
from models.planning.question import live_decision


@dataclass(frozen=True)
class Choice:
    """A service that may be forced or forbidden, with the review of it that holds."""

    match: Match
    decision: Decision | None

    @property
    def is_strong(self) -> bool:
        """Worth a look, or reviewed already."""
        return self.match.score >= WORTH_A_LOOK or self.decision is not None


@dataclass(frozen=True)
class LinePage:
    """A line with its choices, best first, and the edits of its need."""

    line: PlanLine
    phase: PlanPhase
    choices: list[Choice]
    edits: list[PlanEdit]

    @property
    def strong(self) -> list[Choice]:
        """Those worth a look, and whatever people have reviewed."""
        return [each for each in self.choices if each.is_strong]

    @property
    def weak(self) -> list[Choice]:
        """The rest, kept in reach."""
        return [each for each in self.choices if not each.is_strong]


def line_page(session: Session, line: PlanLine, act: Act) -> LinePage:
    """Everything the page of a line shows."""
    run = latest_run(session, line.need_id)
    query = (
        select(Match, Review.decision)
        .outerjoin(Review, live_decision())
        .where(Match.run == run)
        .order_by(Match.score.desc(), Match.id)
        .options(joinedload(Match.service).joinedload(Service.organisation))
    )
    edits = edits_of(session, line.plan)
    return LinePage(
        line=line,
        phase=phase_at(line.plan, act.at),
        choices=[Choice(match, decision) for match, decision in session.execute(query)],
        edits=[
            each
            for each in edits
            if each.need_id == line.need_id and (each.carried or each.dropped_at is None)
        ],
    )
