"""What a new bid can begin with: people, earlier answers, the catalogue. All of it is shown and editable."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.bids.bid import Bid
from models.bids.documents import words_of
from models.bids.opened import OpenedBid
from models.catalogue.service import Service, ServiceTerm
from models.parties.organisation import Certificate, Organisation, StaffMember
from models.tenders.lot import Lot

MOST_STAFF = 20
BEST_FIRST = (Certificate.SENIOR, Certificate.SOCIAL_WORKER, Certificate.ASSISTANT, None)


@dataclass(frozen=True)
class Known:
    """What is known already. `answers` are by the criterion's id."""

    organisation: Organisation
    staff: tuple[StaffMember, ...]
    answers: dict[UUID, str] = field(default_factory=dict, repr=False)
    service: Service | None = None


def known(session: Session, lot: Lot, organisation: Organisation, act: Act) -> Known:
    """What the organisation's profile, catalogue and opened bids say for this lot."""
    ensure(act, Permission.BID_SUBMIT, organisation)
    staff = sorted(organisation.staff, key=lambda each: (BEST_FIRST.index(each.certificate), each.name))
    service = _fitting_service(session, lot, organisation)
    answers = _earlier_answers(session, lot, organisation)
    first = next((each for each in lot.tender.criteria if not each.is_objective), None)
    if service is not None and first is not None:
        answers.setdefault(first.id, service.description)
    return Known(organisation, tuple(staff[:MOST_STAFF]), answers, service)


def _fitting_service(session: Session, lot: Lot, organisation: Organisation) -> Service | None:
    """The service that shares most codes with the needs of the lot."""
    wanted = {term.term_code for row in lot.needs for term in row.need.terms}
    query = (
        select(Service)
        .join(ServiceTerm, ServiceTerm.service_id == Service.id)
        .where(Service.organisation_id == organisation.id, ServiceTerm.term_code.in_(wanted))
        .order_by(Service.reference)
    )
    shared = Counter(each for each in session.scalars(query) if each.is_public)
    return shared.most_common(1)[0][0] if shared else None


def _earlier_answers(session: Session, lot: Lot, organisation: Organisation) -> dict[UUID, str]:
    """What was written to criteria of the same title in one's own opened bids, the newest first."""
    query = (
        select(OpenedBid)
        .join(OpenedBid.bid)
        .where(Bid.organisation_id == organisation.id)
        .order_by(OpenedBid.opened_at.desc())
        .limit(10)
    )
    by_title: dict[str, str] = {}
    for opened in session.scalars(query):
        words = words_of(opened.technical.get("answers", ()), "criterion")
        for criterion in opened.bid.lot.tender.criteria:
            if words.get(str(criterion.id)):
                by_title.setdefault(criterion.title, words[str(criterion.id)])
    return {each.id: by_title[each.title] for each in lot.tender.criteria if each.title in by_title}
