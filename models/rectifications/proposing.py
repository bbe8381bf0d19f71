"""What a final report offers as findings: low marks, missing evidence, vetoes. A person takes them or not."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sqlalchemy.orm import Session

from models.evaluations.evaluation import Evaluation
from models.evaluations.filing import score_of, standing_report
from models.rectifications.rectification import Severity
from models.scoring.indicators import Veto
from models.scoring.score import Came, ItemScore, Score

LOW = Fraction(60, 100)
"""An item that earned a smaller share of its points is offered, however the whole was graded."""


class Cause(StrEnum):
    """Why it is offered."""

    VETO = "veto"
    NO_EVIDENCE = "no_evidence"
    LOW = "low"


SEVERITY = {
    Cause.VETO: Severity.GRAVE,
    Cause.NO_EVIDENCE: Severity.SERIOUS,
    Cause.LOW: Severity.MINOR,
}


@dataclass(frozen=True)
class Proposal:
    """One finding that is offered: about an item or a veto, with what the evaluator wrote of it."""

    cause: Cause
    said: str
    item: ItemScore | None = None
    veto: Veto | None = None

    @property
    def code(self) -> str:
        """The item's code; a veto has none."""
        return self.item.item.code if self.item else ""

    @property
    def severity(self) -> Severity:
        """How bad it is taken to be, until somebody says otherwise."""
        return SEVERITY[self.cause]


def proposals(session: Session, evaluation: Evaluation) -> list[Proposal]:
    """What the report that stands offers, the worst first."""
    report = standing_report(session, evaluation)
    return proposed(score_of(report)) if report else []


def proposed(score: Score) -> list[Proposal]:
    """Vetoes, then items without evidence, then those that earned less than 60 per cent of their points.

    Nothing is offered where a survey or a meeting is missing: that is not the organisation's to mend.
    """
    vetoes = [
        Proposal(Cause.VETO, score.sheet.vetoes[each.code], veto=each)
        for each in score.sheet.indicators.vetoes
        if each.code in score.sheet.vetoes
    ]
    bare = [_of(each, Cause.NO_EVIDENCE) for each in score.items if each.came is Came.NO_EVIDENCE]
    earned = (each for each in score.items if not each.is_missing)
    low = [_of(each, Cause.LOW) for each in earned if each.points < LOW * each.item.maximum]
    return [*vetoes, *bare, *low]


def _of(found: ItemScore, cause: Cause) -> Proposal:
    return Proposal(cause, found.entry.missing or found.entry.words, item=found)
