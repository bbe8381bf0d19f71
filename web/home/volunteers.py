"""What calls for volunteers add to home pages: open ones run, those whose day is over wait for a number."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.volunteers.queries import mine
from web.format import day
from web.home.page import InProgress, ToDo
from web.volunteers.words import state

MOST = 8


def to_close(session: Session, act: Act) -> list[ToDo]:
    """Calls whose last day is over, and whose number nobody has entered."""
    return [
        ToDo(_("登记报名人数"), each.title, url_for("volunteers.close", call_id=each.id))
        for each in mine(session, act)
        if each.is_over(act.at)
    ][:MOST]


def calling(session: Session, act: Act) -> list[InProgress]:
    """Calls one can still answer."""
    return [
        InProgress(
            each.title,
            url_for("volunteers.show", call_id=each.id),
            tag=state(each),
            next=_("%(day)s（含当天）前报名", day=day(each.ends_on)),
        )
        for each in mine(session, act)
        if not each.is_over(act.at)
    ][:MOST]
