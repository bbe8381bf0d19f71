"""The receipt of a bid: plain lines that the bidder keeps, and anyone can check with sha256sum."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from models.errors import Invalid
from models.sealing.envelope import digest
from models.sealing.keys import Envelope

FIRST_LINE = "duijie-receipt: 1"
NAMES = (
    "tender",
    "lot",
    "bidder",
    "received",
    "technical-sha256",
    "technical-bytes",
    "price-sha256",
    "price-bytes",
)
LINES = re.compile("\n".join([FIRST_LINE, *(rf"{name}: (\S[^\n]*)" for name in NAMES)]))


@dataclass(frozen=True)
class Sealed:
    """One envelope as the receipt states it; the hash is published at the deadline."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Receipt:
    """What was received for whom, and when, to the microsecond (87 art 33)."""

    tender: str
    lot: str
    bidder_id: UUID
    received_at: datetime
    technical: Sealed
    price: Sealed

    def text(self) -> str:
        """The lines to keep, in one order and in universal time."""
        received = self.received_at.astimezone(UTC).isoformat(timespec="microseconds")
        values = (
            self.tender,
            self.lot,
            self.bidder_id,
            received,
            self.technical.sha256,
            self.technical.size,
            self.price.sha256,
            self.price.size,
        )
        lines = (f"{name}: {value}" for name, value in zip(NAMES, values, strict=True))
        return "\n".join([FIRST_LINE, *lines]) + "\n"


def sealed(content: bytes) -> Sealed:
    """How a receipt states an envelope."""
    return Sealed(digest(content), len(content))


def read(text: str) -> Receipt:
    """A receipt from its lines, whatever editor or mail saved them. Raises "receipt_unreadable"."""
    lines = "\n".join(line.strip() for line in text.lstrip("\ufeff").strip().splitlines())
    found = LINES.fullmatch(lines)
    if found is None:
        raise Invalid("receipt_unreadable")
    tender, lot, bidder, received, technical, technical_size, price, price_size = found.groups()
    try:
        receipt = Receipt(
            tender=tender,
            lot=lot,
            bidder_id=UUID(bidder),
            received_at=datetime.fromisoformat(received),
            technical=Sealed(technical, int(technical_size)),
            price=Sealed(price, int(price_size)),
        )
    except ValueError:
        raise Invalid("receipt_unreadable") from None
    if receipt.text().strip() != lines:
        raise Invalid("receipt_unreadable")
    return receipt


def verify(text: str, technical: bytes, price: bytes) -> Receipt:
    """The receipt, if these are its envelopes. Raises "receipt_of_other_envelope" naming which is not."""
    receipt = read(text)
    given = {Envelope.TECHNICAL: (receipt.technical, technical), Envelope.PRICE: (receipt.price, price)}
    for envelope, (stated, content) in given.items():
        if sealed(content) != stated:
            raise Invalid("receipt_of_other_envelope", envelope=envelope.value)
    return receipt
