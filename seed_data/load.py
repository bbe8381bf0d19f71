"""Load the district: read the workbooks, put every act in its order in time, feed each to its verb.

Nothing is written around the verbs of models. It is one transaction: a row that is refused leaves nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker
from tqdm import tqdm

from models.audit.event import AuditEvent
from models.catalogue.taxonomy import load_taxonomy
from models.errors import DomainError
from models.evaluations.evaluation import Evaluation
from models.parties.unit import AdministrativeUnit
from models.sealing.drafts import DraftKeeper
from models.session import make_sessions, transaction
from seed_data import (
    agencies,
    assigning,
    bidding,
    catalogue,
    challenging,
    contracts,
    evaluating,
    experts,
    frameworks,
    independence,
    marking,
    matches,
    meanwhile,
    meetings,
    mending,
    needs,
    opening,
    panels,
    parties,
    rating,
    recommending,
    rescoring,
    surveying,
    tendering,
    tickets,
    writing,
)
from seed_data.replay import District, Step
from seed_data.workbooks import FOLDER, Books, RowError, read, shift_for

DISTRICT = "310190"


class AlreadyLoaded(Exception):
    """The database has the district already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The database already has {name} ({DISTRICT}); load into an empty one.")


@dataclass(frozen=True)
class WaitingPhrase:
    """A phrase that opens a tender whose envelopes are still shut; the escrow's has no login."""

    reference: str
    title: str
    bids_until: datetime
    login: str
    phrase: str = field(repr=False)


@dataclass(frozen=True)
class Loaded:
    """How much there is of everything, and the phrases, which are in nobody's hands but the caller's."""

    counts: dict[str, int]
    phrases: list[WaitingPhrase] = field(repr=False)


def load(
    target: Engine | sessionmaker[Session],
    *,
    keeper: DraftKeeper,
    links: bytes,
    progress: bool = True,
    today: date | None = None,
    folder: Path = FOLDER,
) -> Loaded:
    """Load the whole district into a migrated database and say how much there is of everything.

    `keeper` hides the drafts of bids and `links` makes the links of surveys: both are the portal's own.
    The phrases of tenders that are not opened yet are given back: they are stored nowhere. `today` moves the
    story by whole weeks so that it ends in the week before; without it the workbooks' own days are taken.
    Raises AlreadyLoaded, or RowError.
    """
    books = read(folder, shift=shift_for(today))
    sessions = make_sessions(target) if isinstance(target, Engine) else target
    with sessions() as session, transaction(session):
        standing = session.get(AdministrativeUnit, DISTRICT)
        if standing is not None:
            raise AlreadyLoaded(standing.name)
        district = District(session, keeper, links)
        story = in_order(books)
        load_taxonomy(session, district.by_system(story[0].at))
        for step in tqdm(story, desc="seed", unit="act", disable=not progress):
            _take(district, step)
        return Loaded(_counts(district), _waiting(district))


def in_order(books: Books) -> list[Step]:
    """Every act of the story by its instant; at the same instant, in the order of the workbooks."""
    subjects = (
        parties,
        independence,
        catalogue,
        tickets,
        meetings,
        writing,
        needs,
        matches,
        recommending,
        experts,
        tendering,
        meanwhile,
        bidding,
        opening,
        panels,
        challenging,
        frameworks,
        contracts,
        agencies,
        assigning,
        surveying,
        evaluating,
        marking,
        rescoring,
        mending,
        rating,
    )
    return sorted((step for subject in subjects for step in subject.steps(books)), key=lambda step: step.at)


def _take(district: District, step: Step) -> None:
    try:
        step.do(district, step.row, step.at)
    except DomainError as error:
        raise RowError(step.row, error) from error


def _waiting(district: District) -> list[WaitingPhrase]:
    """The phrases of what is published and neither opened nor ended, by deadline."""
    found = [
        WaitingPhrase(tender.reference, tender.title, tender.bids_until, login, phrase)
        for key, tender in district.tenders.items()
        if tender.bids_until and not (tender.opened_at or tender.failed_at or tender.cancelled_at)
        for login, phrase in district.phrases.get(key, {}).items()
    ]
    return sorted(found, key=lambda each: (each.bids_until, each.reference, each.login))


def _counts(district: District) -> dict[str, int]:
    session = district.session
    return {
        "units": session.scalar(select(func.count()).select_from(AdministrativeUnit)) or 0,
        "people": len(district.actors),
        "organisations": len(district.organisations),
        "services": len(district.services),
        "assessments": len(district.assessments),
        "needs": len(district.needs),
        "tickets": len(district.tickets),
        "meetings": len(district.meetings),
        "runs": len(district.runs),
        "reviews_left_out": len(district.left_out),
        "tenders": len(district.tenders),
        "bids": len(district.bids),
        "evaluations": session.scalar(select(func.count()).select_from(Evaluation)) or 0,
        "surveys": len(district.surveys),
        "audit_events": session.scalar(select(func.count()).select_from(AuditEvent)) or 0,
    }
