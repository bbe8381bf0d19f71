"""A rectification as its page and its list show it, with answers of the same `can()` the verbs ask."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.evaluations.indicator_sets import indicators_of
from models.paging import FIRST_PAGE, Paging
from models.rectifications.checking import may_conclude
from models.rectifications.clocks import Clock, clock_of
from models.rectifications.consequence import Consequence
from models.rectifications.lifecycle import RECTIFICATION, RectificationMove, phase_at
from models.rectifications.mending import to_mend
from models.rectifications.queries import consequences_of, rectifications
from models.rectifications.rectification import Finding, Rectification, RectificationPhase
from models.scoring.indicators import Item
from models.wording import normalised, search_words


@dataclass(frozen=True)
class Inside:
    """A rectification as if its result were not shown: for those who are concerned, not the public."""

    unit_code: str
    organisation_id: UUID
    agency_id: UUID | None
    is_public: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    rectification: Rectification
    phase: RectificationPhase
    clock: Clock | None
    is_overdue: bool
    open: int
    """Findings that have not passed a re-check."""


@dataclass(frozen=True)
class Page:
    """Everything on a rectification's page."""

    row: Row
    items: dict[str, Item]
    consequences: list[Consequence]
    is_inside: bool
    may_plan: bool
    may_report: bool
    may_check: bool
    may_conclude: bool
    may_decide: bool


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    phase: RectificationPhase | None = None
    words: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Board:
    """A page of the list; the counts are of all that was found."""

    rows: list[Row]
    count: int
    overdue: int
    findings: int
    open: int


def board(session: Session, act: Act, wanted: Wanted = Wanted(), *, paging: Paging = FIRST_PAGE) -> Board:
    """The rectifications that concern the act, what is due first standing first."""
    found = [row for each in rectifications(session, act) if _fits(row := row_of(each, act), wanted)]
    found.sort(key=lambda row: row.clock.day if row.clock else date.max)
    size = paging.size or len(found)
    first = (max(paging.page, 1) - 1) * size
    return Board(
        rows=found[first : first + size],
        count=len(found),
        overdue=sum(row.is_overdue for row in found),
        findings=sum(len(row.rectification.findings) for row in found),
        open=sum(row.open for row in found),
    )


def row_of(rectification: Rectification, act: Act) -> Row:
    """A rectification with its clock."""
    clock = clock_of(rectification, act.at)
    return Row(
        rectification=rectification,
        phase=phase_at(rectification, act.at),
        clock=clock,
        is_overdue=clock is not None and clock.is_over(act.at),
        open=len(to_mend(rectification)),
    )


def page(session: Session, rectification: Rectification, act: Act) -> Page:
    """The page of a rectification the act may see."""
    moves = set(RECTIFICATION.open_moves(rectification, act.at))
    plans, checks = (
        can(act, P.RECTIFICATION_PLAN, rectification),
        can(act, P.RECTIFICATION_CHECK, rectification),
    )
    decides = can(act, P.CONSEQUENCE_DECIDE, rectification)
    return Page(
        row=row_of(rectification, act),
        items={item.code: item for item in indicators_of(rectification.evaluation.indicator_set).items},
        consequences=consequences_of(session, rectification.evaluation, act),
        is_inside=can(act, P.RECTIFICATION_VIEW, inside(rectification)),
        may_plan=plans and bool(moves & {RectificationMove.PLAN, RectificationMove.REPLAN}),
        may_report=plans and bool(moves & {RectificationMove.REPORT, RectificationMove.REPORT_AGAIN}),
        may_check=checks and RectificationMove.MEND in moves,
        may_conclude=decides and may_conclude(rectification, act),
        may_decide=decides,
    )


def inside(rectification: Rectification) -> Inside:
    """What of it the public never sees, as the policy looks at it."""
    return Inside(rectification.unit_code, rectification.organisation_id, rectification.agency_id)


def findings_in(rows: list[Row]) -> list[Finding]:
    """The findings of a list, for its workbook."""
    return [finding for row in rows for finding in row.rectification.findings]


def _fits(row: Row, wanted: Wanted) -> bool:
    if wanted.phase is not None and row.phase is not wanted.phase:
        return False
    if wanted.overdue and not row.is_overdue:
        return False
    contract = row.rectification.evaluation.contract
    lot = contract.award.lot
    known = normalised(
        row.rectification.reference,
        contract.reference,
        lot.title,
        lot.tender.title,
        contract.award.bid.bid.organisation.name,
    )
    return all(word in known for word in search_words(wanted.words))
