"""One's own address for mail, and whether one wants any."""

import re

from sqlalchemy.orm import Session

from models.act import Act
from models.audit.record import record
from models.errors import Invalid, NotAllowed
from models.parties.person import Person

ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{3,180}\Z)([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
"""As browsers check it, with a domain that has a dot; what is typed is never a header of its own."""


def set_mail(session: Session, person: Person, act: Act, *, email: str | None, wants_mail: bool) -> None:
    """Set or take away one's own address, and switch mail on or off. The address is in no audit event."""
    if act.actor.person_id != person.id:
        raise NotAllowed("not_allowed")
    if email and not ADDRESS.fullmatch(email):
        raise Invalid("email_wrong", field="email")
    person.email, person.wants_mail = email or None, wants_mail
    record(session, act, "person.set_mail", person, has_address=bool(email), wants_mail=wants_mail)
