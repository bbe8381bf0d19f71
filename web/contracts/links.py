"""What awards and challenges hang on a tender's page."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.contracts.award_page import DECIDABLE
from models.contracts.windows import windows
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase

Link = dict[str, Any]
TOLD = frozenset({TenderPhase.DECIDED, TenderPhase.COMPLETE, TenderPhase.FAILED})


def desk(tender: Tender) -> Link | None:
    """The award desk, once the report lies there."""
    phase = phase_at(tender, g.act.at)
    if phase not in DECIDABLE | {TenderPhase.COMPLETE} or not can(g.act, P.AWARD_VIEW, tender):
        return None
    style = "primary" if phase == TenderPhase.REPORTED else "secondary"
    return {"label": _("确定结果"), "url": url_for("awards.desk", result_id=tender.id), "style": style}


def result(tender: Tender) -> Link | None:
    """The result, for everybody."""
    if phase_at(tender, g.act.at) not in TOLD:
        return None
    return {"label": _("看采购结果"), "url": url_for("awards.result", result_id=tender.id)}


def challenge(tender: Tender) -> Link | None:
    """A challenge, as long as something can be challenged."""
    mine = g.act.actor.organisation_id
    if not can(g.act, P.CHALLENGE_FILE) or mine is None:
        return None
    if not any(each.is_open(g.act.at) for each in windows(g.db, tender, mine)):
        return None
    return {"label": _("提出质疑"), "url": url_for("challenges.new", result_id=tender.id)}
