"""What bids hang on a tender's page: to bid, to open, to check the envelopes."""

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from models.access.permissions import Permission as P
from models.access.policy import can
from models.tenders.lifecycle import phase_at
from models.tenders.tender import Tender, TenderPhase

Link = dict[str, Any]


def bid(tender: Tender) -> Link | None:
    """To the bid editor, for organisations while bids are taken."""
    if phase_at(tender, g.at) != TenderPhase.TENDERING or not can(g.act, P.BID_SUBMIT):
        return None
    where = url_for("bids.choose", public_tender_id=tender.id)
    return {"label": _("写投标"), "url": where, "style": "primary"}


def room(tender: Tender) -> Link | None:
    """To the opening room, for the officials of the area."""
    if tender.is_draft or not can(g.act, P.TENDER_OPEN, tender):
        return None
    style = "primary" if phase_at(tender, g.at) == TenderPhase.CLOSED else "secondary"
    return {"label": _("开标室"), "url": url_for("openings.show", public_tender_id=tender.id), "style": style}


def envelopes(tender: Tender) -> Link | None:
    """To the list of envelopes, for everybody from the deadline on."""
    if tender.is_draft or tender.bids_until is None or g.at < tender.bids_until:
        return None
    return {"label": _("信封清单"), "url": url_for("openings.envelopes", public_tender_id=tender.id)}
