"""What matching adds to home pages: reviews that wait, needs that fit, and the areas of those who watch."""

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.act import Act
from models.matching.fitting import best_fits
from models.matching.ledger import Wanted, gaps
from models.matching.recommending import recommended_by
from models.matching.waiting import Waiting, waiting
from models.needs.lifecycle import phase_at
from models.paging import Paging
from web.home.page import Home, InProgress, ToDo
from web.labels import label
from web.matching import words

MOST_RECOMMENDED = 10


def waiting_reviews(session: Session, act: Act, *, limit: int = 5) -> list[ToDo]:
    """An official's needs to match, to review or to settle, the oldest first."""
    return [_to_do(each, act) for each in waiting(session, act, limit=limit)]


def fitting_todo(session: Session, act: Act, *, limit: int = 3) -> list[ToDo]:
    """An organisation's best open needs."""
    found = best_fits(session, act, current_app.extensions["matching"], limit=limit)
    return [
        ToDo(
            _("看适合您的需求"),
            need.title,
            url_for("needs.show", need_id=need.id),
            note=words.fit(score),
        )
        for need, score in found
    ]


def watching(session: Session, act: Act) -> Home:
    """What those who watch an area see of it: auditors and hubs."""
    open_gaps = gaps(session, act, Wanted(), paging=Paging(size=20)).rows
    recommended = [
        InProgress(
            f"{each.need.title} · {each.service.title}",
            url_for("recommending.page", need_id=each.need_id),
            (_("已推荐"), "active"),
            label(phase_at(each.need, act.at)),
        )
        for each in recommended_by(session, act)[:MOST_RECOMMENDED]
    ]
    return Home(
        in_progress=[
            *recommended,
            *(
                InProgress(
                    row.need.title,
                    url_for("needs.show", need_id=row.need.id),
                    (label(row.entry.cause), "waiting"),
                    label(row.entry.remedy),
                )
                for row in open_gaps[:5]
            ),
        ],
        start=[
            (_("区域概览"), url_for("overview.show")),
            (_("供给缺口"), url_for("matching.gaps")),
        ],
    )


def _to_do(each: Waiting, act: Act) -> ToDo:
    if each.accepted:
        verb = _("完成匹配")
    elif each.has_run:
        verb = _("审核推荐")
    else:
        verb = _("找服务")
    days = (act.at - each.need.standardised_at).days if each.need.standardised_at else 0
    note = ngettext("等了 %(num)d 天", "等了 %(num)d 天", days) if days else None
    return ToDo(verb, each.need.title, url_for("matching.show", need_id=each.need.id), note=note)
