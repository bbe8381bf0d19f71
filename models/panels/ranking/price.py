"""The price: its formula (R26) and how much it may weigh (R25, R41)."""

from fractions import Fraction

from models.document import decimal
from models.errors import Invalid
from models.panels.ranking.question import Question
from models.rulebook.methods import METHODS


def check_price_weight(question: Question) -> None:
    """The weight of the price is within the range of the method (R25: 87 art 55; R41: 214号 art 24).

    A tender has a floor only, and a negotiation is not scored (R44), so it has no range. A fixed price is
    not scored either (R25, R41), and a single source has nobody to compare with (R45).
    """
    limits = METHODS[question.method]
    if limits.price_floor is None or question.fixed_price:
        return
    least = Fraction(limits.price_floor.value) / 100
    most = Fraction(limits.price_ceiling.value) / 100 if limits.price_ceiling else Fraction(1)
    if not least <= question.price_weight <= most:
        raise Invalid(
            "rank_price_weight_out_of_range",
            place="price_weight",
            value=decimal(question.price_weight),
            rule=limits.price_floor.rule,
            least=decimal(least),
            most=decimal(most),
        )


def price_score(price: Fraction, lowest: Fraction) -> Fraction:
    """Lowest valid price / bid x 100 (R26; 87 art 55)."""
    return lowest / price * 100
