"""The home page of an evaluator: declare, mark, reply, mark again; and what is with others."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from web.home.agencies import to_declare
from web.home.evaluations import to_evaluate
from web.home.page import Home, by_date
from web.home.rectifying import to_recheck
from web.home.surveys import being_answered, to_open


def build(session: Session, act: Act) -> Home:
    """What is due first stands first; a declaration has no day, but nothing begins without it."""
    dated = [*to_evaluate(session, act), *to_recheck(session, act), *to_open(session, act)]
    return Home(
        todo=[*to_declare(session, act), *by_date(dated)],
        in_progress=being_answered(session, act),
        start=[
            (_("我的评估"), url_for("evaluations.list_")),
            (_("整改"), url_for("rectifications.list_")),
            (_("评估任务"), url_for("assignments.list_")),
            (_("居民评价"), url_for("surveys.list_")),
            (_("我们的评分是否一致"), url_for("supervision.show")),
        ],
    )
