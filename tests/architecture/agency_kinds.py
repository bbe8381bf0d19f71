"""The lifecycle of suspensions."""

from sqlalchemy.orm import Session

from models.agencies.lifecycle import SUSPENSION, suspension_phase_sql
from models.agencies.suspension import AgencySuspension
from tests.architecture.lifecycle_kind import Kind
from tests.factories import agencies


def suspension(session: Session) -> AgencySuspension:
    """A suspension without an appeal; the words of one and of its answer are there already."""
    made = agencies.suspended(session, agencies.agency(session))
    made.appeal_words, made.review_words = "不属实。", "经复核，决定如下。"
    session.flush()
    return made


KINDS = {
    "suspension": Kind(
        SUSPENSION,
        suspension_phase_sql,
        suspension,
        ("appealed_at", "upheld_at", "lifted_at"),
        {},
        first=(("appealed_at", "upheld_at"),),
        never=(("upheld_at", "lifted_at"),),
    ),
}
