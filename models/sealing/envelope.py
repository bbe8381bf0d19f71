"""A sealed envelope: HPKE (RFC 9180) to the tender's key, bound to tender, lot, bidder and kind of envelope.

Layout: one version byte, then what HPKE gives (encapsulated key, AES-256-GCM ciphertext and tag). Within are
the length of the content, itself, and zeros up to a fixed size, so that a price is not told by its length.
"""

import hashlib
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from models.errors import Invalid
from models.sealing.keys import Envelope

VERSION = b"\x01"
KILOBYTE, MEGABYTE = 2**10, 2**20
HEADER_BYTES = 8
SIZES = {
    Envelope.TECHNICAL: (256 * KILOBYTE, *(n * MEGABYTE for n in (1, 4, 10, 20, 40))),
    Envelope.PRICE: (MEGABYTE,),
}
"""To these sizes a content is padded; the last is the largest that fits."""

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def seal(
    public_key: bytes, plaintext: bytes, *, tender_id: UUID, lot_id: UUID, bidder_id: UUID, envelope: Envelope
) -> bytes:
    """Seal a content until it is opened; not even the sealer can open it. Raises "envelope_too_large"."""
    key = X25519PublicKey.from_public_bytes(public_key)
    context = _context(tender_id, lot_id, bidder_id, envelope)
    return VERSION + _SUITE.encrypt(_padded(plaintext, envelope), key, info=context)


def unseal(
    private_key: X25519PrivateKey,
    sealed: bytes,
    *,
    tender_id: UUID,
    lot_id: UUID,
    bidder_id: UUID,
    envelope: Envelope,
) -> bytes:
    """The content of an envelope. Raises "envelope_tampered" if one bit, or whose it is, is not as sealed."""
    if not sealed.startswith(VERSION):
        raise Invalid("envelope_tampered", envelope=envelope.value)
    context = _context(tender_id, lot_id, bidder_id, envelope)
    try:
        padded = _SUITE.decrypt(memoryview(sealed)[len(VERSION) :], private_key, info=context)
    except InvalidTag:
        raise Invalid("envelope_tampered", envelope=envelope.value) from None
    end = HEADER_BYTES + int.from_bytes(padded[:HEADER_BYTES])
    return padded[HEADER_BYTES:end]


def digest(sealed: bytes) -> str:
    """The hash of an envelope: in the bidder's receipt at once, public at the deadline."""
    return hashlib.sha256(sealed).hexdigest()


def _context(tender_id: UUID, lot_id: UUID, bidder_id: UUID, envelope: Envelope) -> bytes:
    """HPKE's `info`: it enters the key itself, so that for one message no associated data is needed (8.1)."""
    whose = tender_id.bytes + lot_id.bytes + bidder_id.bytes
    return b"duijie sealed bid" + VERSION + whose + envelope.value.encode()


def _padded(plaintext: bytes, envelope: Envelope) -> bytearray:
    size = next((size for size in SIZES[envelope] if len(plaintext) <= size), None)
    if size is None:
        limit = SIZES[envelope][-1] // MEGABYTE
        raise Invalid("envelope_too_large", envelope=envelope.value, limit_mb=limit)
    padded = bytearray(HEADER_BYTES + size)
    padded[:HEADER_BYTES] = len(plaintext).to_bytes(HEADER_BYTES)
    padded[HEADER_BYTES : HEADER_BYTES + len(plaintext)] = plaintext
    return padded
