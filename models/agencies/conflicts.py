"""Which agencies may not evaluate a contract, as the data show it (R53, R54, R77, R84).

A name that stands in the registers of both sides bars: a namesake's too, since nobody is harmed by not being
drawn. Kinship, and what no register holds, is asked of the agency that was drawn.
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment
from models.agencies.ground import Conflict, Ground
from models.agencies.people import evaluators_of
from models.agencies.rotating import too_long_in_street, too_many_in_a_row
from models.agencies.suspension import AgencySuspension
from models.agencies.tie import AgencyTie
from models.calendar.clocks import local_date
from models.contracts.contract import Contract
from models.panels.bidders import partners
from models.panels.eligibility import three_years_before, within_years
from models.parties.dealing import dealings_between
from models.parties.organisation import BoardMember, StaffMember
from models.parties.person import Membership
from models.wording import normalised


class Bars:
    """What bars agencies from a contract, at the instant of an act."""

    def __init__(self, session: Session, contract: Contract, act: Act) -> None:
        self._session, self._contract, self._act = session, contract, act
        self._day = local_date(act.at)
        bid = contract.award.bid
        self.parties = frozenset({bid.bid.organisation_id, *partners(bid)})

    def of(self, agency: Agency) -> list[Conflict]:
        """Everything that keeps an agency out of the draw, each once."""
        return list(dict.fromkeys([*self.interests(agency.organisation_id), *self._standing(agency)]))

    def interests(self, agency_id: UUID) -> list[Conflict]:
        """Conflicts of interest alone (R53, R54): these bar whoever was drawn as well."""
        found = (*self._roles(agency_id), *self._ties(agency_id), *self._people(agency_id))
        return list(dict.fromkeys(found))

    def _roles(self, agency_id: UUID) -> Iterator[Conflict]:
        tender = self._contract.award.lot.tender
        if agency_id in self.parties:
            yield Conflict(Ground.PARTY)
        if tender.author_organisation_id == agency_id:
            yield Conflict(Ground.NEEDS_ASSESSMENT, tender.reference)
        for part in self._contract.award.lot.needs:
            assessment = part.need.assessment
            if assessment is not None and assessment.assessor_id == agency_id:
                yield Conflict(Ground.NEEDS_ASSESSMENT, assessment.reference)

    def _ties(self, agency_id: UUID) -> Iterator[Conflict]:
        ties = select(AgencyTie).where(
            AgencyTie.agency_id == agency_id, AgencyTie.organisation_id.in_(self.parties)
        )
        for tie in self._session.scalars(ties.order_by(AgencyTie.declared_at, AgencyTie.kind, AgencyTie.id)):
            if tie.counts(self._day):
                yield Conflict(tie.kind, tie.ended_on.isoformat() if tie.ended_on else "")
        since = three_years_before(self._day)
        for dealing in dealings_between(self._session, agency_id, self.parties, since):
            yield Conflict(Ground.DEALING, dealing.source)

    def _people(self, agency_id: UUID) -> Iterator[Conflict]:
        others = self.parties - {agency_id}
        ours, theirs = self._names([agency_id]), self._names(others)
        if ours[BoardMember] & theirs[BoardMember]:
            yield Conflict(Ground.BOARD)
        crossed = ours[StaffMember] & (theirs[StaffMember] | theirs[BoardMember])
        crossed |= ours[BoardMember] & theirs[StaffMember]
        if crossed or self._held([agency_id]) & self._held(others):
            yield Conflict(Ground.EMPLOYMENT)

    def _standing(self, agency: Agency) -> Iterator[Conflict]:
        """Whether it may be drawn at all, and whether it is another's turn."""
        for kind in agency.lacks(self._day):
            yield Conflict(Ground.UNQUALIFIED, kind.value)
        for flag in agency.organisation.flags_at(self._day):
            yield Conflict(Ground.ON_LIST, flag.value)
        if not evaluators_of(self._session, self._act, agency.organisation_id):
            yield Conflict(Ground.UNREACHABLE)
        for suspension in self._suspensions(agency):
            yield Conflict(Ground.SUSPENDED, local_date(suspension.until_at).isoformat())
        mine = select(Assignment.id).where(
            Assignment.contract_id == self._contract.id, Assignment.agency_id == agency.organisation_id
        )
        if self._session.scalar(mine.limit(1)) is not None:
            yield Conflict(Ground.ASSIGNED)
        for source in too_many_in_a_row(self._session, agency, self._contract, self._day):
            yield Conflict(Ground.CONSECUTIVE, source)
        for source in too_long_in_street(self._session, agency, self._contract, self._day):
            yield Conflict(Ground.STREET, source)

    def _suspensions(self, agency: Agency) -> list[AgencySuspension]:
        query = select(AgencySuspension).where(AgencySuspension.agency_id == agency.organisation_id)
        found = self._session.scalars(query.order_by(AgencySuspension.made_at, AgencySuspension.id))
        return [each for each in found if each.holds(self._act.at)]

    def _names(self, organisations: Collection[UUID]) -> dict[type, set[str]]:
        found: dict[type, set[str]] = {}
        for table in (StaffMember, BoardMember):
            query = select(table.name).where(table.organisation_id.in_(organisations))
            found[table] = {normalised(name) for name in self._session.scalars(query)}
        return found

    def _held(self, organisations: Collection[UUID]) -> set[UUID]:
        """Who works or has worked for them, within the three years of R53."""
        held = Membership.organisation_id.in_(organisations)
        query = select(Membership.person_id, Membership.ended_at).where(held)
        return {
            person
            for person, ended in self._session.execute(query)
            if ended is None or within_years(local_date(ended), self._day)
        }


def conflicts(session: Session, agency_id: UUID, contract: Contract, act: Act) -> list[Conflict]:
    """Everything that keeps an agency out of a contract's draw; nothing for one that is free."""
    return Bars(session, contract, act).of(session.get_one(Agency, agency_id))
