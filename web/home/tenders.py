"""What tenders ask of an official: phrases to fetch, questions to answer, drafts to finish."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.paging import Paging
from models.tenders import keys, queries
from models.tenders.enquiring import answer_by
from models.tenders.enquiry import Enquiry
from models.tenders.key import KeyHolder
from models.tenders.queries import TenderRow, Wanted
from models.tenders.tender import TenderPhase
from web.home.page import InProgress, ToDo
from web.labels import label
from web.tenders.words import tone

MOST = 5
A_MINUTE = timedelta(minutes=1)


def todo(session: Session, act: Act) -> list[ToDo]:
    """Phrases first: a publication waits for them."""
    return [
        *(_fetch(each) for each in keys.phrases_to_fetch(session, act.actor)[:MOST]),
        *(_answer(each) for each in queries.unanswered(session, act)[:MOST]),
    ]


def _fetch(holder: KeyHolder) -> ToDo:
    verb = _("取走开标口令") if holder.person_id else _("打印备用口令")
    return ToDo(verb, holder.key.tender.title, url_for("tenders.phrase", holder_id=holder.id))


def _answer(enquiry: Enquiry) -> ToDo:
    return ToDo(
        _("答复问题"),
        enquiry.tender.title,
        url_for("tenders.answer", enquiry_id=enquiry.id),
        due=start_of(answer_by(enquiry) + timedelta(days=1)) - A_MINUTE,
    )


def in_progress(session: Session, act: Act) -> list[InProgress]:
    """Drafts of the area, and what takes bids now."""
    wanted = Wanted(phases={TenderPhase.DRAFT, TenderPhase.TENDERING}, area=act.actor.unit_code)
    return [_row(row) for row in queries.listing(session, act, wanted, paging=Paging(size=MOST)).rows]


def _row(row: TenderRow) -> InProgress:
    is_draft = row.phase == TenderPhase.DRAFT
    where = url_for("tenders.write" if is_draft else "tenders.show", tender_id=row.tender.id)
    return InProgress(row.tender.title, where, tag=(label(row.phase), tone(row.phase)))
