"""People who sign in, what they may act as, and their sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.act import Role
from models.base import Base, Id, Short, UnitCode
from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit


class Person(Base):
    """Somebody with an account. Only what signing in and being addressed need is kept."""

    __tablename__ = "person"

    id: Mapped[Id]
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Short]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str | None] = mapped_column(String(10))
    email: Mapped[str | None] = mapped_column(String(254))
    wants_mail: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="person", order_by="Membership.started_at"
    )


class Membership(Base):
    """A role in a unit or an organisation, from one date to another."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role <> 'system'", name="no_system"),
        CheckConstraint("(unit_code IS NULL) <> (organisation_id IS NULL)", name="one_scope"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="period"),
        Index("ix_membership_person", "person_id"),
        Index("ix_membership_unit", "unit_code", "role"),
        Index("ix_membership_organisation", "organisation_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role]
    unit_code: Mapped[UnitCode | None] = mapped_column(ForeignKey("administrative_unit.code"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="memberships")
    unit: Mapped[AdministrativeUnit | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether the role is held at an instant."""
        return self.started_at <= at and (self.ended_at is None or at < self.ended_at)


class SignIn(Base):
    """A session on the server's side. Only a hash of its token is stored; it ends, and can be ended."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person", "person_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    membership: Mapped[Membership | None] = relationship()


class SignInFailure(Base):
    """A failed attempt, by hash of login or address; counted in the database, for every worker."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_key", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
