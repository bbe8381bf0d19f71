"""The record page of an organisation: every code with its arithmetic, and what does not count yet."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import Act
from models.calendar.clocks import local_date
from models.catalogue.term import TaxonomyTerm
from models.parties.organisation import Organisation
from models.records.book import book_of, morning_of
from models.records.outcome import Outcome
from models.records.reading import outcomes
from models.scoring.record import Counted, Parameters, Record
from models.scoring.recording import STANDARD


@dataclass(frozen=True)
class Line:
    """A mark as it counts, with the result it comes from."""

    counted: Counted
    outcome: Outcome

    @property
    def pull(self) -> float:
        """Weight times points: what it adds to the sum."""
        return self.counted.weight * self.counted.counted


@dataclass(frozen=True)
class CodeRecord:
    """The record in one service code."""

    term: TaxonomyTerm
    record: Record
    lines: list[Line]


@dataclass(frozen=True)
class RecordPage:
    """The records of an organisation, the fullest first; `pending` results are told to those they concern."""

    organisation: Organisation
    records: list[CodeRecord]
    pending: list[Outcome]
    parameters: Parameters


def record_page(session: Session, organisation: Organisation, act: Act) -> RecordPage:
    """What everybody may see once nothing is open any more; those it concerns also see what still is."""
    morning = morning_of(act.at)
    found = outcomes(session, morning)
    book = book_of(found, local_date(morning))
    mine = {str(each.evaluation_id): each for each in found if each.organisation_id == organisation.id}
    records = [record for (key, _), record in book.records.items() if key == str(organisation.id)]
    query = select(TaxonomyTerm).where(TaxonomyTerm.code.in_([record.code for record in records]))
    terms = {term.code: term for term in session.scalars(query)}
    return RecordPage(
        organisation=organisation,
        records=[
            CodeRecord(
                term=terms[record.code],
                record=record,
                lines=[Line(line, mine[line.mark.source]) for line in record.lines],
            )
            for record in sorted(records, key=lambda record: (-record.weight, record.code))
        ],
        pending=[each for each in mine.values() if not each.counts and _concerns(act, each)],
        parameters=STANDARD,
    )


def organisation(session: Session, organisation_id: UUID, act: Act) -> Organisation | None:
    """The organisation: its registration and what is settled about it are public."""
    return session.get(Organisation, organisation_id)


def _concerns(act: Act, outcome: Outcome) -> bool:
    """Whether the actor may know what a published result still waits for: those who may read its appeals."""
    return can(act, Permission.CONSEQUENCE_VIEW, outcome)
