"""Reads on needs that guards and lists share: the loader, and who may see what as SQL."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.act import OFFICIALS, Act, Role
from models.needs.need import Need

WATCHES_ITS_AREA = frozenset({Role.HUB, Role.AUDITOR})
WRITES_ITS_AREA = OFFICIALS | {Role.COMMUNITY_WORKER}


def need(session: Session, need_id: UUID, act: Act) -> Need | None:
    """The need, unless the actor may not know that there is one."""
    found = session.get(Need, need_id)
    return found if found is not None and can(act, Permission.NEED_VIEW, found) else None


def visible(act: Act) -> ColumnElement[bool]:
    """What `can(act, NEED_VIEW, need)` says, as SQL."""
    handed_in = and_(Need.submitted_at.is_not(None), _of_the_area(act, WATCHES_ITS_AREA))
    return or_(Need.is_public, _of_the_area(act, WRITES_ITS_AREA), handed_in)


def writable(act: Act) -> ColumnElement[bool]:
    """What `can(act, NEED_WRITE, need)` says, as SQL."""
    return _of_the_area(act, WRITES_ITS_AREA)


def _of_the_area(act: Act, roles: frozenset[Role]) -> ColumnElement[bool]:
    code = act.actor.unit_code
    if act.actor.role not in roles or not code:
        return false()
    return Need.unit_code.startswith(code, autoescape=True)
