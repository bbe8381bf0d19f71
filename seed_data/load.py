"""Load the district: read the workbooks, put every act in its order in time, feed each to its verb.

Nothing is written around the verbs of models. It is one transaction: a row that is refused leaves nothing.
"""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from tqdm import tqdm

from models.audit.event import AuditEvent
from models.catalogue.taxonomy import load_taxonomy
from models.errors import DomainError
from models.parties.unit import AdministrativeUnit
from models.session import make_sessions, transaction
from seed_data import catalogue, matches, meetings, needs, parties
from seed_data.replay import District, Step
from seed_data.workbooks import FOLDER, Books, RowError, read, shift_for

DISTRICT = "310190"


class AlreadyLoaded(Exception):
    """The database has the district already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The database already has {name} ({DISTRICT}); load into an empty one.")


def load(
    target: Engine | sessionmaker[Session],
    *,
    progress: bool = True,
    today: date | None = None,
    folder: Path = FOLDER,
) -> dict[str, int]:
    """Load the whole district into a migrated database and say how much there is of everything.

    `today` moves the story by whole weeks so that it ends in the week before; without it the workbooks' own
    days are taken. Raises AlreadyLoaded, or RowError naming workbook, sheet and row.
    """
    books = read(folder, shift=shift_for(today))
    sessions = make_sessions(target) if isinstance(target, Engine) else target
    with sessions() as session, transaction(session):
        standing = session.get(AdministrativeUnit, DISTRICT)
        if standing is not None:
            raise AlreadyLoaded(standing.name)
        district = District(session)
        story = in_order(books)
        load_taxonomy(session, district.by_system(story[0].at))
        for step in tqdm(story, desc="seed", unit="act", disable=not progress):
            _take(district, step)
        return _counts(district)


def in_order(books: Books) -> list[Step]:
    """Every act of the story by its instant; at the same instant, in the order of the workbooks."""
    subjects = (parties, catalogue, meetings, needs, matches)
    return sorted((step for subject in subjects for step in subject.steps(books)), key=lambda step: step.at)


def _take(district: District, step: Step) -> None:
    try:
        step.do(district, step.row, step.at)
    except DomainError as error:
        raise RowError(step.row, error) from error


def _counts(district: District) -> dict[str, int]:
    session = district.session
    return {
        "units": session.scalar(select(func.count()).select_from(AdministrativeUnit)) or 0,
        "people": len(district.actors),
        "organisations": len(district.organisations),
        "services": len(district.services),
        "assessments": len(district.assessments),
        "needs": len(district.needs),
        "meetings": len(district.meetings),
        "runs": len(district.runs),
        "reviews_left_out": len(district.left_out),
        "audit_events": session.scalar(select(func.count()).select_from(AuditEvent)) or 0,
    }
