"""Opening a link. Wrong ones are counted by address like failed sign-ins: tokens are not guessed here."""

import hashlib
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Conflict, Invalid
from models.parties.person import SignInFailure
from models.surveys.lifecycle import phase_at
from models.surveys.links import hashed, is_its
from models.surveys.survey import SurveyInvitation, SurveyPhase

WINDOW = timedelta(minutes=15)
MOST = 50


def look_up(session: Session, token: str, act: Act, *, address: str) -> SurveyInvitation | None:
    """The invitation of a link, or None when there is none.

    A wrong one is counted, so the caller commits in both cases. Raises Invalid("too_many_attempts").
    """
    key = hashlib.sha256(f"survey:{address}".encode()).hexdigest()
    recent = select(func.count()).where(SignInFailure.key == key, SignInFailure.at > act.at - WINDOW)
    if (session.scalar(recent) or 0) >= MOST:
        raise Invalid("too_many_attempts", minutes=int(WINDOW.total_seconds() // 60))
    found = session.scalar(select(SurveyInvitation).where(SurveyInvitation.token_hash == hashed(token)))
    if found is None or not is_its(token, found):
        session.add(SignInFailure(key=key, at=act.at))
        return None
    return found


def ensure_answerable(invitation: SurveyInvitation, act: Act) -> None:
    """Raise the one reason why a link takes no answer: used, withdrawn, not open yet, closed."""
    phase = phase_at(invitation.survey, act.at)
    if invitation.answered_on is not None:
        raise Conflict("link_used")
    if invitation.withdrawn_on is not None or phase is SurveyPhase.WITHDRAWN:
        raise Conflict("link_withdrawn")
    if phase is SurveyPhase.DRAWN:
        raise Conflict("link_too_early")
    if phase is not SurveyPhase.OPEN:
        raise Conflict("link_expired")
