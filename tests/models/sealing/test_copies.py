"""The bidder's copy is exactly what it sealed, and a replacement can start from it."""

import pytest

from models.errors import Invalid
from models.sealing import archive
from models.sealing.content import Attachment, Content, pack
from models.sealing.copies import MOST_COPY_BYTES, make_copy, read_copy
from models.sealing.keys import Envelope

TECHNICAL = Content({"方案": "上门"}, (Attachment("方案.pdf", "application/pdf", b"%PDF-"),))
PRICE = Content({"price": "480000.00"})
COPY = make_copy(pack(TECHNICAL), pack(PRICE))


def test_both_contents_come_back() -> None:
    assert read_copy(COPY) == {Envelope.TECHNICAL: TECHNICAL, Envelope.PRICE: PRICE}


def test_the_copy_holds_the_very_bytes_that_were_sealed() -> None:
    assert archive.read(COPY) == {"technical.zip": pack(TECHNICAL), "price.zip": pack(PRICE)}
    assert make_copy(pack(TECHNICAL), pack(PRICE)) == COPY


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"%PDF-1.7",
        COPY[:-1],
        pack(TECHNICAL),
        archive.write({"technical.zip": pack(TECHNICAL)}),
        archive.write({"technical.zip": pack(TECHNICAL), "price.zip": b"no zip"}),
        archive.write({"technical.zip": pack(TECHNICAL), "price.zip": pack(PRICE), "more": b""}),
    ],
)
def test_a_file_that_is_no_copy_is_refused(file: bytes) -> None:
    with pytest.raises(Invalid, match="content_unreadable"):
        read_copy(file)


def test_a_file_too_large_for_a_copy_is_refused_unread() -> None:
    with pytest.raises(Invalid, match="content_too_large"):
        read_copy(bytes(MOST_COPY_BYTES + 1))
