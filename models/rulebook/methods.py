"""The methods of procurement, and the figures of each with the rule that sets them.

Inquiry (询价) is not among them: it is for goods alone (R46).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from models.calendar.counting import DayKind
from models.rulebook.rule import rule


class Method(StrEnum):
    """How something is bought."""

    OPEN_TENDER = "open_tender"
    COMPETITIVE_CONSULTATION = "competitive_consultation"
    NEGOTIATION = "negotiation"
    SINGLE_SOURCE = "single_source"
    COMPARISON = "comparison"
    FRAMEWORK_CALL_OFF = "framework_call_off"


@dataclass(frozen=True)
class Span:
    """A period: so many days of a kind, by a rule."""

    days: int
    kind: DayKind
    rule: str


@dataclass(frozen=True)
class Limit:
    """A count or an amount, by a rule."""

    value: Decimal
    rule: str


@dataclass(frozen=True)
class PanelSize:
    """How many members a panel has at least, always an odd number, and the share of experts among them."""

    members: int
    rule: str
    large_members: int | None = None
    large_amount: Decimal | None = None
    experts: Fraction = Fraction(2, 3)

    def least(self, amount: Decimal | None = None) -> int:
        """The members for an amount; from the large amount on ("以上" includes it, R37) there are more."""
        if self.large_members and self.large_amount and amount is not None and amount >= self.large_amount:
            return self.large_members
        return self.members

    def experts_of(self, members: int) -> int:
        """How many of so many members are experts at least."""
        return -(-members * self.experts.numerator // self.experts.denominator)


@dataclass(frozen=True)
class MethodRules:
    """The figures of one method; None where no rule sets one."""

    bid_period: Span | None = None
    documents: Span | None = None
    clarification: Span | None = None
    public_notice: Span | None = None
    price_floor: Limit | None = None
    price_ceiling: Limit | None = None
    lowest_price_wins: str | None = None
    """The rule by which the lowest price wins, so that nothing is scored."""
    bidders: Limit | None = None
    bidders_least: Limit | None = None
    """With how few it may still go on, where a rule allows fewer than usual."""
    panel: PanelSize | None = None
    statutory: bool = True
    """Whether the procurement law governs it: its clocks of award, contract, challenge and complaint."""
    reviewed: bool = True
    """Whether a review report starts the clocks of the award."""


def _span(id_: str, figure: str, kind: DayKind) -> Span:
    return Span(rule(id_).number(figure), kind, id_)


def _limit(id_: str, figure: str) -> Limit:
    return Limit(rule(id_).amount(figure), id_)


_LARGE = rule("R24")
_TENDER_PANEL = PanelSize(
    _LARGE.number("members"), "R24", _LARGE.number("large_members"), _LARGE.amount("large_amount")
)

METHODS: dict[Method, MethodRules] = {
    Method.OPEN_TENDER: MethodRules(
        bid_period=_span("R21", "days", DayKind.CALENDAR),
        documents=_span("R22", "documents", DayKind.WORKING),
        clarification=_span("R22", "clarification", DayKind.CALENDAR),
        price_floor=_limit("R25", "floor"),
        bidders=_limit("R23", "bidders"),
        panel=_TENDER_PANEL,
    ),
    Method.COMPETITIVE_CONSULTATION: MethodRules(
        bid_period=_span("R39", "days", DayKind.CALENDAR),
        documents=_span("R39", "documents", DayKind.WORKING),
        clarification=_span("R39", "clarification", DayKind.CALENDAR),
        price_floor=_limit("R41", "floor"),
        price_ceiling=_limit("R41", "ceiling"),
        bidders=_limit("R43", "candidates"),
        bidders_least=_limit("R42", "bidders"),
        panel=PanelSize(rule("R40").number("members"), "R40"),
    ),
    Method.NEGOTIATION: MethodRules(
        bid_period=_span("R44", "days", DayKind.WORKING),
        clarification=_span("R44", "clarification", DayKind.WORKING),
        lowest_price_wins="R44",
        bidders=_limit("R44", "bidders"),
        bidders_least=_limit("R44", "after_failed_tender"),
        panel=PanelSize(rule("R44").number("members"), "R44"),
    ),
    Method.SINGLE_SOURCE: MethodRules(public_notice=_span("R45", "notice", DayKind.WORKING)),
    Method.COMPARISON: MethodRules(statutory=False, reviewed=False),
    # A closed agreement is concluded by the procedure of an open tender (110 art 10).
    Method.FRAMEWORK_CALL_OFF: MethodRules(
        bid_period=_span("R21", "days", DayKind.CALENDAR),
        documents=_span("R22", "documents", DayKind.WORKING),
        clarification=_span("R22", "clarification", DayKind.CALENDAR),
        bidders=_limit("R47", "suppliers"),
        panel=_TENDER_PANEL,
    ),
}


def fewest_bids(method: Method, *, approved: bool = False) -> Limit | None:
    """With how few bids a lot goes on; two in a negotiation need an approval after a failed tender (R44)."""
    limits = METHODS[method]
    if method is Method.NEGOTIATION and not approved:
        return limits.bidders
    return limits.bidders_least or limits.bidders
