"""What can go wrong, as classes with a code and facts. The sentences are in web/labels, in every language."""

from typing import Any


class DomainError(Exception):
    """A refusal. `code` names the sentence, `facts` fill it, `field` says which input it is about."""

    status = 422

    def __init__(self, code: str, /, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts

    def __str__(self) -> str:
        """For logs and the command line: the code and its facts."""
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code


class Invalid(DomainError):
    """The input breaks a rule."""


class NotAllowed(DomainError):
    """The actor may see the subject, but not do this to it."""

    status = 403


class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""

    status = 404


class Conflict(DomainError):
    """The subject has moved on: wrong phase, stale form, done twice."""

    status = 409
