"""One home page per role that answers: what must I do now, by when."""

from collections.abc import Callable

from flask import Blueprint, g, render_template
from sqlalchemy.orm import Session

from models import outbox
from models.act import Act, Role
from models.exchange.importing import kinds_for
from web.guards import signed_in
from web.home import (
    administrator,
    auditor,
    community,
    evaluator,
    matching,
    official,
    organisation,
    panel_member,
)
from web.home.page import Home, News
from web.inbox.links import news_of

bp = Blueprint("home", __name__)

HOMES: dict[Role, Callable[[Session, Act], Home]] = {
    Role.ADMINISTRATOR: administrator.build,
    Role.AUDITOR: auditor.build,
    Role.CITY_OFFICIAL: official.build,
    Role.COMMUNITY_WORKER: community.build,
    Role.DISTRICT_OFFICIAL: official.build,
    Role.EVALUATOR: evaluator.build,
    Role.HUB: matching.watching,
    Role.ORGANISATION_STAFF: organisation.build,
    Role.PANEL_MEMBER: panel_member.build,
    Role.STREET_OFFICIAL: official.build,
}


@bp.get("/home")
@signed_in
def home() -> str:
    """My home page."""
    build = HOMES.get(g.act.actor.role)
    page = build(g.db, g.act) if build else Home()
    news: list[News] = [news_of(message) for message in outbox.inbox(g.db, g.act, limit=8)]
    return render_template("home/home.html", page=page, news=news, sheets=bool(kinds_for(g.act)))
