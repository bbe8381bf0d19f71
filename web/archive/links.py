"""What the file of a project hangs on a tender's page."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.tenders.tender import Tender


def file(tender: Tender) -> dict[str, Any] | None:
    """The whole file, for whoever audits the area."""
    if not can(g.act, P.PROJECT_FILE, tender):
        return None
    return {"label": _("全套项目档案"), "url": url_for("archive.show", public_tender_id=tender.id)}
