"""The lifecycles of evaluations and of second sheets."""

from decimal import Decimal

from models.evaluations import lifecycle as evaluation_lifecycles
from models.evaluations.lifecycle import EVALUATION, RESCORE
from models.evaluations.rescore import ScoreStanding
from models.scoring.grades import Grade
from tests.architecture.lifecycle_kind import Kind
from tests.factories import evaluations

KINDS = {
    "evaluation": Kind(
        EVALUATION,
        evaluation_lifecycles.phase_sql,
        evaluations.ready,
        (
            "started_at",
            "drafted_at",
            "answer_ends_at",
            "answered_at",
            "finalised_at",
            "published_at",
            "cancelled_at",
        ),
        {
            "finalised_at": {"score": Decimal(86), "grade": Grade.GOOD},
            "cancelled_at": {"cancelled_words": "合同提前终止。"},
        },
        first=(
            ("started_at", "drafted_at"),
            ("drafted_at", "answered_at"),
            ("drafted_at", "finalised_at"),
            ("finalised_at", "published_at"),
        ),
        never=(("started_at", "cancelled_at"),),
    ),
    "rescore": Kind(
        RESCORE,
        evaluation_lifecycles.rescore_phase_sql,
        evaluations.second_row,
        ("submitted_at", "reviewed_at", "waived_at"),
        {
            "submitted_at": {"score": Decimal(70)},
            "reviewed_at": {"gap": Decimal(16), "stands": ScoreStanding.FIRST},
        },
        never=(("submitted_at", "waived_at"),),
    ),
}
