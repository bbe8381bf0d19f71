"""Reads of what is public: the newest processes a page at a time, or one, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.act import Act
from models.disclosure.bids import consortium_members, counts, opened_bids, public_bids
from models.disclosure.dates import newest as newest_dates
from models.disclosure.outcomes import failed_before, noticed_awards, published_contracts
from models.disclosure.process import Answer, Process
from models.needs.assessment import Assessment
from models.needs.details import NeedTerm
from models.needs.need import Need
from models.paging import Listed, Paging, count, cut
from models.tenders.amendment import Amendment
from models.tenders.enquiry import Enquiry
from models.tenders.lot import Lot, LotNeed
from models.tenders.notice import Notice
from models.tenders.tender import Tender


def newest(session: Session, act: Act, paging: Paging) -> Listed[Process]:
    """Published procurements, the one that changed last first."""
    dates = newest_dates(act.at)
    query = select(Tender, dates.c.date).join(dates, dates.c.tender_id == Tender.id)
    found = session.execute(cut(_whole(query).order_by(dates.c.date.desc(), Tender.id), paging)).all()
    return Listed(_processes(session, found, act), count(session, select(dates.c.tender_id)))


def process(session: Session, reference: str, act: Act) -> Process | None:
    """One published procurement by its number."""
    dates = newest_dates(act.at)
    query = select(Tender, dates.c.date).join(dates, dates.c.tender_id == Tender.id)
    found = session.execute(_whole(query).where(Tender.reference == reference)).all()
    made = _processes(session, found, act)
    return made[0] if made else None


def _whole(query: Select[Any]) -> Select[Any]:
    needs = selectinload(Tender.lots).selectinload(Lot.needs).joinedload(LotNeed.need)
    return query.options(
        joinedload(Tender.unit),
        needs.selectinload(Need.terms).joinedload(NeedTerm.term),
        needs.joinedload(Need.assessment),
        selectinload(Tender.criteria),
        selectinload(Tender.requirements),
        selectinload(Tender.milestones),
    )


def _processes(session: Session, found: Sequence[Any], act: Act) -> list[Process]:
    """The query has chosen the published ones; everything else is read by their ids."""
    tenders = [tender for tender, _date in found]
    ids = [tender.id for tender in tenders]
    answers = _of(session, Enquiry, ids, Enquiry.answered_at, act)
    amendments = _of(session, Amendment, ids, Amendment.made_at, act)
    notices = _of(session, Notice, ids, Notice.recorded_at, act)
    bids, members = opened_bids(session, ids), consortium_members(session, ids)
    awards = noticed_awards(session, ids, act)
    contracts = published_contracts(session, ids, act)
    before = failed_before(session, tenders, act)
    return [
        Process(
            tender=tender,
            date=date,
            answers=tuple(_answer(each) for each in answers[tender.id]),
            amendments=tuple(amendments[tender.id]),
            notices=tuple(notices[tender.id]),
            assessments=_assessments(tender),
            counts=counts(tender, bids[tender.id], act),
            bids=public_bids(tender, bids[tender.id], members, awards[tender.id], act),
            awards=tuple(awards[tender.id]),
            contracts=tuple(contracts[tender.id]),
            failed_before=tuple(before[tender.id]),
        )
        for tender, date in found
    ]


def _of(session: Session, kind: Any, ids: list[UUID], since: Any, act: Act) -> defaultdict[UUID, list[Any]]:
    """By tender: rows of a kind from their own date on."""
    rows: Iterable[Any] = session.scalars(
        select(kind).where(kind.tender_id.in_(ids), since <= act.at).order_by(since, kind.id)
    )
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.tender_id].append(row)
    return found


def _answer(row: Enquiry) -> Answer:
    return Answer(row.id, row.asked_at, row.question, row.answered_at or row.asked_at, row.answer or "")


def _assessments(tender: Tender) -> tuple[Assessment, ...]:
    """The public assessments of its public needs, each once."""
    needs = [row.need for lot in tender.lots for row in lot.needs if row.need.is_public]
    found = {need.assessment.id: need.assessment for need in needs if need.assessment is not None}
    return tuple(each for each in found.values() if each.is_public)
