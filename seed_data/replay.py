"""The district's story as steps in time: who does what, when, by which verb, told in which row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from uuid import UUID

from sqlalchemy.orm import Session

from models.act import Act, Actor, Role
from models.bids.bid import Bid
from models.calendar.clocks import SHANGHAI
from models.catalogue.service import Service
from models.contracts import awarding
from models.contracts.challenge import Challenge
from models.contracts.contract import Contract
from models.matching.engine import Engine
from models.matching.run import MatchRun
from models.needs.assessment import Assessment
from models.needs.deliberation import Deliberation
from models.needs.need import Need
from models.needs.ticket import Ticket
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit
from models.sealing.drafts import DraftKeeper
from models.surveys.survey import Survey
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from seed_data.acting import REQUEST, act_of
from seed_data.workbooks import Row


@dataclass
class District:
    """What has been loaded so far, by the names the workbooks use."""

    session: Session
    keeper: DraftKeeper
    links: bytes = field(repr=False)
    """The key of the links of surveys: the portal's own, so that it can print the sheets."""
    engine: Engine = field(default_factory=Engine)
    actors: dict[str, Actor] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    meetings: dict[str, Deliberation] = field(default_factory=dict)
    runs: dict[str, MatchRun] = field(default_factory=dict)
    left_out: list[Row] = field(default_factory=list)
    tenders: dict[str, Tender] = field(default_factory=dict)
    phrases: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    """What opens each tender, by the login of its holder; the escrow's is under "". In memory alone."""
    bids: dict[str, Bid] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    surveys: dict[str, Survey] = field(default_factory=dict)

    def by(self, row: Row, column: str, at: datetime) -> Act:
        """The act of the person whose login stands in a column."""
        return self.by_login(row.key(column), row, at)

    def by_login(self, login: str, row: Row, at: datetime) -> Act:
        """The act of a person by the login."""
        return act_of(self.actors.get(login) or row.refuse(f"nobody has the login {login}"), row, at)

    def by_staff(self, row: Row, at: datetime) -> Act:
        """The act of somebody who works for the organisation of a row."""
        actor = self.staff.get(row.key("org_id")) or row.refuse(f"nobody acts for {row.text('org_id')}")
        return act_of(actor, row, at)

    def for_supplier(self, contract: Contract, row: Row, at: datetime) -> Act:
        """The act of somebody who works for a contract's supplier."""
        supplier = next(o for o, made in self.organisations.items() if made.id == contract.organisation_id)
        return act_of(self.staff.get(supplier) or row.refuse(f"nobody acts for {supplier}"), row, at)

    def for_agency(self, agency_id: UUID | None, row: Row, at: datetime) -> Act:
        """The act of somebody who evaluates for an agency: the lot decides for which."""
        found = (
            each
            for each in self.actors.values()
            if each.role is Role.EVALUATOR and each.organisation_id == agency_id
        )
        return act_of(next(found, None) or row.refuse("nobody evaluates for the agency"), row, at)

    def by_system(self, at: datetime) -> Act:
        """The machine's own act: what stood before anybody could sign in."""
        return Act.of_system(at, REQUEST)

    def need(self, row: Row, column: str = "need_id") -> Need:
        """The need a row is about."""
        return self.needs.get(row.key(column)) or row.refuse(f"{row.text(column)} is not there yet")

    def ticket(self, row: Row, column: str) -> Ticket:
        """The ticket a row is about."""
        return self.tickets.get(row.key(column)) or row.refuse(f"{row.text(column)} is not there yet")

    def organisation(self, row: Row, column: str = "org_id") -> Organisation:
        """The organisation a row is about."""
        found = self.organisations.get(row.key(column))
        return found or row.refuse(f"{row.text(column)} is not there yet")

    def tender(self, row: Row, column: str = "tender_id") -> Tender:
        """The tender a row is about."""
        return self.tenders.get(row.key(column)) or row.refuse(f"{row.text(column)} is not there yet")

    def lot(self, row: Row, column: str = "tender_id") -> Lot:
        """The lot a row is about; without a number the first."""
        number = row.integer("lot") or 1
        found = [lot for lot in self.tender(row, column).lots if lot.number == number]
        return found[0] if found else row.refuse(f"there is no lot {number}")

    def unit(self, act: Act) -> AdministrativeUnit:
        """The unit somebody works for."""
        return self.session.get_one(AdministrativeUnit, act.actor.unit_code)

    def contract(self, row: Row) -> Contract:
        """The contract a row is about: that of its tender's first lot."""
        award = awarding.standing_award(self.session, self.tender(row).lots[0])
        found = awarding.contract_of(self.session, award) if award else None
        return found or row.refuse("there is no contract")

    def person_id(self, row: Row, column: str) -> UUID:
        """Who has the login of a column."""
        actor = self.actors.get(row.key(column)) or row.refuse(f"nobody has the login {row.text(column)}")
        return actor.person_id or row.refuse(f"{row.text(column)} is nobody")

    def login(self, person_id: UUID | None) -> str:
        """The login of somebody; nobody's is empty."""
        return next((login for login, actor in self.actors.items() if actor.person_id == person_id), "")


@dataclass(frozen=True)
class Step:
    """One act, at its instant; `do` calls the verb."""

    at: datetime
    row: Row
    do: Callable[[District, Row, datetime], object]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI).astimezone(UTC)


def spread(day: date, hour: int, row: Row) -> datetime:
    """An instant within an hour of a day; another minute for another row, as people work."""
    return moment(day, hour, row.number * 7 % 60)
