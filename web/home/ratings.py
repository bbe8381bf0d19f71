"""What mutual ratings add to home pages; never whether the other side has given its own."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from models.act import Act
from models.ratings.desk import desks
from web.home.page import ToDo

MOST = 4


def to_rate(session: Session, act: Act) -> list[ToDo]:
    """Contracts whose other sides I can still rate."""
    return [
        ToDo(
            _("互评"),
            desk.contract.award.lot.tender.title,
            url_for("ratings.show", contract_id=desk.contract.id),
            note=ngettext("还有 %(num)d 方没有评", "还有 %(num)d 方没有评", len(desk.to_give)),
        )
        for desk in desks(session, act)
        if desk.to_give
    ][:MOST]
