"""When a procurement last changed in the public eye: the newest of all dates that anybody may know."""

from datetime import datetime
from typing import Any

from sqlalchemy import Subquery, func, select, union_all

from models.contracts.award import Award
from models.contracts.contract import Contract, ContractChange, ContractMilestone
from models.tenders.amendment import Amendment
from models.tenders.enquiry import Enquiry
from models.tenders.lot import Lot
from models.tenders.notice import Notice
from models.tenders.tender import Tender

_OF_TENDER = (
    Tender.published_at,
    Tender.opened_at,
    Tender.priced_at,
    Tender.decided_at,
    Tender.replayed_at,
    Tender.completed_at,
    Tender.failed_at,
    Tender.cancelled_at,
)
_OF_CONTRACT = (Contract.published_at, Contract.completed_at, Contract.terminated_at)


def newest(at: datetime) -> Subquery:
    """`tender_id` and `date` of every published tender at an instant."""
    moments = union_all(*_moments(at)).subquery()
    return (
        select(moments.c.tender_id, func.max(moments.c.at).label("date"))
        .join(Tender, Tender.id == moments.c.tender_id)
        .where(Tender.published_at <= at, moments.c.at <= at)
        .group_by(moments.c.tender_id)
        .subquery()
    )


def _moments(at: datetime) -> list[Any]:
    found: list[Any] = [select(Tender.id.label("tender_id"), column.label("at")) for column in _OF_TENDER]
    found += [select(Lot.tender_id, column) for column in (Lot.failed_at, Lot.cancelled_at)]
    found += [
        select(Amendment.tender_id, Amendment.made_at),
        select(Enquiry.tender_id, Enquiry.answered_at),
        select(Notice.tender_id, Notice.recorded_at),
    ]
    for column in (Award.noticed_at, Award.notice_ends_at, Award.cancelled_at):
        noticed = select(Lot.tender_id, column).join(Award, Award.lot_id == Lot.id)
        found.append(noticed.where(Award.noticed_at <= at))
    found += [_of_contract(column, at) for column in _OF_CONTRACT]
    for part, column in (
        (ContractChange, ContractChange.agreed_at),
        (ContractMilestone, ContractMilestone.accepted_at),
        (ContractMilestone, ContractMilestone.paid_at),
    ):
        found.append(_of_contract(column, at).join(part, part.contract_id == Contract.id))
    return found


def _of_contract(column: Any, at: datetime) -> Any:
    return (
        select(Lot.tender_id, column)
        .join(Award, Award.lot_id == Lot.id)
        .join(Contract, Contract.award_id == Award.id)
        .where(Contract.published_at <= at)
    )
