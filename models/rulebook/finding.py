"""What a check finds: a code, the rule, how grave it is, and the facts that its sentence names."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """Whether publication is refused, or the author only told."""

    REFUSES = "refuses"
    WARNS = "warns"


class FindingCode(StrEnum):
    """What can be wrong with a tender before it is published."""

    WEIGHTS_NOT_100 = "weights_not_100"
    WEIGHT_NOT_POSITIVE = "weight_not_positive"
    PRICE_WEIGHT_BELOW_FLOOR = "price_weight_below_floor"
    PRICE_WEIGHT_ABOVE_CEILING = "price_weight_above_ceiling"
    FIXED_PRICE_SCORED = "fixed_price_scored"
    LOWEST_PRICE_WINS = "lowest_price_wins"
    CRITERION_NOT_QUANTIFIED = "criterion_not_quantified"
    CRITERION_VAGUE = "criterion_vague"
    POINTS_ABOVE_WEIGHT = "points_above_weight"
    CONDITION_SCORED = "condition_scored"
    GATING_WORDS = "gating_words"
    SPECIFICATION_AUTHOR_INVITED = "specification_author_invited"
    DEADLINE_TOO_EARLY = "deadline_too_early"
    DOCUMENTS_TOO_SHORT = "documents_too_short"
    CLARIFICATION_TOO_LATE = "clarification_too_late"
    DATE_PROVISIONAL = "date_provisional"
    SURVEY_MISSING = "survey_missing"
    SURVEY_TOO_OLD = "survey_too_old"
    SURVEY_TOO_FEW = "survey_too_few"
    PUBLIC_NOT_ASKED = "public_not_asked"
    NOTICE_TOO_SHORT = "notice_too_short"


@dataclass(frozen=True)
class Finding:
    """One finding; `where` is the id of the criterion or condition it is about."""

    code: FindingCode
    rule: str
    severity: Severity = Severity.REFUSES
    where: str | None = None
    facts: dict[str, Any] = field(default_factory=dict, hash=False)
