"""Which methods a purchase may use, with reasons: from its amount, the thresholds and what is bought.

"At or above" is `>=` and a threshold itself counts as reached (R37); splitting is a sum strictly above (R19).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from models.errors import Invalid
from models.rulebook.methods import Method
from models.rulebook.rule import rule


class ServiceKind(StrEnum):
    """What is bought. The last three are on the negative list (R04)."""

    PUBLIC_SERVICE = "public_service"
    OWN_USE = "own_use"
    GOODS_OR_WORKS = "goods_or_works"
    STAFFING = "staffing"
    FINANCING = "financing"


NEGATIVE_LIST = frozenset({ServiceKind.GOODS_OR_WORKS, ServiceKind.STAFFING, ServiceKind.FINANCING})


class Standing(StrEnum):
    """How a method stands for a purchase."""

    USUAL = "usual"
    ALLOWED = "allowed"
    WITH_GROUNDS = "with_grounds"
    WITH_APPROVAL = "with_approval"
    NOT_ALLOWED = "not_allowed"


class Why(StrEnum):
    """Reasons and notes; each stands with its rule."""

    BELOW_LIMIT = "below_limit"
    VOLUNTARY = "voluntary"
    REACHES_LIMIT = "reaches_limit"
    CONSULTATION_FOR_SERVICES = "consultation_for_services"
    TENDER_BY_CHOICE = "tender_by_choice"
    NEGOTIATION_CASES = "negotiation_cases"
    SINGLE_SOURCE_CASES = "single_source_cases"
    REACHES_TENDER = "reaches_tender"
    FINANCE_APPROVES = "finance_approves"
    FINANCE_APPROVED = "finance_approved"
    USERS_CHOOSE = "users_choose"
    USERS_DO_NOT_CHOOSE = "users_do_not_choose"
    SPLITTING = "splitting"
    NEGATIVE_LIST = "negative_list"
    NO_BUDGET = "no_budget"
    ASK_THE_PUBLIC = "ask_the_public"
    SURVEY_FIRST = "survey_first"
    INTENT_NOTICE = "intent_notice"
    SME_RESERVATION_TRAP = "sme_reservation_trap"
    SME_DEDUCTION = "sme_deduction"
    NO_SME_STATUS = "no_sme_status"


@dataclass(frozen=True)
class Reason:
    """Why, by which rule, with the figures that the sentence names."""

    why: Why
    rule: str
    facts: Mapping[str, Decimal | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Purchase:
    """What is to be bought, and the thresholds of the place where it is.

    `bought_otherwise` are this year's sums of the same budget item and kind of service bought without tender.
    """

    amount: Decimal
    limit: Decimal
    tender: Decimal
    kind: ServiceKind = ServiceKind.PUBLIC_SERVICE
    users_choose: bool = False
    bought_otherwise: tuple[Decimal, ...] = ()
    budgeted: bool = True
    finance_approved: bool = False

    @property
    def total(self) -> Decimal:
        """The year's sum with this purchase."""
        return self.amount + sum(self.bought_otherwise, Decimal(0))

    @property
    def is_splitting(self) -> bool:
        """R19: with what was bought before it passes the tender threshold, which it does not reach alone."""
        return bool(self.bought_otherwise) and self.amount < self.tender < self.total


@dataclass(frozen=True)
class Choice:
    """One method for a purchase."""

    method: Method
    standing: Standing
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Picked:
    """Every method with its standing, and what else to mind. `refused`: nothing may be bought at all."""

    choices: tuple[Choice, ...]
    notes: tuple[Reason, ...] = ()
    refused: tuple[Reason, ...] = ()


def pick(purchase: Purchase) -> Picked:
    """The methods allowed for a purchase (R14-R20, R38, R44, R45, R47), with what else to mind (R61-R63)."""
    _check(purchase)
    refused = tuple(_refusals(purchase))
    if refused:
        choices = tuple(Choice(method, Standing.NOT_ALLOWED, refused) for method in Method)
        return Picked(choices, (), refused)
    if purchase.amount >= purchase.tender or purchase.is_splitting:
        choices = _from_tender(purchase)
    elif purchase.amount >= purchase.limit:
        choices = _from_limit(purchase)
    else:
        choices = _below_limit(purchase)
    return Picked((*choices, _call_off(purchase)), tuple(_notes(purchase)))


def _check(purchase: Purchase) -> None:
    if purchase.amount <= 0:
        raise Invalid("amount_not_positive", field="amount")
    if any(each < 0 for each in purchase.bought_otherwise):
        raise Invalid("amount_negative", field="bought_otherwise")


def _refusals(purchase: Purchase) -> list[Reason]:
    found = []
    if purchase.kind in NEGATIVE_LIST:
        found.append(Reason(Why.NEGATIVE_LIST, "R04"))
    if not purchase.budgeted:
        found.append(Reason(Why.NO_BUDGET, "R05"))
    return found


def _below_limit(purchase: Purchase) -> tuple[Choice, ...]:
    below = Reason(Why.BELOW_LIMIT, "R20", {"limit": purchase.limit})
    voluntary = Reason(Why.VOLUNTARY, "R20", {"limit": purchase.limit})
    return (
        Choice(Method.COMPARISON, Standing.USUAL, (below,)),
        Choice(Method.OPEN_TENDER, Standing.ALLOWED, (voluntary,)),
        Choice(Method.COMPETITIVE_CONSULTATION, Standing.ALLOWED, (voluntary,)),
        Choice(Method.NEGOTIATION, Standing.WITH_GROUNDS, (voluntary, Reason(Why.NEGOTIATION_CASES, "R44"))),
        Choice(Method.SINGLE_SOURCE, Standing.WITH_GROUNDS, (voluntary, _single_source())),
    )


def _from_limit(purchase: Purchase) -> tuple[Choice, ...]:
    return (
        Choice(
            Method.COMPETITIVE_CONSULTATION, Standing.USUAL, (Reason(Why.CONSULTATION_FOR_SERVICES, "R38"),)
        ),
        Choice(
            Method.OPEN_TENDER,
            Standing.ALLOWED,
            (Reason(Why.TENDER_BY_CHOICE, "R14", {"tender": purchase.tender}),),
        ),
        Choice(Method.NEGOTIATION, Standing.WITH_GROUNDS, (Reason(Why.NEGOTIATION_CASES, "R44"),)),
        Choice(Method.SINGLE_SOURCE, Standing.WITH_GROUNDS, (_single_source(),)),
        _no_comparison(purchase),
    )


def _from_tender(purchase: Purchase) -> tuple[Choice, ...]:
    if purchase.is_splitting:
        facts = {"total": purchase.total, "tender": purchase.tender}
        because = Reason(Why.SPLITTING, "R19", facts)
    else:
        because = Reason(Why.REACHES_TENDER, "R14", {"tender": purchase.tender})
    approval = Reason(Why.FINANCE_APPROVED if purchase.finance_approved else Why.FINANCE_APPROVES, "R14")
    otherwise = Standing.WITH_GROUNDS if purchase.finance_approved else Standing.WITH_APPROVAL
    return (
        Choice(Method.OPEN_TENDER, Standing.USUAL, (because,)),
        Choice(Method.COMPETITIVE_CONSULTATION, otherwise, (because, approval)),
        Choice(Method.NEGOTIATION, otherwise, (because, approval, Reason(Why.NEGOTIATION_CASES, "R44"))),
        Choice(Method.SINGLE_SOURCE, otherwise, (because, approval, _single_source())),
        Choice(Method.COMPARISON, Standing.NOT_ALLOWED, (because,)),
    )


def _no_comparison(purchase: Purchase) -> Choice:
    reason = Reason(Why.REACHES_LIMIT, "R20", {"limit": purchase.limit})
    return Choice(Method.COMPARISON, Standing.NOT_ALLOWED, (reason,))


def _single_source() -> Reason:
    book = rule("R45")
    return Reason(
        Why.SINGLE_SOURCE_CASES, "R45", {"addition": book.number("addition"), "days": book.number("notice")}
    )


def _call_off(purchase: Purchase) -> Choice:
    suppliers = {"suppliers": rule("R47").number("suppliers")}
    if purchase.users_choose and purchase.kind == ServiceKind.PUBLIC_SERVICE:
        reason = Reason(Why.USERS_CHOOSE, "R47", suppliers)
        return Choice(Method.FRAMEWORK_CALL_OFF, Standing.ALLOWED, (reason,))
    reason = Reason(Why.USERS_DO_NOT_CHOOSE, "R47", suppliers)
    return Choice(Method.FRAMEWORK_CALL_OFF, Standing.NOT_ALLOWED, (reason,))


def needs_survey(kind: ServiceKind, amount: Decimal) -> bool:
    """R08: for a public service of any size, and for every service of 10 million and more."""
    return kind == ServiceKind.PUBLIC_SERVICE or amount >= rule("R08").amount("amount")


def _notes(purchase: Purchase) -> list[Reason]:
    notes = []
    survey, sme, deduction = rule("R08"), rule("R63").amount("amount"), rule("R61")
    if purchase.kind == ServiceKind.PUBLIC_SERVICE:
        notes.append(Reason(Why.ASK_THE_PUBLIC, "R07"))
    if needs_survey(purchase.kind, purchase.amount):
        notes.append(Reason(Why.SURVEY_FIRST, "R08", {"respondents": survey.number("respondents")}))
    if purchase.amount < purchase.limit and not purchase.is_splitting:
        return notes  # the law, and with it the policy for SMEs, begins at the limit
    notes.append(Reason(Why.INTENT_NOTICE, "R57", {"days": rule("R57").number("days")}))
    if purchase.amount <= sme:
        notes.append(Reason(Why.SME_RESERVATION_TRAP, "R63", {"amount": sme}))
    facts = {"least": deduction.number("least"), "most": deduction.number("most")}
    return [*notes, Reason(Why.SME_DEDUCTION, "R61", facts), Reason(Why.NO_SME_STATUS, "R62")]
