"""The page of supervision: every agency of an area with its figures, the gaps, the samples; or one's own."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Act
from models.agencies.agency import Agency
from models.agencies.queries import Wanted, agencies, suspended
from models.paging import EVERYTHING
from models.ratings.queries import Mean, means_of
from models.ratings.rating import Side
from models.scoring.agreement import Figure
from models.supervision.facts import by_agency, finals, twice
from models.supervision.figures import Figures, Gap, agreement, figures, gaps
from models.supervision.sample import RescoreSample
from models.supervision.sampling import samples


@dataclass(frozen=True)
class AgencyRow:
    """An agency with its figures, and what the other sides think of it, from three ratings on."""

    figures: Figures
    ratings: Mean | None
    is_suspended: bool


@dataclass(frozen=True)
class Supervision:
    """All that is known of the evaluators of an area."""

    rows: list[AgencyRow]
    agreement: Figure
    finals: int
    gaps: list[Gap]
    samples: list[RescoreSample]


def overview(session: Session, act: Act) -> Supervision:
    """The evaluators of the actor's area, by name; whoever has finals there is among them."""
    code = act.actor.unit_code
    if not can(act, P.AGENCY_VIEW) or not code:
        return Supervision([], Figure(0), 0, [], [])
    known = finals(session, code, act)
    found = gaps(session, twice(session, known, act))
    listed = {each.organisation_id: each for each in agencies(session, act, Wanted(), paging=EVERYTHING).rows}
    for key in by_agency(known):
        listed.setdefault(key, session.get_one(Agency, key))
    by_name = sorted(listed.values(), key=lambda each: (each.organisation.name, str(each.organisation_id)))
    return Supervision(
        rows=_rows(session, act, [figures(each, known, found) for each in by_name]),
        agreement=agreement([each.twice for each in found]),
        finals=len(known),
        gaps=found,
        samples=samples(session, code),
    )


def of_agency(session: Session, agency: Agency, act: Act) -> tuple[AgencyRow, list[Gap]]:
    """One agency among those of its area, and its own finals that were marked twice."""
    known = finals(session, agency.unit_code, act)
    found = gaps(session, twice(session, known, act))
    (row,) = _rows(session, act, [figures(agency, known, found)])
    return row, [each for each in found if each.twice.first.agency_id == agency.organisation_id]


def _rows(session: Session, act: Act, found: list[Figures]) -> list[AgencyRow]:
    ids: list[UUID] = [each.agency.organisation_id for each in found]
    means = means_of(session, ids, Side.AGENCY, act.at)
    resting = suspended(session, act.at, ids)
    return [AgencyRow(each, means.get(key), key in resting) for key, each in zip(ids, found, strict=True)]
