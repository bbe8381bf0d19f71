"""What a resident has answered so far: signed in the form and in the browser's cookie, never on the server.

A page that does not arrive is sent again; with the cookie the browser's own way back works, without it the
form carries everything. Addresses and logs hold no answer; the answers are kept once, at the end.
"""

from dataclasses import dataclass, field
from uuid import UUID

from flask import current_app, request, session
from itsdangerous import BadSignature, URLSafeSerializer

from models.surveys.items import BEST, CODES, ITEMS
from web.form import tidy

COOKIE = "survey_answers"
MOST_WORDS = 500
"""A cookie holds no more; paper is patient."""
UNKNOWN = "0"
"""The button that says "I do not know"."""
OPEN_STEP = len(ITEMS) + 1
LAST_STEP = OPEN_STEP + 1
STEPS = frozenset(map(str, range(LAST_STEP + 1)))


@dataclass
class State:
    """The answers so far, and the step that is shown: 0 before the first question, then one a question."""

    step: int = 0
    values: dict[str, int | None] = field(default_factory=dict)
    words: str = ""

    def pick(self, typed: str) -> None:
        """Answer the question that is shown, and go on."""
        if 1 <= self.step < OPEN_STEP and typed in {UNKNOWN, *map(str, range(1, BEST + 1))}:
            self.values[CODES[self.step - 1]] = int(typed) or None
            self.step += 1

    def go(self, where: str) -> None:
        """Back, on, or to a question that is to be answered anew."""
        steps = {"back": self.step - 1, "next": self.step + 1}
        wanted = steps.get(where, int(where) if where in STEPS else self.step)
        self.step = min(max(wanted, 0), self.reach)

    @property
    def reach(self) -> int:
        """The furthest step: no question is passed over."""
        missing = [place for place, code in enumerate(CODES, 1) if code not in self.values]
        return missing[0] if missing else LAST_STEP


def carry(state: State, invitation_id: UUID) -> str:
    """The answers as the form carries them; those of another link do not fit."""
    return _signer(invitation_id).dumps([state.step, state.values, state.words])


def carried(typed: str, words: str | None, invitation_id: UUID) -> State:
    """The answers a form carried, with the words just written; from the start when somebody changed them.

    A page the browser went back to may carry fewer answers than the cookie has, and older ones.
    """
    try:
        step, values, kept = _signer(invitation_id).loads(typed)
    except BadSignature:
        return State()
    known = remembered(invitation_id)
    said = (known.words or kept) if words is None else (tidy(words) or "")[:MOST_WORDS]
    return State(step, {**values, **known.values}, said)


def remember(state: State, invitation_id: UUID) -> bool:
    """Keep the answers in the browser's cookie; not when it gives none back."""
    if not request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]):
        return False
    session[COOKIE] = [invitation_id.hex, state.step, state.values, state.words]
    return True


def remembered(invitation_id: UUID) -> State:
    """The answers the browser has given to this link."""
    id_, step, values, words = session.get(COOKIE) or ("", 0, {}, "")
    return State(step, dict(values), words) if id_ == invitation_id.hex else State()


def forget() -> None:
    """The answers are sent: nothing stays on a telephone that others use too."""
    session.pop(COOKIE, None)


def _signer(invitation_id: UUID) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"survey answer {invitation_id}")
