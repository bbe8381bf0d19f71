"""A tender's keys: one master secret, and from it a key pair for each envelope.

The master exists twice, each time for one request: when it is made and split, and when enough officers have
brought their shares. One share of each officer opens both envelopes, in two sessions.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER_BYTES = 32


class Envelope(StrEnum):
    """The two envelopes of a bid: the prices stay shut until the technical marks are in."""

    TECHNICAL = "technical"
    PRICE = "price"


@dataclass(frozen=True)
class PublicKeys:
    """What the tender publishes: with these a bid is sealed, and nothing can be opened."""

    technical: bytes
    price: bytes

    def of(self, envelope: Envelope) -> bytes:
        """The key that seals this envelope."""
        return self.technical if envelope == Envelope.TECHNICAL else self.price


def new_master() -> bytes:
    """A master secret. It is split at once (`shares.split`) and never stored whole."""
    return secrets.token_bytes(MASTER_BYTES)


def private_key(master: bytes, tender_id: UUID, envelope: Envelope) -> X25519PrivateKey:
    """The key that opens one kind of envelope of one tender (HKDF, RFC 5869); the other kind stays shut."""
    label = f"duijie sealed bid key 1 {envelope.value}".encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=tender_id.bytes, info=label).derive(master)
    return X25519PrivateKey.from_private_bytes(derived)


def public_keys(master: bytes, tender_id: UUID) -> PublicKeys:
    """The keys to publish with the tender."""
    technical, price = (
        private_key(master, tender_id, envelope).public_key().public_bytes_raw()
        for envelope in (Envelope.TECHNICAL, Envelope.PRICE)
    )
    return PublicKeys(technical, price)


def opens(master: bytes, published: PublicKeys, tender_id: UUID) -> bool:
    """Whether this master is the tender's: asked after the shares are combined, before anything is opened."""
    return public_keys(master, tender_id) == published
