"""Who may not sit on a panel, as the data show it: the three years of R53, R54, and the purchaser's own.

A name that stands in a bidder's register of staff or board excludes whoever bears it: a namesake too, since
nobody is harmed by not being drawn. Kinship and what no register holds is asked of each member.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.act import OFFICIALS, Act, Role
from models.calendar.clocks import local_date
from models.panels.bidders import bidders
from models.panels.pool import Expert, ExpertTie, TieKind
from models.parties.organisation import BoardMember, Organisation, StaffMember
from models.parties.person import Person
from models.rulebook.rule import rule
from models.tenders.tender import Tender
from models.wording import normalised

PURCHASERS = OFFICIALS | {Role.COMMUNITY_WORKER}


@dataclass(frozen=True)
class Bond:
    """What ties a person to an organisation."""

    organisation_id: UUID
    kind: TieKind


class Barred:
    """Whom the data bar from the panel of a tender: bidders, and who wrote its specification (R54)."""

    def __init__(self, session: Session, tender: Tender, act: Act) -> None:
        self._session, self._tender, self._act = session, tender, act
        self._day = local_date(act.at)
        found: Sequence[Organisation] = bidders(session, tender)
        author = tender.author_organisation
        self._organisations = {each.id: each for each in (*found, *([author] if author else []))}
        self._named = _named(session, self._organisations)

    def bonds(self, person: Person) -> list[Bond]:
        """What ties the person to a bidder or to the author of the specification, each once."""
        name = normalised(person.name)
        found = {Bond(key, kind) for key, kind, other in self._named if other == name}
        for membership in person.memberships:
            if membership.organisation_id in self._organisations and self._counts(membership.ended_at):
                found.add(Bond(membership.organisation_id, TieKind.EMPLOYMENT))
        expert = self._session.get(Expert, person.id)
        if expert is not None:
            found |= self._declared(expert)
        return sorted(found, key=lambda bond: (str(bond.organisation_id), bond.kind))

    def is_of_purchaser(self, person: Person) -> bool:
        """Whether the person works for the purchaser: in the unit itself or in a place below it."""
        return any(
            held.role in PURCHASERS
            and held.is_open(self._act.at)
            and (held.unit_code or "").startswith(self._tender.unit_code)
            for held in person.memberships
        )

    def _declared(self, expert: Expert) -> set[Bond]:
        employer = normalised(expert.employer)
        works_for = (each for each in self._organisations.values() if normalised(each.name) == employer)
        ties = (tie for tie in expert.ties if tie.organisation_id in self._organisations)
        return {Bond(each.id, TieKind.EMPLOYMENT) for each in works_for} | {
            Bond(tie.organisation_id, tie.kind) for tie in ties if tie_counts(tie, self._day)
        }

    def _counts(self, ended_at: datetime | None) -> bool:
        return ended_at is None or within_years(local_date(ended_at), self._day)


def tie_counts(tie: ExpertTie, day: date) -> bool:
    """Whether a tie bars on a day: it holds, or it ended within three years; kinship does not end (R53)."""
    return tie.kind is TieKind.KINSHIP or tie.ended_on is None or within_years(tie.ended_on, day)


def within_years(ended_on: date, day: date) -> bool:
    """Whether the last day of something lies within the three years before a day (R53)."""
    years = rule("R53").number("years")
    try:
        since = day.replace(year=day.year - years)
    except ValueError:  # 29 February
        since = day.replace(year=day.year - years, day=28)
    return ended_on >= since


def drawable(session: Session, tender: Tender, act: Act) -> list[Expert]:
    """The experts whose area holds the tender's, who may mark and whom nothing bars; by id."""
    day = local_date(act.at)
    areas = [tender.unit_code[:length] for length in range(1, len(tender.unit_code) + 1)]
    query = (
        select(Expert)
        .where(Expert.unit_code.in_(areas), Expert.joined_on <= day)
        .where(Expert.left_on.is_(None) | (Expert.left_on > day))
        .order_by(Expert.person_id)
        .options(
            selectinload(Expert.person).selectinload(Person.memberships),
            selectinload(Expert.ties),
            selectinload(Expert.terms),
        )
    )
    barred = Barred(session, tender, act)
    return [
        expert
        for expert in session.scalars(query)
        if may_sit(expert.person, act)
        and not barred.is_of_purchaser(expert.person)
        and not barred.bonds(expert.person)
    ]


def may_sit(person: Person, act: Act) -> bool:
    """Whether the person can sign in to mark."""
    roles = (held for held in person.memberships if held.role is Role.PANEL_MEMBER)
    return person.disabled_at is None and any(held.is_open(act.at) for held in roles)


def _named(session: Session, organisations: dict[UUID, Organisation]) -> list[tuple[UUID, TieKind, str]]:
    """Names in the registers of organisations."""
    found = []
    for kind, table in ((TieKind.EMPLOYMENT, StaffMember), (TieKind.BOARD, BoardMember)):
        query = select(table.organisation_id, table.name).where(table.organisation_id.in_(organisations))
        found += [(key, kind, normalised(name)) for key, name in session.execute(query)]
    return found
