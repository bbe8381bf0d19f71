"""An official's home: needs by their day, promises of the area, reviews that wait; and how things stand."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.needs.deliberation_queries import MeetingRow, overdue_promises, upcoming
from models.needs.handling_queries import CLOCKED_PHASES, QueueRow, Wanted, queue
from models.needs.need import NeedPhase
from models.paging import Paging
from web.home import tenders
from web.home.agencies import to_draw
from web.home.bids import to_open
from web.home.contracts import to_handle
from web.home.evaluations import evaluating
from web.home.judging import judging
from web.home.matching import waiting_reviews
from web.home.page import Home, InProgress, ToDo, by_date
from web.home.ratings import to_rate
from web.home.rectifying import to_decide
from web.home.surveys import being_answered
from web.home.surveys import to_open as to_ask
from web.labels import label
from web.labels.parties import unit_name
from web.needs.words import tone

MOST, MOST_PROMISES = 8, 4
A_MINUTE = timedelta(minutes=1)
"""Taken off the end of a day, so that a deadline is read on the day itself: 23:59."""


def build(session: Session, act: Act) -> Home:
    """What is due first stands first; a meeting that is announced is waited for, not handled."""
    waiting = _waiting(session, act)
    todo = [
        *(_need(row) for row in waiting),
        *(_promise(row) for row in overdue_promises(session, act)[:MOST_PROMISES]),
        *waiting_reviews(session, act),
        *to_open(session, act),
        *judging(session, act),
        *tenders.todo(session, act),
        *to_handle(session, act),
        *evaluating(session, act),
        *to_draw(session, act),
        *to_decide(session, act),
        *to_rate(session, act),
        *to_ask(session, act),
    ]
    return Home(
        todo=by_date(todo),
        in_progress=[
            *tenders.in_progress(session, act),
            *being_answered(session, act),
            *(_meeting(row) for row in upcoming(session, act)[:MOST]),
        ],
        start=[
            (_("看待办需求"), url_for("handling.queue")),
            (_("期限日历"), url_for("agenda.show")),
            (_("服务目录"), url_for("catalogue.list_")),
            (_("合同"), url_for("contracts.list_")),
            (_("质疑"), url_for("challenges.list_")),
            (_("评估安排"), url_for("evaluations.list_")),
            (_("评估机构名单"), url_for("agencies.list_")),
            (_("评估监督"), url_for("supervision.show")),
            (_("整改"), url_for("rectifications.list_")),
            (_("评估后的决定"), url_for("consequences.list_")),
            (_("互评"), url_for("ratings.list_")),
            (_("居民评价"), url_for("surveys.list_")),
            (_("议事安排"), url_for("deliberations.list_")),
            (_("需求调研"), url_for("assessments.list_")),
        ],
    )


def _waiting(session: Session, act: Act) -> list[QueueRow]:
    """Needs with a clock that already runs, the longest waiting first."""
    rows = [
        row
        for phase in CLOCKED_PHASES
        for row in queue(session, act, Wanted(phase=phase), sort="since", paging=Paging(size=MOST)).rows
        if row.since <= act.at
    ]
    return sorted(rows, key=lambda row: row.since)[:MOST]


def _need(row: QueueRow) -> ToDo:
    verb = _("审核") if row.phase is NeedPhase.SUBMITTED else _("议事后处理")
    return ToDo(
        verb,
        row.need.heading,
        url_for("handling.show", need_id=row.need.id),
        due=row.due - A_MINUTE if row.due else None,
        note=unit_name(row.need.unit),
    )


def _promise(row: MeetingRow) -> ToDo:
    day = row.meeting.promise_due_on
    return ToDo(
        _("催一催承诺"),
        row.meeting.promise,
        url_for("deliberations.show", deliberation_id=row.meeting.id),
        due=start_of(day + timedelta(days=1)) - A_MINUTE if day else None,
        note=unit_name(row.meeting.need.unit),
    )


def _meeting(row: MeetingRow) -> InProgress:
    return InProgress(
        row.meeting.need.heading,
        url_for("deliberations.show", deliberation_id=row.meeting.id),
        tag=(label(row.phase), tone(NeedPhase.DELIBERATING)),
        next=label(row.meeting.meeting_type),
    )
