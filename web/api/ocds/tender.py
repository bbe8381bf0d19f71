"""Planning and tender of a release, with lots, items, enquiries and amendments."""

from typing import Any

from flask_babel import gettext as _

from models.catalogue.term import Taxonomy
from models.disclosure.process import Process
from models.rulebook.methods import METHODS, Method
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from web.api.ocds.documents import of_planning, of_tender
from web.api.ocds.parties import Parties
from web.api.ocds.site import Site
from web.api.ocds.values import day, instant, money
from web.labels import label

OPENNESS = {
    Method.OPEN_TENDER: "open",
    Method.COMPETITIVE_CONSULTATION: "open",
    Method.COMPARISON: "open",
    Method.NEGOTIATION: "selective",
    Method.FRAMEWORK_CALL_OFF: "selective",
    Method.SINGLE_SOURCE: "direct",
}
"""How open a method is; its Chinese name is in `procurementMethodDetails`."""
TERMS = "X-DUIJIE-SERVICE"


def planning(process: Process, site: Site) -> dict[str, Any]:
    """The budget, and the assessments the needs rest on."""
    tender = process.tender
    return {
        "budget": {"description": tender.budget_item, "amount": money(tender.budget)},
        "documents": of_planning(process, site),
    }


def tender(process: Process, site: Site, parties: Parties) -> dict[str, Any]:
    """The tender."""
    it = process.tender
    return {
        "id": it.reference,
        "title": it.title,
        "description": it.description,
        "status": status(it),
        "procuringEntity": parties.purchaser(it.unit, "procuringEntity"),
        "value": money(it.ceiling if it.ceiling is not None else it.budget),
        "procurementMethod": OPENNESS[it.method],
        "procurementMethodDetails": label(it.method),
        "procurementMethodRationale": it.method_words,
        "mainProcurementCategory": "services",
        "eligibilityCriteria": "\n".join(each.words for each in it.requirements),
        "submissionMethod": ["electronicSubmission"],
        "tenderPeriod": {"startDate": instant(it.published_at), "endDate": instant(it.bids_until)},
        "contractPeriod": {
            "startDate": day(it.service_starts_on),
            "endDate": day(it.service_ends_on, ends=True),
        },
        "hasEnquiries": True if process.answers else None,
        **_criteria(it),
        "lots": [_lot(each) for each in it.lots],
        "items": [_item(each) for each in it.lots],
        "milestones": _milestones(it),
        "enquiries": _enquiries(process),
        "amendments": _amendments(process),
        "documents": of_tender(process, site),
    }


def status(it: Tender) -> str:
    """Closed and judged is still active: the standard's tender ends with its result."""
    if it.cancelled_at is not None:
        return "cancelled"
    if it.failed_at is not None:
        return "unsuccessful"
    return "complete" if it.completed_at is not None else "active"


def _criteria(it: Tender) -> dict[str, Any]:
    price = _("价格 %(weight)s%%", weight=_percent(it.price_weight))
    if METHODS[it.method].lowest_price_wins:
        return {"awardCriteria": "priceOnly"}
    named = [f"{each.title} {_percent(each.weight)}%" for each in it.criteria]
    return {"awardCriteria": "ratedCriteria", "awardCriteriaDetails": "；".join([*named, price])}


def _percent(weight: Any) -> str:
    return f"{weight.normalize():f}"


def _lot(lot: Lot) -> dict[str, Any]:
    ended = "cancelled" if lot.cancelled_at else "unsuccessful" if lot.failed_at else status(lot.tender)
    return {
        "id": str(lot.number),
        "title": lot.title,
        "description": lot.description,
        "status": ended,
        "value": money(lot.limit),
    }


def _item(lot: Lot) -> dict[str, Any]:
    """What a lot buys, in the codes of its public needs."""
    needs = [row.need for row in lot.needs if row.need.is_public]
    terms = [row.term for need in needs for row in need.terms if row.term.taxonomy is Taxonomy.SERVICE]
    codes = {term.code: {"scheme": TERMS, "id": term.code, "description": term.name_zh} for term in terms}
    first, *more = list(codes.values()) or [None]
    return {
        "id": str(lot.number),
        "description": lot.title,
        "classification": first,
        "additionalClassifications": more,
        "quantity": lot.quantity,
        "unit": {"name": label(lot.quantity_unit)},
        "relatedLot": str(lot.number),
    }


def _milestones(it: Tender) -> list[dict[str, Any]]:
    return [
        {
            "id": str(each.position + 1),
            "title": each.title,
            "type": "payment",
            "description": _(
                "签约后（服务开始更晚的，从开始之日起）%(days)s 天内，合同价的 %(percent)s%%。%(words)s",
                days=each.due_days,
                percent=_percent(each.percent),
                words=each.deliverable,
            ),
            "status": "scheduled",
        }
        for each in it.milestones
    ]


def _enquiries(process: Process) -> list[dict[str, Any]]:
    """Questions and answers; `author` is left out on purpose."""
    return [
        {
            "id": str(each.id),
            "date": instant(each.asked_at),
            "description": each.question,
            "answer": each.answer,
            "dateAnswered": instant(each.answered_at),
        }
        for each in process.answers
    ]


def _amendments(process: Process) -> list[dict[str, Any]]:
    return [
        {
            "id": str(each.number),
            "date": instant(each.made_at),
            "rationale": label(each.kind),
            "description": each.words,
        }
        for each in process.amendments
    ]
