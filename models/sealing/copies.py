"""The bidder's copy: exactly what it sealed, in one file. The server keeps none that it could read."""

from models.errors import Invalid
from models.sealing import archive
from models.sealing.content import MOST_BYTES, Content, unpack
from models.sealing.envelope import MEGABYTE
from models.sealing.keys import Envelope

ENTRIES = {Envelope.TECHNICAL: "technical.zip", Envelope.PRICE: "price.zip"}
MOST_COPY_BYTES = 2 * MOST_BYTES


def make_copy(technical: bytes, price: bytes) -> bytes:
    """The file to download with the receipt: the packed contents of both envelopes, unchanged."""
    return archive.write({ENTRIES[Envelope.TECHNICAL]: technical, ENTRIES[Envelope.PRICE]: price})


def read_copy(data: bytes) -> dict[Envelope, Content]:
    """Both contents, to start a replacement from. Raises Invalid like `content.unpack`."""
    if len(data) > MOST_COPY_BYTES:
        raise Invalid("content_too_large", limit_mb=MOST_COPY_BYTES // MEGABYTE)
    entries = archive.read(data)
    if list(entries) != list(ENTRIES.values()):
        raise Invalid("content_unreadable")
    return {envelope: unpack(entries[name]) for envelope, name in ENTRIES.items()}
