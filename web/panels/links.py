"""What a tender's page offers of its panel."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission
from models.access.policy import can
from models.panels import queries
from models.tenders.tender import Tender

Link = dict[str, Any]


def panel(tender: Tender) -> Link | None:
    """The panel, from the opening on, for the area's officials and auditors."""
    if tender.opened_at is None or not can(g.act, Permission.PANEL_VIEW, tender):
        return None
    found = queries.panel_of(g.db, tender, g.act)
    if found is not None:
        return {"label": _("评审小组"), "url": url_for("panels.show", panel_id=found.id)}
    return {"label": _("抽取评审小组"), "url": url_for("panels.start", tender_id=tender.id)}
