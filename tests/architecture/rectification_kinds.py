"""The lifecycles of rectifications and of what follows from an evaluation, as the tests want them."""

from itertools import pairwise

from sqlalchemy.orm import Session

from models.rectifications.consequence import Consequence
from models.rectifications.lifecycle import (
    CONSEQUENCE,
    RECTIFICATION,
    consequence_phase_sql,
    phase_sql,
)
from models.rectifications.rectification import Rectification
from tests.architecture.lifecycle_kind import Kind
from tests.factories import rectifications


def rectification(session: Session) -> Rectification:
    """Findings that wait for a plan."""
    return rectifications.issued(session)


def consequence(session: Session) -> Consequence:
    """A decision that stands; the words of an appeal and its answer are there already."""
    made = rectifications.consequence(session)
    made.appeal_words, made.reply = "情况不实。", "经复核，答复如下。"
    session.flush()
    return made


STEPS = ("planned_at", "done_at", "failed_at", "replanned_at", "redone_at", "refailed_at")
KINDS = {
    "rectification": Kind(
        RECTIFICATION,
        phase_sql,
        rectification,
        (*STEPS, "passed_at", "concluded_at"),
        {"concluded_at": {"concluded_words": "逾期没有整改。"}},
        first=tuple(pairwise(STEPS)),
        never=(("passed_at", "refailed_at"), ("passed_at", "concluded_at")),
    ),
    "consequence": Kind(
        CONSEQUENCE,
        consequence_phase_sql,
        consequence,
        ("appeal_ends_at", "appealed_at", "confirmed_at", "lifted_at"),
        {},
        first=(("appealed_at", "confirmed_at"), ("appealed_at", "lifted_at")),
        # The tests stamp dates alike, and an appeal comes before its last day is over.
        never=(("confirmed_at", "lifted_at"), ("appeal_ends_at", "appealed_at")),
    ),
}
