"""What panels ask of officials and of bidders, for their home pages."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.bids.unsealing import unpriced
from models.panels import queries
from models.panels.marking_desk import all_submitted
from models.panels.queries import Evaluating
from web.home.page import ToDo

MOST = 8


def judging(session: Session, act: Act) -> list[ToDo]:
    """The step of each evaluation that waits for an official."""
    found = (_next(session, row) for row in queries.evaluating(session, act))
    return [each for each in found if each is not None][:MOST]


def to_explain(session: Session, act: Act) -> list[ToDo]:
    """Prices a bidder has still time to explain."""
    return [
        ToDo(
            _("说明报价"),
            question.bid.bid.lot.tender.title,
            url_for("low_prices.answer", opened_id=question.bid_id),
            due=question.due_at,
        )
        for question in queries.questions_to(session, act)
        if question.answered_at is None
    ]


def _next(session: Session, row: Evaluating) -> ToDo | None:
    """What is to be done now; nothing while members declare or mark."""
    if row.panel is None:
        url = url_for("panels.start", tender_id=row.tender.id)
        return ToDo(_("抽取评审小组"), row.tender.title, url)
    url = url_for("panels.show", panel_id=row.panel.id)
    if len(row.panel.seated) < row.panel.size:
        return ToDo(_("补抽评审成员"), row.tender.title, url)
    if row.panel.qualified_at is None:
        return ToDo(_("审查资格与符合性"), row.tender.title, url)
    if not all_submitted(row.panel):
        return None
    if row.tender.priced_at is None or unpriced(session, row.tender):
        return ToDo(_("开启报价"), row.tender.title, url)
    return ToDo(_("排名次，提交评审报告"), row.tender.title, url)
