"""Whom to tell what becomes of a tender: who asked about it, whose needs it meets, and whom a caller adds."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.act import Act
from models.parties import accounts
from models.tenders.enquiry import Enquiry
from models.tenders.tender import Tender


def tell(session: Session, act: Act, kind: str, tender: Tender, *, to: Iterable[UUID], **facts: Any) -> None:
    """One message to everybody concerned. Nobody sees who else got it.

    Who has bid is known to a higher subject, whose caller names them in `to`.
    """
    people = set(to) | askers(session, tender, act) | authors(tender)
    outbox.add(session, act, kind, tender, to=people, reference=tender.reference, **facts)


def askers(session: Session, tender: Tender, act: Act) -> set[UUID]:
    """The people of every organisation that has asked a question."""
    query = select(Enquiry.organisation_id).where(Enquiry.tender_id == tender.id).distinct()
    return {id_ for each in session.scalars(query) for id_ in accounts.staff_of(session, act, each)}


def authors(tender: Tender) -> set[UUID]:
    """Who wrote the needs that the tender is for."""
    needs = (row.need for lot in tender.lots for row in lot.needs)
    return {need.created_by for need in needs if need.created_by is not None}
