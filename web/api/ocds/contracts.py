"""Contracts of a release, from their publication on: milestones, payments, changes. Nobody is named."""

from datetime import datetime
from typing import Any

from models.contracts.changing import total
from models.contracts.contract import Contract, ContractMilestone, ContractPhase
from models.contracts.lifecycle import contract_phase_at
from models.disclosure.process import Process
from web.api.ocds.documents import of_contracts
from web.api.ocds.parties import Parties
from web.api.ocds.values import day, instant, money

STATUS = {
    ContractPhase.PENDING: "pending",
    ContractPhase.SIGNING: "pending",
    ContractPhase.ACTIVE: "active",
    ContractPhase.COMPLETE: "terminated",  # the standard's word for a contract that came to its end
    ContractPhase.TERMINATED: "terminated",
}


def contracts(process: Process, parties: Parties, at: datetime) -> list[dict[str, Any]]:
    """Every published contract."""
    return [_contract(each, process, parties, at) for each in process.contracts]


def _contract(contract: Contract, process: Process, parties: Parties, at: datetime) -> dict[str, Any]:
    phase = contract_phase_at(contract, at)
    ended = phase is ContractPhase.TERMINATED
    return {
        "id": contract.reference,
        "awardID": str(contract.award_id),
        "title": contract.award.lot.title,
        "status": STATUS[phase],
        "period": {"startDate": day(contract.starts_on), "endDate": day(contract.ends_on, ends=True)},
        "value": money(total(contract)),
        "dateSigned": instant(contract.supplier_signed_at),
        "milestones": [_milestone(each, at, ended=ended) for each in contract.milestones],
        "amendments": _amendments(contract, at),
        "documents": of_contracts(process),
        "implementation": {"transactions": _transactions(contract, process, parties, at)},
    }


def _milestone(milestone: ContractMilestone, at: datetime, *, ended: bool) -> dict[str, Any]:
    met = milestone.accepted_at is not None and milestone.accepted_at <= at
    status = "met" if met else "notMet" if ended else "scheduled"
    return {
        "id": str(milestone.position + 1),
        "title": milestone.title,
        "type": "delivery",
        "description": milestone.deliverable,
        "dueDate": day(milestone.due_on, ends=True),
        "dateMet": instant(milestone.accepted_at) if met else None,
        "status": status,
    }


def _transactions(
    contract: Contract, process: Process, parties: Parties, at: datetime
) -> list[dict[str, Any]]:
    """A payment for each milestone that was paid."""
    supplier = contract.award.bid.bid.organisation
    return [
        {
            "id": f"{contract.reference}-{each.position + 1}",
            "date": instant(each.paid_at),
            "value": money(each.paid_amount),
            "payer": parties.purchaser(process.tender.unit, "payer"),
            "payee": parties.organisation(supplier, "payee"),
        }
        for each in contract.milestones
        if each.paid_at is not None and each.paid_at <= at
    ]


def _amendments(contract: Contract, at: datetime) -> list[dict[str, Any]]:
    """Changes both sides have agreed to (R34)."""
    return [
        {"id": str(each.number), "date": instant(each.agreed_at), "description": each.words}
        for each in contract.changes
        if each.agreed_at is not None and each.agreed_at <= at
    ]
