"""Sealed means sealed: to one tender, lot, bidder and kind of envelope, and not one bit may change."""

import hashlib
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Invalid
from models.sealing.envelope import SIZES, digest, seal, unseal
from models.sealing.keys import Envelope, private_key, public_keys

MASTER = bytes(range(32))
TENDER, LOT, BIDDER, OTHER = (UUID(int=n) for n in range(1, 5))
WHOSE: dict[str, Any] = {"tender_id": TENDER, "lot_id": LOT, "bidder_id": BIDDER}
PUBLIC = public_keys(MASTER, TENDER)
TECHNICAL, PRICE = Envelope
SEALED = seal(PUBLIC.price, b"480000.00", **WHOSE, envelope=PRICE)


def opened(sealed: bytes, envelope: Envelope = PRICE, **changed: Any) -> bytes:
    return unseal(private_key(MASTER, TENDER, envelope), sealed, **{**WHOSE, "envelope": envelope, **changed})


@settings(max_examples=30)
@given(content=st.binary(max_size=2000), envelope=st.sampled_from(Envelope))
def test_what_was_sealed_is_what_is_opened(content: bytes, envelope: Envelope) -> None:
    sealed = seal(PUBLIC.of(envelope), content, **WHOSE, envelope=envelope)
    assert opened(sealed, envelope) == content
    assert len(content) < 4 or content not in sealed


@pytest.mark.parametrize("size", [n + d for n in SIZES[TECHNICAL] for d in (0, 1)][:-1])
def test_every_size_up_to_the_largest_is_sealed_in_one_go(size: int) -> None:
    content = b"\xff" * size
    sealed = seal(PUBLIC.technical, content, **WHOSE, envelope=TECHNICAL)
    assert opened(sealed, TECHNICAL) == content


@pytest.mark.parametrize("envelope", Envelope)
def test_one_byte_more_than_the_largest_size_is_refused(envelope: Envelope) -> None:
    largest = SIZES[envelope][-1]
    seal(PUBLIC.of(envelope), bytes(largest), **WHOSE, envelope=envelope)
    with pytest.raises(Invalid, match="envelope_too_large"):
        seal(PUBLIC.of(envelope), bytes(largest + 1), **WHOSE, envelope=envelope)


PLACES = {
    "version": 0,
    "first of the encapsulated key": 1,
    "last of the encapsulated key": 32,
    "length within": 33,
    "content": 45,
    "padding": 5000,
    "last of the ciphertext": -17,
    "first of the tag": -16,
    "last of the tag": -1,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=list(PLACES))
@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_one_changed_bit_is_refused_wherever_it_is(place: int, bit: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= bit
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(bytes(altered))


@given(place=st.integers(0, len(SEALED) - 1), mask=st.integers(1, 255))
def test_any_changed_byte_is_refused(place: int, mask: int) -> None:
    altered = bytearray(SEALED)
    altered[place] ^= mask
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(bytes(altered))


@pytest.mark.parametrize(
    "altered",
    [b"", SEALED[:1], SEALED[:33], SEALED[:-1], SEALED + b"\0", SEALED[1:], b"\x01" + bytes(len(SEALED) - 1)],
    ids=["empty", "version only", "no ciphertext", "cut", "longer", "no version", "zeros"],
)
def test_another_length_is_refused(altered: bytes) -> None:
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(altered)


@pytest.mark.parametrize("which", ["tender_id", "lot_id", "bidder_id"])
def test_an_envelope_of_another_tender_lot_or_bidder_is_refused(which: str) -> None:
    assert opened(SEALED) == b"480000.00"
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(SEALED, **{which: OTHER})


def test_an_envelope_of_the_other_kind_is_refused_even_under_its_own_key() -> None:
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(SEALED, envelope=TECHNICAL)
    with pytest.raises(Invalid, match="envelope_tampered"):
        unseal(private_key(MASTER, TENDER, PRICE), SEALED, **WHOSE, envelope=TECHNICAL)


def test_the_technical_key_does_not_open_a_price() -> None:
    with pytest.raises(Invalid, match="envelope_tampered"):
        unseal(private_key(MASTER, TENDER, TECHNICAL), SEALED, **WHOSE, envelope=PRICE)


def test_exchanged_ids_are_another_envelope() -> None:
    with pytest.raises(Invalid, match="envelope_tampered"):
        opened(SEALED, lot_id=BIDDER, bidder_id=LOT)


@settings(max_examples=20)
@given(prices=st.lists(st.binary(max_size=5000), min_size=2, max_size=2))
def test_the_length_of_a_price_tells_nothing(prices: list[bytes]) -> None:
    one, two = (seal(PUBLIC.price, price, **WHOSE, envelope=PRICE) for price in prices)
    assert len(one) == len(two)


def test_technical_envelopes_come_in_a_few_sizes() -> None:
    sizes = {
        len(seal(PUBLIC.technical, bytes(n), **WHOSE, envelope=TECHNICAL)) for n in (0, 1, 1000, 256 * 1024)
    }
    assert len(sizes) == 1


def test_the_layout_is_as_it_always_was() -> None:
    """Plain RFC 9180 behind one byte: it can be opened without this program, and after it changes."""
    info = b"duijie sealed bid\x01" + TENDER.bytes + LOT.bytes + BIDDER.bytes + b"price"
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    within = suite.decrypt(SEALED[1:], private_key(MASTER, TENDER, PRICE), info=info)
    assert within == (9).to_bytes(8) + b"480000.00" + bytes(2**20 - 9)


def test_the_same_price_sealed_twice_looks_different() -> None:
    assert seal(PUBLIC.price, b"480000.00", **WHOSE, envelope=PRICE) != SEALED


def test_the_digest_is_what_sha256sum_says() -> None:
    assert digest(SEALED) == hashlib.sha256(SEALED).hexdigest()
