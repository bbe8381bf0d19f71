"""One-time links. The token stands in the link alone; the database keeps its SHA-256.

A token is made of the portal's key and the invitation: a sheet can be printed again without keeping it.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from models.errors import Conflict
from models.surveys.survey import SurveyInvitation

BYTES = 16


def link_key(secret: str) -> bytes:
    """The key of the links, from the portal's own."""
    return hashlib.sha256(f"survey links {secret}".encode()).digest()


def token_of(key: bytes, invitation_id: UUID) -> str:
    """The token of an invitation: 26 small letters and digits, 128 bits."""
    made = hmac.new(key, b"survey link " + invitation_id.bytes, hashlib.sha256).digest()[:BYTES]
    return base64.b32encode(made).decode().rstrip("=").lower()


def hashed(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_its(token: str, invitation: SurveyInvitation) -> bool:
    """Whether the token is this invitation's, compared in constant time."""
    return hmac.compare_digest(hashed(token), invitation.token_hash)


def token_again(key: bytes, invitation: SurveyInvitation) -> str:
    """The token to print. Raises Conflict("survey_key_changed") when the portal has another key by now."""
    token = token_of(key, invitation.id)
    if not is_its(token, invitation):
        raise Conflict("survey_key_changed")
    return token
