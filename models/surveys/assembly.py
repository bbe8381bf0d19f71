"""What a review meeting 评议会 said about a contract: an input of its own beside the survey (R74)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Words
from models.contracts.contract import Contract
from models.needs.deliberation import Deliberation


class AssemblyOpinion(Base):
    """How many of those present were satisfied, found it fair, were not satisfied."""

    __tablename__ = "assembly_opinion"
    __table_args__ = (
        UniqueConstraint("contract_id", "deliberation_id"),
        CheckConstraint("satisfied >= 0 AND fair >= 0 AND dissatisfied >= 0", name="counts"),
        CheckConstraint("satisfied + fair + dissatisfied > 0", name="somebody"),
    )

    id: Mapped[Id]
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contract.id"))
    deliberation_id: Mapped[UUID] = mapped_column(ForeignKey("deliberation.id"), index=True)
    satisfied: Mapped[int]
    fair: Mapped[int]
    dissatisfied: Mapped[int]
    words: Mapped[Words] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    contract: Mapped[Contract] = relationship()
    deliberation: Mapped[Deliberation] = relationship()

    @property
    def voters(self) -> int:
        """All who gave their opinion."""
        return self.satisfied + self.fair + self.dissatisfied
