"""The marks: all members' count, none is dropped for being highest or lowest (R26, R27; 87 art 55)."""

from collections.abc import Sequence
from fractions import Fraction

from models.document import below
from models.errors import Invalid
from models.panels.ranking.question import Bid, Criterion, Question


def check_marked(question: Question, bids: Sequence[Bid]) -> None:
    """Every member has marked the bids to be ranked by every criterion; an invalid one need not be marked."""
    if not question.criteria:
        return
    for bid in bids:
        if not bid.marks:
            raise Invalid("rank_marks_missing", place=f"{bid.place}.marks")
        for member in question.members:
            for criterion in question.criteria:
                if criterion.id not in bid.marks.get(member, {}):
                    place = below(below(f"{bid.place}.marks", member), criterion.id)
                    raise Invalid("rank_mark_missing", place=place)


def mean(bid: Bid, criterion: Criterion) -> Fraction:
    """The mean of all members on a scale of 0 to 100, whatever the criterion's own maximum."""
    marks = [marked[criterion.id] for marked in bid.marks.values()]
    return sum(marks, Fraction()) / len(marks) / criterion.maximum * 100
