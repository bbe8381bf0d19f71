"""Plans in words: how good, how sure, and why there is none."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from markupsafe import Markup, escape

from models.errors import DomainError
from models.planning.binding import Binding
from models.planning.plan import AdoptOutcome, Plan, PlanPhase, Proof
from web.format import as_written, money_words, number, percent
from web.labels import label, sentence
from web.labels.parties import unit_name
from web.labels.planning import BINDING, CHANGES
from web.matching.words import decided as decided  # for templates
from web.matching.words import fit

TONES = {
    PlanPhase.DRAFT: "waiting",
    PlanPhase.ADOPTED: "done",
    PlanPhase.SUPERSEDED: "neutral",
    PlanPhase.WITHDRAWN: "stopped",
}


def tone(phase: PlanPhase) -> str:
    """The tone of a phase's tag."""
    return TONES[phase]


def done(outcome: AdoptOutcome) -> bool:
    """Whether the service is accepted now."""
    return outcome in {AdoptOutcome.ACCEPTED, AdoptOutcome.ALREADY_ACCEPTED}


def outcome(outcome: AdoptOutcome) -> str:
    """What became of a need, in a word or two."""
    return _("已采纳") if done(outcome) else _("没有变动")


def outcome_reason(outcome: AdoptOutcome) -> str | None:
    """Why nothing was changed."""
    return None if outcome == AdoptOutcome.ACCEPTED else label(outcome)


def proof(plan: Plan) -> str:
    """How good the plan provably is; an unproven one says by how much it may fall short."""
    if plan.proof == Proof.OPTIMAL:
        return label(plan.proof)
    return _("%(proof)s，最多还差 %(gap)s", proof=label(plan.proof), gap=percent(plan.gap, 2))


def parameters(plan: Plan) -> list[str]:
    """What the plan was to keep to."""
    said = [_("先顾最难满足的需求") if plan.fair else _("总体匹配最好")]
    if plan.cap_percent is not None:
        said.append(_("一家机构最多得全部需求的 %(share)s", share=percent(plan.cap_percent / 100)))
    if plan.newcomer_percent is not None:
        said.append(_("新机构至少得全部需求的 %(share)s", share=percent(plan.newcomer_percent / 100)))
    said.append(_("不超过各街道的预算") if plan.street_budgets else _("不限各街道的预算"))
    return said


def scored(score: float | None) -> str:
    """A score in words with its figure."""
    return _("无得分") if score is None else _("%(words)s %(score)s", words=fit(score), score=f"{score:.2f}")


def refusal(error: DomainError) -> str:
    """Why something could not be done."""
    return sentence(error)


def change(code: str) -> str:
    """What became of a need."""
    return str(CHANGES[code])


def difference(value: float | Decimal | None, digits: int = 0) -> str:
    """A difference with its sign."""
    return "—" if value is None else f"{value:+,.{digits}f}"


def limits(found: Sequence[Binding]) -> list[Markup]:
    """The limits that cannot hold together, a sentence each."""
    return [_limit(each) for each in found]


def _limit(each: Binding) -> Markup:
    facts = each.facts
    words = BINDING["capacity_assumed" if facts.get("assumed") else each.code]
    shown = {
        "need": as_written(each.need.heading if each.need else None),
        "service": as_written(each.service.title if each.service else None),
        "organisation": as_written(each.organisation.name if each.organisation else None),
        "street": unit_name(each.street) if each.street else "",
        "capacity": number(_figure(facts.get("capacity"))),
        "units": number(_figure(facts.get("units"))),
        "asked": number(_figure(facts.get("asked"))),
        "budget": money_words(_figure(facts.get("budget_yuan"))),
    }
    return escape(str(words)) % shown


def _figure(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).normalize()
