"""A contract: who signed when, milestones that sum to the price, named social workers, what was changed."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Percent, Short, Words
from models.contracts.award import Award
from models.parties.organisation import Certificate


class ContractPhase(StrEnum):
    """Phases of a contract."""

    PENDING = "pending"
    SIGNING = "signing"  # the purchaser has signed, the supplier has not
    ACTIVE = "active"
    COMPLETE = "complete"
    TERMINATED = "terminated"


class MilestonePhase(StrEnum):
    """Phases of a milestone."""

    SCHEDULED = "scheduled"
    REPORTED = "reported"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    PAID = "paid"


class Contract(Base):
    """One contract, made from the tender and the winning bid; in force when both sides have signed."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint(
            "supplier_signed_at IS NULL OR purchaser_signed_at IS NOT NULL", name="signing_order"
        ),
        CheckConstraint("terminated_at IS NULL OR terminated_words IS NOT NULL", name="terminated_words"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    award_id: Mapped[UUID] = mapped_column(ForeignKey("award.id"), unique=True)
    made_at: Mapped[datetime]
    amount: Mapped[Decimal]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    terms: Mapped[Words] = mapped_column(default="")
    negotiation_words: Mapped[Words] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(nullable=False)
    purchaser_signed_at: Mapped[datetime | None]
    purchaser_signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    supplier_signed_at: Mapped[datetime | None]
    supplier_signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    filed_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    terminated_at: Mapped[datetime | None]
    terminated_words: Mapped[Words | None]

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012  # SQLAlchemy reads it as a class attribute

    award: Mapped[Award] = relationship()
    milestones: Mapped[list["ContractMilestone"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="ContractMilestone.position"
    )
    workers: Mapped[list["ContractWorker"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="ContractWorker.position"
    )
    changes: Mapped[list["ContractChange"]] = relationship(
        back_populates="contract", cascade="all, delete-orphan", order_by="ContractChange.number"
    )

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.award.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.award.organisation_id


class ContractMilestone(Base):
    """One milestone: reported by the supplier, accepted with its users (R10), invoiced, paid (R36)."""

    __tablename__ = "contract_milestone"
    __table_args__ = (
        UniqueConstraint("contract_id", "position"),
        CheckConstraint("percent > 0 AND percent <= 10000", name="percent"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("accepted_at IS NULL OR reported_at IS NOT NULL", name="reported_first"),
        CheckConstraint("invoiced_at IS NULL OR accepted_at IS NOT NULL", name="accepted_first"),
        CheckConstraint("paid_at IS NULL OR invoiced_at IS NOT NULL", name="invoiced_first"),
        CheckConstraint("paid_at IS NULL OR paid_amount IS NOT NULL", name="paid_amount"),
        CheckConstraint("paid_amount >= 0 AND paid_amount <= amount", name="paid_at_most"),
        CheckConstraint("accepted_at IS NULL OR users_asked > 0", name="users_took_part"),
        CheckConstraint("users_satisfied <= users_asked", name="users_satisfied"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    position: Mapped[int]
    title: Mapped[Short]
    deliverable: Mapped[Words] = mapped_column(default="")
    percent: Mapped[Percent]
    amount: Mapped[Decimal]
    due_on: Mapped[date]
    report: Mapped[Words] = mapped_column(default="")
    reported_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    returned_words: Mapped[Words] = mapped_column(default="")
    users_asked: Mapped[int | None]
    users_satisfied: Mapped[int | None]
    users_words: Mapped[Words] = mapped_column(default="")
    accepted_at: Mapped[datetime | None]
    accepted_words: Mapped[Words] = mapped_column(default="")
    invoiced_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    paid_amount: Mapped[Decimal | None]
    """What was paid: the amount, less what a final decision has taken off it."""

    contract: Mapped[Contract] = relationship(back_populates="milestones")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.contract.organisation_id


class ContractWorker(Base):
    """A social worker the bid has named; who takes over later is named as well (demand 52)."""

    __tablename__ = "contract_worker"

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"), index=True)
    position: Mapped[int]
    name: Mapped[Short]
    certificate: Mapped[Certificate | None]
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    contract: Mapped[Contract] = relationship(back_populates="workers")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.contract.organisation_id


class ContractChange(Base):
    """A change both sides agreed to; what it adds to the price is at most a tenth (R34)."""

    __tablename__ = "contract_change"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    number: Mapped[int]
    words: Mapped[Words]
    adds: Mapped[Decimal]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    agreed_at: Mapped[datetime | None]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    contract: Mapped[Contract] = relationship(back_populates="changes")

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.contract.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier."""
        return self.contract.organisation_id
