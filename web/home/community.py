"""A community worker's home: what to finish, what came back, what was promised, what to record."""

from datetime import timedelta

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import start_of
from models.needs.deliberation_queries import MeetingRow, promises_open, to_record
from models.needs.lifecycle import phase_at
from models.needs.mine import in_phase
from models.needs.need import Need, NeedPhase
from models.needs.ticketing import how_many_wait
from models.tenders.queries import procurements
from models.tenders.tender import Tender
from web.home.evaluations import results
from web.home.page import Home, InProgress, ToDo, by_date
from web.home.ratings import to_rate
from web.home.surveys import to_key_in
from web.home.volunteers import calling, to_close
from web.labels import label
from web.needs.words import phase_words, tone, what_next

UNDER_WAY = (NeedPhase.SUBMITTED, NeedPhase.DELIBERATING, NeedPhase.STANDARDISED, NeedPhase.MATCHED)


LAST_MINUTE = timedelta(hours=23, minutes=59)
"""A promise holds until the end of its day, and is shown with that day's date."""


def build(session: Session, act: Act) -> Home:
    """What has a day first; then what came back, what to record, whom to rate, what to finish."""
    todo = [
        *(_promise(row) for row in promises_open(session, act)),
        *(_returned(need) for need in in_phase(session, act, NeedPhase.RETURNED)),
        *(_record(row) for row in to_record(session, act)),
        *_tickets(how_many_wait(session, act)),
        *to_key_in(session, act),
        *to_rate(session, act),
        *to_close(session, act),
        *(_draft(need) for need in in_phase(session, act, NeedPhase.DRAFT, limit=8)),
    ]
    under_way = in_phase(session, act, *UNDER_WAY, limit=12)
    tenders = procurements(session, under_way)
    return Home(
        todo=by_date(todo),
        in_progress=[
            *(_under_way(need, tenders.get(need.id)) for need in under_way),
            *calling(session, act),
            *results(session, act),
        ],
        start=[
            (_("发布需求"), url_for("needs.new")),
            (_("新建调研"), url_for("assessments.new")),
            (_("议事安排"), url_for("deliberations.list_")),
            (_("看我的需求"), url_for("needs.mine")),
            (_("热线和网格工单"), url_for("tickets.list_")),
            (_("整改结果"), url_for("rectifications.list_")),
            (_("互评"), url_for("ratings.list_")),
            (_("居民评价"), url_for("surveys.list_")),
        ],
    )


def _tickets(many: int) -> list[ToDo]:
    """One line for all calls that wait."""
    if not many:
        return []
    said = ngettext("%(num)d 张热线或网格工单", "%(num)d 张热线或网格工单", many)
    return [ToDo(_("处理工单"), said, url_for("tickets.list_"))]


def _promise(row: MeetingRow) -> ToDo:
    day = row.meeting.promise_due_on
    return ToDo(
        _("兑现承诺"),
        row.meeting.promise,
        url_for("deliberations.show", deliberation_id=row.meeting.id),
        due=start_of(day) + LAST_MINUTE if day else None,
        note=_("已过期，请尽快报告结果。") if row.is_promise_overdue else None,
    )


def _record(row: MeetingRow) -> ToDo:
    return ToDo(
        _("记录会议"),
        row.meeting.need.heading,
        url_for("deliberations.record", deliberation_id=row.meeting.id),
        note=label(row.meeting.meeting_type),
    )


def _returned(need: Need) -> ToDo:
    reason = label(need.return_reason)
    return ToDo(
        _("补充后重新提交"),
        need.heading,
        url_for("needs.show", need_id=need.id),
        note=_("退回的理由：%(reason)s", reason=reason),
    )


def _draft(need: Need) -> ToDo:
    return ToDo(_("写完草稿"), need.heading, url_for("needs.what", need_id=need.id), note=need.reference)


def _under_way(need: Need, tender: Tender | None) -> InProgress:
    phase = phase_at(need, g.at)
    return InProgress(
        need.heading,
        url_for("needs.show", need_id=need.id),
        tag=(phase_words(need, phase), tone(phase)),
        next=what_next(need, phase, tender),
    )
