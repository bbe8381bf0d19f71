"""Who may not sit on a panel, as the data show it: the three years of R53, R54, and the purchaser's own.

A name that stands in a bidder's register of staff or board excludes whoever bears it: a namesake too, since
nobody is harmed by not being drawn. Whoever works for an organisation, or sits on its board, is tied to the
bidders it has dealt with in the three years. Kinship and what no register holds is asked of each member.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.act import OFFICIALS, Act, Role
from models.calendar.clocks import local_date
from models.panels.bidders import bidders
from models.panels.current import sat_before
from models.panels.pool import Expert, ExpertTie, TieKind
from models.parties.dealing import dealings_of
from models.parties.organisation import BoardMember, Organisation, StaffMember
from models.parties.person import Person
from models.rulebook.rule import rule
from models.tenders.tender import Tender
from models.wording import normalised

PURCHASERS = OFFICIALS | {Role.COMMUNITY_WORKER}
BELONGING = frozenset({TieKind.EMPLOYMENT, TieKind.BOARD, TieKind.CONTROL})
"""Ties by which the dealings of an organisation are a person's own business."""


@dataclass(frozen=True)
class Bond:
    """What ties a person to an organisation."""

    organisation_id: UUID
    kind: TieKind


class Barred:
    """Whom the data bar from the panel of a tender: bidders, who deals with them, who wrote it (R53, R54)."""

    def __init__(self, session: Session, tender: Tender, act: Act) -> None:
        self._session, self._tender, self._act = session, tender, act
        self._day = local_date(act.at)
        found: Sequence[Organisation] = bidders(session, tender)
        author = tender.author_organisation
        self._organisations = {each.id: each for each in (*found, *([author] if author else []))}
        self._dealt = _dealt(session, [each.id for each in found], three_years_before(self._day))
        partners = select(Organisation).where(Organisation.id.in_(self._dealt))
        self._known = self._organisations | {each.id: each for each in session.scalars(partners)}
        self._named = _named(session, self._known)

    def bonds(self, person: Person) -> list[Bond]:
        """What ties the person to a bidder or to the author of the specification, each once."""
        name = normalised(person.name)
        ties = {Bond(key, kind) for key, kind, other in self._named if other == name}
        for membership in person.memberships:
            if membership.organisation_id in self._known and self._counts(membership.ended_at):
                ties.add(Bond(membership.organisation_id, TieKind.EMPLOYMENT))
        expert = self._session.get(Expert, person.id)
        if expert is not None:
            ties |= self._declared(expert)
        found = {tie for tie in ties if tie.organisation_id in self._organisations}
        for tie in ties:
            if tie.kind in BELONGING:
                found |= {Bond(key, TieKind.DEALING) for key in self._dealt.get(tie.organisation_id, ())}
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
        works_for = (each for each in self._known.values() if normalised(each.name) == employer)
        ties = (tie for tie in expert.ties if tie.organisation_id in self._known)
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
    return ended_on >= three_years_before(day)


def three_years_before(day: date) -> date:
    """The first day of the three years before a day (R53)."""
    years = rule("R53").number("years")
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def drawable(session: Session, tender: Tender, act: Act) -> list[Expert]:
    """The experts whose area holds the tender's, who may mark and whom nothing bars; by id.

    Nobody sits a second time: the members of a panel that was set aside are drawn no more.
    """
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
    barred, before = Barred(session, tender, act), sat_before(session, tender)
    return [
        expert
        for expert in session.scalars(query)
        if may_sit(expert.person, act)
        and expert.person_id not in before
        and not barred.is_of_purchaser(expert.person)
        and not barred.bonds(expert.person)
    ]


def may_sit(person: Person, act: Act) -> bool:
    """Whether the person can sign in to mark."""
    roles = (held for held in person.memberships if held.role is Role.PANEL_MEMBER)
    return person.disabled_at is None and any(held.is_open(act.at) for held in roles)


def _dealt(session: Session, bidding: Collection[UUID], since: date) -> dict[UUID, set[UUID]]:
    """Who has dealt with bidders, and with which of them."""
    found: dict[UUID, set[UUID]] = {}
    for dealing in dealings_of(session, bidding, since):
        for bidder in {dealing.organisation_id, dealing.other_id}.intersection(bidding):
            found.setdefault(dealing.with_whom(bidder), set()).add(bidder)
    return found


def _named(session: Session, organisations: dict[UUID, Organisation]) -> list[tuple[UUID, TieKind, str]]:
    """Names in the registers of organisations."""
    found = []
    for kind, table in ((TieKind.EMPLOYMENT, StaffMember), (TieKind.BOARD, BoardMember)):
        query = select(table.organisation_id, table.name).where(table.organisation_id.in_(organisations))
        found += [(key, kind, normalised(name)) for key, name in session.execute(query)]
    return found
