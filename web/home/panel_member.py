"""The home page of a panel member: declare, mark, hand in."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.panels import queries
from models.panels.panel import PanelMember
from web.home.page import Home, InProgress, ToDo

MOST = 8


def build(session: Session, act: Act) -> Home:
    """What waits for the member, and what the member waits for."""
    seats = [seat for seat in queries.seats(session, act) if queries.is_at_work(seat, act)]
    todo = [each for seat in seats if (each := _todo(seat)) is not None]
    waiting = [seat for seat in seats if _todo(seat) is None]
    return Home(
        todo=todo[:MOST],
        in_progress=[_waits(seat) for seat in waiting[:MOST]],
        start=[(_("我的评审"), url_for("marking.seats"))],
    )


def _todo(seat: PanelMember) -> ToDo | None:
    url, title = url_for("marking.seat", panel_member_id=seat.id), seat.panel.tender.title
    if seat.declared_at is None:
        return ToDo(_("申报利害关系"), title, url)
    if seat.panel.qualified_at is None:
        return ToDo(_("审查投标"), title, url, note=_("您是组长")) if seat.is_chair else None
    return ToDo(_("评分并提交"), title, url) if seat.submitted_at is None else None


def _waits(seat: PanelMember) -> InProgress:
    tag = (_("已提交评分"), "done") if seat.submitted_at else (_("等候审查结束"), "neutral")
    return InProgress(seat.panel.tender.title, url_for("marking.seat", panel_member_id=seat.id), tag)
