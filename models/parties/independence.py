"""How far an organisation stands on its own, as it says itself: who founded it, who pays it (demand 45).

A plain statement with its year, for everybody to read. It is neither a condition nor a mark: nothing that
matches, invites, scores or awards reads it (R48-R50).
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.base import Base, Id, Short
from models.calendar.clocks import local_date
from models.errors import Invalid, NotAllowed
from models.parties.organisation import Organisation
from models.parties.person import Person
from models.wording import bounded

FOUNDER_LIMIT = 200


class Independence(StrEnum):
    """Whether a government unit founded it; UNKNOWN until the organisation says so."""

    INDEPENDENT = "independent"
    SEMI_OFFICIAL = "semi_official"  # 半官方
    UNKNOWN = ""


class IndependenceStatement(Base):
    """What an organisation stated about a year. A new statement is a new row; the newest counts."""

    __tablename__ = "independence_statement"
    __table_args__ = (
        CheckConstraint("government_share BETWEEN 0 AND 100", name="government_share"),
        CheckConstraint("founded_by_government = (founder <> '')", name="founder"),
        Index("ix_independence_statement_newest", "organisation_id", "stated_at"),
    )

    id: Mapped[Id]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    government_share: Mapped[int]
    founded_by_government: Mapped[bool]
    founder: Mapped[Short] = mapped_column(default="")
    stated_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    stated_at: Mapped[datetime]

    author: Mapped[Person | None] = relationship()

    @property
    def independence(self) -> Independence:
        """Independent, or founded by a government unit."""
        return Independence.SEMI_OFFICIAL if self.founded_by_government else Independence.INDEPENDENT


def state_independence(
    session: Session,
    organisation: Organisation,
    act: Act,
    *,
    government_share: int | None,
    founded_by_government: bool,
    founder: str = "",
) -> IndependenceStatement:
    """State last year's share of income from government purchase and grants, and who founded it.

    Only the organisation itself can say so; the same again writes nothing.
    """
    ensure(act, Permission.ORGANISATION_EDIT, organisation)
    if act.actor.organisation_id != organisation.id:
        raise NotAllowed("independence_own_words")
    if government_share is None:
        raise Invalid("independence_share_missing", field="government_share")
    if not 0 <= government_share <= 100:
        raise Invalid("independence_share", field="government_share")
    founder = bounded(founder, FOUNDER_LIMIT, field="founder")
    if founded_by_government and not founder:
        raise Invalid("independence_founder", field="founder")
    said = {
        "year": local_date(act.at).year - 1,
        "government_share": government_share,
        "founded_by_government": founded_by_government,
        "founder": founder if founded_by_government else "",
    }
    standing = statement_of(session, organisation.id, act.at)
    if standing is not None and all(getattr(standing, name) == value for name, value in said.items()):
        return standing
    made = IndependenceStatement(
        organisation_id=organisation.id, stated_by=act.actor.person_id, stated_at=act.at, **said
    )
    session.add(made)
    facts = {name: value for name, value in said.items() if name != "founder"}
    record(session, act, "organisation.state_independence", organisation, **facts)
    return made


def statement_of(session: Session, organisation_id: UUID, at: datetime) -> IndependenceStatement | None:
    """The newest statement of an organisation."""
    return statements(session, [organisation_id], at).get(organisation_id)


def statements(
    session: Session, organisations: Collection[UUID], at: datetime
) -> dict[UUID, IndependenceStatement]:
    """The newest statement of each organisation that made one."""
    table = IndependenceStatement
    query = select(table).where(table.organisation_id.in_(organisations), table.stated_at <= at)
    return {row.organisation_id: row for row in session.scalars(query.order_by(table.stated_at, table.id))}
