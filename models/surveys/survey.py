"""A survey of the people a contract serves: the sample as drawn, and one invitation for each of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from models.agencies.assignment import Assignment, AssignmentKind
from models.base import Base, Id, Words
from models.contracts.contract import Contract
from models.rulebook.stages import Stage
from models.surveys.register import ServedPerson

MOST_TELEPHONE = 40
_STANDS = text("withdrawn_at IS NULL")


class SurveyPhase(StrEnum):
    """Phases of a survey."""

    DRAWN = "drawn"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How an answer came. All count the same."""

    ONLINE = "online"
    PAPER = "paper"
    TELEPHONE = "telephone"


class Survey(Base):
    """One survey of a contract at a stage, where one stands; its seed and pool replay the draw."""

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("population > 0 AND size > 0 AND size <= population", name="size"),
        CheckConstraint("opened_at IS NULL OR closes_at IS NOT NULL", name="closes"),
        CheckConstraint("opened_at IS NULL OR telephone <> ''", name="telephone"),
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_first"),
        CheckConstraint("published_at IS NULL OR opened_at IS NOT NULL", name="opened_before_published"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_words IS NOT NULL", name="withdrawn_words"),
        Index(
            "uq_survey_stands",
            "contract_id",
            "stage",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    stage: Mapped[Stage]
    population: Mapped[int]
    size: Mapped[int]
    seed: Mapped[str] = mapped_column(String(64))
    pool: Mapped[list[Any]] = mapped_column(JSON)
    pool_digest: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    telephone: Mapped[str] = mapped_column(String(MOST_TELEPHONE), default="")
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    """When what could lead to somebody was taken out of the answers: no answer comes after the end."""
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_words: Mapped[Words | None]

    agency_id: Mapped[UUID | None] = column_property(
        select(Assignment.agency_id)
        .where(
            Assignment.contract_id == contract_id,
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.declared_at.is_not(None),
            Assignment.recused_at.is_(None),
        )
        .scalar_subquery()
    )
    """The agency that evaluates the contract now: after a recusal, the next one takes the survey over."""

    contract: Mapped[Contract] = relationship()
    invitations: Mapped[list["SurveyInvitation"]] = relationship(
        back_populates="survey", cascade="all, delete-orphan", order_by="SurveyInvitation.number"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier, whom the survey is about."""
        return self.contract.organisation_id

    @property
    def is_public(self) -> bool:
        """The evaluation it belongs to has been published."""
        return self.published_at is not None and self.withdrawn_at is None


class SurveyInvitation(Base):
    """One of the sample. Of the answer it knows the day on which it was given, and nothing else.

    The link's token is kept as its SHA-256 alone.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        UniqueConstraint("survey_id", "served_person_id"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("answered_on IS NULL OR withdrawn_on IS NULL", name="ends_once"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_words <> ''", name="withdrawn_words"),
    )

    id: Mapped[Id]
    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    served_person_id: Mapped[UUID] = mapped_column(ForeignKey("served_person.id"), index=True)
    number: Mapped[int]
    stratum: Mapped[str] = mapped_column(String(10), ForeignKey("taxonomy_term.code"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answered_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_words: Mapped[Words] = mapped_column(default="")

    survey: Mapped[Survey] = relationship(back_populates="invitations")
    person: Mapped[ServedPerson] = relationship()
