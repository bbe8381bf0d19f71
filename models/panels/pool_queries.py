"""Reads of the pool: the experts of an area, one of them, and who could be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.paging import FIRST_PAGE, Listed, Paging, count, cut
from models.panels.current import sat_before
from models.panels.pool import Expert, ExpertTie
from models.parties.person import Membership, Person
from models.tenders.tender import Tender
from models.wording import search_words


@dataclass(frozen=True)
class Wanted:
    """Which experts somebody looks for."""

    words: str | None = None
    has_left: bool = False


def expert(session: Session, person_id: UUID, act: Act) -> Expert | None:
    """An expert, for whoever keeps the pool."""
    found = session.get(Expert, person_id)
    return found if found is not None and can(act, P.EXPERT_MANAGE, found) else None


def tie(session: Session, tie_id: UUID, act: Act) -> ExpertTie | None:
    """A tie of an expert, for the same."""
    found = session.get(ExpertTie, tie_id)
    return found if found is not None and can(act, P.EXPERT_MANAGE, found) else None


def experts(session: Session, act: Act, wanted: Wanted, *, paging: Paging = FIRST_PAGE) -> Listed[Expert]:
    """The pool of the actor's area, by name."""
    if not can(act, P.EXPERT_MANAGE):
        return Listed([], 0)
    query = (
        select(Expert)
        .join(Expert.person)
        .where(Expert.unit_code.startswith(act.actor.unit_code or "-", autoescape=True))
        .where(Expert.left_on.is_not(None) if wanted.has_left else Expert.left_on.is_(None))
        .order_by(Person.name, Person.id)
    )
    for word in search_words(wanted.words):
        fields = (Person.name, Expert.employer, Expert.title)
        query = query.where(or_(*(field.icontains(word, autoescape=True) for field in fields)))
    found = session.scalars(
        cut(query, paging).options(
            joinedload(Expert.person),
            selectinload(Expert.terms),
            selectinload(Expert.ties).joinedload(ExpertTie.organisation),
        )
    )
    return Listed(list(found), count(session, query))


def candidates(session: Session, act: Act) -> Sequence[Person]:
    """People of the area with a panel member's role who are not in the pool, by name."""
    if not can(act, P.EXPERT_MANAGE):
        return []
    inside = Membership.unit_code.startswith(act.actor.unit_code or "-", autoescape=True)
    members = _open(act).where(Membership.role == Role.PANEL_MEMBER, inside)
    in_pool = select(Expert.person_id).where(Expert.left_on.is_(None))
    return _people(session, Person.id.in_(members), Person.id.not_in(in_pool))


def purchasers(session: Session, tender: Tender, act: Act) -> Sequence[Person]:
    """The purchaser's people who may sit on a panel: officials of the unit with a panel member's role."""
    if not can(act, P.PANEL_MAKE, tender):
        return []
    members = _open(act).where(Membership.role == Role.PANEL_MEMBER)
    officials = _open(act).where(Membership.role.in_(OFFICIALS), Membership.unit_code == tender.unit_code)
    before = sat_before(session, tender)
    return _people(session, Person.id.in_(members), Person.id.in_(officials), Person.id.not_in(before))


def _open(act: Act) -> Select[UUID]:
    return select(Membership.person_id).where(
        Membership.started_at <= act.at, or_(Membership.ended_at.is_(None), Membership.ended_at > act.at)
    )


def _people(session: Session, *where: object) -> Sequence[Person]:
    query = select(Person).where(Person.disabled_at.is_(None), *where)  # type: ignore[arg-type]  # conditions
    return session.scalars(query.order_by(Person.name, Person.id)).all()
