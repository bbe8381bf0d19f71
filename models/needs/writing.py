"""When a need may be written: by its own side until it is submitted, by the official who handles it after."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can, ensure
from models.act import Act
from models.errors import Conflict
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase

DRAFTING = frozenset({NeedPhase.DRAFT, NeedPhase.RETURNED})
HANDLING = frozenset({NeedPhase.SUBMITTED, NeedPhase.DELIBERATING})


def may_write(need: Need, act: Act) -> bool:
    """Whether the need's words and parts may be changed now, by this actor."""
    phase = phase_at(need, act.at)
    return can(act, P.NEED_WRITE, need) and (
        phase in DRAFTING or (phase in HANDLING and can(act, P.NEED_STANDARDISE, need))
    )


def take_up(session: Session, need: Need, act: Act, revision: int | None = None) -> None:
    """Lock a need for writing. Raises NotAllowed, Conflict("wrong_phase") or Conflict("stale").

    `revision` is the one the form was made of; who calls several verbs at once gives it to the first.
    """
    ensure(act, P.NEED_WRITE, need)
    session.refresh(need, with_for_update=True)
    if not may_write(need, act):
        raise Conflict("wrong_phase", phase=phase_at(need, act.at))
    if revision is not None and revision != need.revision:
        raise Conflict("stale")


def lock(session: Session, *needs: Need) -> None:
    """Lock several needs, always in one order: two people who name them crosswise wait once, not for ever."""
    rows = select(Need.id).where(Need.id.in_([need.id for need in needs])).order_by(Need.id)
    session.execute(rows.with_for_update())
    for need in needs:
        session.refresh(need)


def touch(need: Need, act: Act) -> None:
    """Say that the need has changed, also when only its parts have: the revision moves on with it."""
    need.updated_at = act.at
