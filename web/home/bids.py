"""What bids add to home pages: drafts with their deadline, what to confirm, invitations, openings to hold."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.bids import queries
from models.bids.bid import BidPhase
from models.bids.queries import OwnRow
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from web.home.page import InProgress, ToDo
from web.labels import label

SHOWN = 5


def of_bidder(session: Session, act: Act) -> list[ToDo]:
    """An organisation's: what must be confirmed, who asks, and what is not sealed yet."""
    rows = [row for row in queries.own(session, act) if row.until is not None and row.until > act.at]
    asked = [
        each for each in queries.invitations(session, act) if not each.confirmed_at and not each.declined_at
    ]
    return [
        *(_confirm(row) for row in rows if row.confirm),
        *(
            ToDo(
                _("答复联合体邀请"),
                each.consortium.lot.tender.title,
                url_for("bids.invitations"),
                due=each.consortium.lot.tender.bids_until,
                note=each.consortium.organisation.name,
            )
            for each in asked[:SHOWN]
        ),
        *[_draft(row) for row in rows if row.draft][:SHOWN],
    ]


def sealed(session: Session, act: Act) -> list[InProgress]:
    """An organisation's sealed bids that wait for their opening."""
    return [
        InProgress(
            row.lot.tender.title,
            url_for("bids.show", bid_id=row.bid.id),
            (label(row.phase), "done"),
            _("等待开标"),
        )
        for row in queries.own(session, act)
        if row.bid and row.phase == BidPhase.SEALED and _waits(row, act)
    ][:SHOWN]


def to_open(session: Session, act: Act) -> list[ToDo]:
    """An official's: tenders whose deadline is over."""
    return [
        ToDo(
            _("开标"),
            each.title,
            url_for("openings.show", public_tender_id=each.id),
            note=_("投标已截止"),
        )
        for each in queries.to_open(session, act, limit=SHOWN)
    ]


def _waits(row: OwnRow, act: Act) -> bool:
    return row.lot.is_live and phase_at(row.lot.tender, act.at) in (TenderPhase.TENDERING, TenderPhase.CLOSED)


def _confirm(row: OwnRow) -> ToDo:
    assert row.bid is not None  # noqa: S101  # only a bid is confirmed
    return ToDo(
        _("确认投标"),
        row.lot.tender.title,
        url_for("bids.show", bid_id=row.bid.id),
        due=row.until,
        note=_("项目有更正，不确认会无效"),
    )


def _draft(row: OwnRow) -> ToDo:
    assert row.draft is not None  # noqa: S101  # whoever calls has looked
    return ToDo(
        _("写完投标并密封"),
        row.lot.tender.title,
        url_for("bids.edit", lot_id=row.lot.id),
        due=row.until,
        note=_("填了 %(percent)s%%", percent=row.draft.filled),
    )
