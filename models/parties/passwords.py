"""Passwords: argon2 hashes, a sensible least length, and no answer that tells whether a login exists."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from models.errors import Invalid

LEAST_LENGTH = 10
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""Signs nobody mistakes for another when a password is copied from paper."""
_HASHER = PasswordHasher()
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$XGUMUAnhldU0BQ87o9hbqA$7a6jwyUKDcYvhiZwJsNjFCKFptZOxcJ6qIFG3v2vbSA"
"""A hash nothing matches, checked when the login is unknown so that both answers take as long."""


def hashed(password: str) -> str:
    """The hash to store. Raises Invalid("password_too_short")."""
    if len(password) < LEAST_LENGTH:
        raise Invalid("password_too_short", field="password", least=LEAST_LENGTH)
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; an unknown login costs the same time."""
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def random_password() -> str:
    """Sixteen readable signs in four groups: about 79 bits, handed over once."""
    return "-".join("".join(secrets.choice(READABLE) for _sign in range(4)) for _group in range(4))
