"""The receipt states what was received, and shows when it is not that (87 art 33)."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.sealing.receipt import Receipt, read, sealed, verify

TECHNICAL, PRICE = b"sealed technical", b"sealed price"
AT = datetime(2026, 11, 26, 1, 59, 59, 999999, tzinfo=UTC)
RECEIPT = Receipt("CG-2026-0001", "包1", UUID(int=3), AT, sealed(TECHNICAL), sealed(PRICE))
TEXT = RECEIPT.text()


def test_the_lines_are_these() -> None:
    assert TEXT == (
        "duijie-receipt: 1\n"
        "tender: CG-2026-0001\n"
        "lot: 包1\n"
        "bidder: 00000000-0000-0000-0000-000000000003\n"
        "received: 2026-11-26T01:59:59.999999+00:00\n"
        "technical-sha256: c41517e17933dd4dad754f50d726927dd292211820a97d608a5a2f6f249391d6\n"
        "technical-bytes: 16\n"
        "price-sha256: 0b4d6be454b42ee55cefb3f5afe501b40606576756c8129fa87275e85a6e5607\n"
        "price-bytes: 12\n"
    )


@given(at=st.datetimes(timezones=st.just(UTC)), size=st.integers(0, 10**9))
def test_a_receipt_is_read_back(at: datetime, size: int) -> None:
    receipt = Receipt("CG-2026-0001", "1", UUID(int=7), at, sealed(TECHNICAL), sealed(bytes(size % 100)))
    assert read(receipt.text()) == receipt


def test_the_time_is_the_same_wherever_it_was_taken() -> None:
    beijing = AT.astimezone(timezone(timedelta(hours=8)))
    assert (
        Receipt("CG-2026-0001", "包1", UUID(int=3), beijing, sealed(TECHNICAL), sealed(PRICE)).text() == TEXT
    )


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n"), f"\ufeff{TEXT}\n\n", TEXT.strip()])
def test_its_own_envelopes_are_confirmed_whatever_saved_the_lines(text: str) -> None:
    assert verify(text, TECHNICAL, PRICE) == RECEIPT


@pytest.mark.parametrize(
    ("technical", "price", "named"),
    [
        (TECHNICAL, PRICE + b"\0", "price"),
        (b"Sealed technical", PRICE, "technical"),
        (PRICE, TECHNICAL, "technical"),
    ],
)
def test_another_envelope_is_named(technical: bytes, price: bytes, named: str) -> None:
    with pytest.raises(Invalid, match="receipt_of_other_envelope") as refused:
        verify(TEXT, technical, price)
    assert refused.value.facts == {"envelope": named}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("duijie-receipt: 1", "duijie-receipt: 2"),
        ("lot: 包1\n", ""),
        ("lot: 包1\n", "lot: 包1\nlot: 包2\n"),
        ("lot: 包1\n", "lot: \n"),
        ("+00:00", ""),
        ("+00:00", "+08:00"),
        (".999999", ""),
        ("bytes: 16", "bytes: １６"),
        ("bytes: 16", "bytes: 016"),
        ("bytes: 16", "bytes: many"),
        ("-0000-0000-", "-xxxx-0000-"),
        ("2026-11-26T", "2026-13-26T"),
    ],
)
def test_lines_that_we_never_wrote_are_unreadable(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(Invalid, match="receipt_unreadable"):
        read(TEXT.replace(old, new, 1))


@given(text=st.text(max_size=200))
def test_any_other_text_is_unreadable(text: str) -> None:
    with pytest.raises(Invalid, match="receipt_unreadable"):
        read(text)
