"""Where a statutory notice stands on the official site, and since when; that site prevails (R56, R57)."""

from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.audit.record import record
from models.calendar.clocks import local_date
from models.calendar.counting import count
from models.errors import Conflict, Invalid
from models.rulebook.methods import METHODS
from models.tenders.lifecycle import phase_at
from models.tenders.notice import Notice, NoticeKind
from models.tenders.tender import Tender, TenderPhase
from models.wording import clean

BEFORE = frozenset({NoticeKind.INTENT, NoticeKind.SINGLE_SOURCE})
"""What is announced before the tender itself."""

EARLIEST = date(2004, 1, 1)
LONGEST = 500


def note(
    session: Session, tender: Tender, act: Act, *, kind: NoticeKind, url: str, published_on: date
) -> Notice:
    """Keep the address and the day of a notice that stands on the official site."""
    ensure(act, P.TENDER_WRITE, tender)
    if tender.is_draft and kind not in BEFORE:
        raise Conflict("notice_before_publication", field="kind")
    if phase_at(tender, act.at) == TenderPhase.CANCELLED and tender.is_draft:
        raise Conflict("wrong_phase", phase=TenderPhase.CANCELLED)
    if not EARLIEST <= published_on <= local_date(act.at):
        raise Invalid("notice_day", field="published_on")
    notice = Notice(
        tender=tender,
        kind=kind,
        url=_address(url),
        published_on=published_on,
        recorded_at=act.at,
        recorded_by=act.actor.person_id,
    )
    session.add(notice)
    record(session, act, "tender.note_notice", tender, kind=kind, published_on=published_on)
    return notice


def noticed_on(session: Session, tender: Tender) -> date | None:
    """Since when a single source has been announced; a notice that was put right counts anew (R45)."""
    query = select(func.max(Notice.published_on)).where(Notice.tender_id == tender.id)
    return session.scalar(query.where(Notice.kind == NoticeKind.SINGLE_SOURCE))


def notice_ends(notice: Notice) -> date | None:
    """The last day of those for which a single source is announced (R45)."""
    span = METHODS[notice.tender.method].public_notice
    if span is None or notice.kind is not NoticeKind.SINGLE_SOURCE:
        return None
    return count(notice.published_on, span.days, span.kind).day


def _address(url: str) -> str:
    """An address people can follow: http or https with a host, and nothing else."""
    kept = clean(url)
    try:
        parts = urlsplit(kept)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or "." not in host or parts.scheme not in {"http", "https"} or len(kept) > LONGEST:
        raise Invalid("notice_address", field="url", most=LONGEST)
    return kept


def notices_of(session: Session, tender_id: UUID) -> list[Notice]:
    """The notices, by their days."""
    query = select(Notice).where(Notice.tender_id == tender_id)
    return list(session.scalars(query.order_by(Notice.published_on, Notice.recorded_at)))
