"""The home page of an auditor: what is overdue in the area, its gaps, and where everything lies."""

from dataclasses import replace

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from web.home import matching
from web.home.evaluations import overdue_stages
from web.home.page import Home, by_date
from web.home.rectifying import to_watch


def build(session: Session, act: Act) -> Home:
    """What is overdue longest stands first."""
    found = matching.watching(session, act)
    links = [
        (_("期限日历"), url_for("agenda.show")),
        (_("评估安排"), url_for("evaluations.list_")),
        (_("评估监督"), url_for("supervision.show")),
        (_("整改"), url_for("rectifications.list_")),
        (_("评估后的决定"), url_for("consequences.list_")),
        (_("互评"), url_for("ratings.list_")),
        (_("居民评价"), url_for("surveys.list_")),
        (_("合同"), url_for("contracts.list_")),
        (_("服务计划"), url_for("planning.list_")),
    ]
    todo = by_date([*overdue_stages(session, act), *to_watch(session, act)])
    return replace(found, todo=todo, start=[*found.start, *links])
