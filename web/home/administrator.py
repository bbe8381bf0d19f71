"""The home page of an administrator: accounts that can do nothing, and where to begin."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from models.act import Act
from models.parties import people
from web.home.page import Home, ToDo

SHOWN = 10


def build(session: Session, act: Act) -> Home:
    """What an administrator must do now."""
    rows = people.without_role(session, act, limit=SHOWN)
    todo = [
        ToDo(
            _("给予身份"),
            row.person.name,
            url_for("people.show", person_id=row.person.id),
            note=_("这个账号没有身份"),
        )
        for row in rows
    ]
    start = [(_("新建账号"), url_for("people.new")), (_("人员与身份"), url_for("people.list_"))]
    return Home(todo=todo, start=start)
