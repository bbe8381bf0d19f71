"""One hand at a time on a row: the second of two clicks finds what the first has done."""

from typing import Any

from sqlalchemy.orm import Session


def hold(session: Session, row: Any) -> None:
    """Lock a row until the end of the transaction, and read it afresh."""
    session.flush()  # a refresh forgets what a verb before has set and nobody has written yet
    session.refresh(row, with_for_update=True)
