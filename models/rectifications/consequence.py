"""What follows from an evaluation, with reasons and appeal. It never bans anybody (R48, R49, R60)."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.contracts.contract import ContractMilestone
from models.evaluations.evaluation import Evaluation


class ConsequenceKind(StrEnum):
    """The ladder, from praise to a report to the registrar, who alone decides by law about lists."""

    PRAISE = "praise"
    REMINDER = "reminder"
    INTERVIEW = "interview"
    REDUCED_PAYMENT = "reduced_payment"
    TERMINATION = "termination"
    REGISTRAR_REPORT = "registrar_report"


class ConsequencePhase(StrEnum):
    """Phases of a consequence."""

    STANDING = "standing"
    FINAL = "final"  # nobody appealed while they could
    APPEALED = "appealed"
    CONFIRMED = "confirmed"
    LIFTED = "lifted"


class Consequence(Base):
    """One decision of the purchaser after an evaluation."""

    __tablename__ = "consequence"
    __table_args__ = (
        CheckConstraint("reasons <> ''", name="reasons"),
        CheckConstraint("(kind = 'reduced_payment') = (amount IS NOT NULL)", name="amount_of_reduction"),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount"),
        CheckConstraint("amount IS NULL OR terms <> ''", name="terms"),
        CheckConstraint("milestone_id IS NULL OR amount IS NOT NULL", name="milestone_of_reduction"),
        CheckConstraint("appealed_at IS NULL OR appeal_words <> ''", name="appeal_words"),
        CheckConstraint("appealed_at < appeal_ends_at", name="appealed_in_time"),
        CheckConstraint(
            "(confirmed_at IS NULL AND lifted_at IS NULL) OR (appealed_at IS NOT NULL AND reply <> '')",
            name="appealed_first",
        ),
        CheckConstraint("confirmed_at IS NULL OR lifted_at IS NULL", name="reviewed_once"),
        CheckConstraint("reviewed_by <> decided_by", name="another_reviews"),
    )

    id: Mapped[Id]
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation.id"), index=True)
    kind: Mapped[ConsequenceKind]
    reasons: Mapped[Words]
    terms: Mapped[Words] = mapped_column(default="")
    amount: Mapped[Decimal | None]
    milestone_id: Mapped[UUID | None] = mapped_column(ForeignKey("contract_milestone.id"))
    """The payment a reduction is taken off first; without one it is the next that is due."""
    decided_at: Mapped[datetime]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    appeal_ends_at: Mapped[datetime | None]
    """From when nobody can appeal any more; none where there is nothing to appeal against, as with praise."""
    appealed_at: Mapped[datetime | None]
    appeal_words: Mapped[Words] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    reviewed_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reply: Mapped[Words] = mapped_column(default="")

    evaluation: Mapped[Evaluation] = relationship()
    milestone: Mapped[ContractMilestone | None] = relationship()

    @property
    def unit_code(self) -> str:
        """What the policy looks at."""
        return self.evaluation.unit_code

    @property
    def organisation_id(self) -> UUID:
        """The supplier it is about."""
        return self.evaluation.contract.organisation_id
