"""A master secret as phrases of words, k of which give it back (SLIP-39, by its reference implementation).

Each officer has one phrase and the escrow one more, all of one group: the escrow's counts as one of the k and
opens nothing alone.
"""

import hmac
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

from models.errors import Invalid
from models.sealing.keys import MASTER_BYTES

FEWEST = 2
"""Nobody opens alone."""

MOST_OFFICERS = 15
"""SLIP-39 knows 16 shares, and one is the escrow's."""

SALT_BYTES = 16


@dataclass(frozen=True)
class Phrases:
    """Shown once, each to its holder; never stored, and not in a repr that could reach a log."""

    officers: tuple[str, ...] = field(repr=False)
    escrow: str = field(repr=False)


def split(master: bytes, k: int, n: int) -> Phrases:
    """Phrases for n officers and the escrow; any k of these n + 1 give the master, fewer nothing."""
    if not FEWEST <= k <= n <= MOST_OFFICERS:
        raise Invalid("threshold_out_of_range", k=k, officers=n, least=FEWEST, most=MOST_OFFICERS)
    # No passphrase, so stretching it (the iterations) would protect nothing.
    ((*officers, escrow),) = generate_mnemonics(1, [(k, n + 1)], master, iteration_exponent=0)
    return Phrases(tuple(officers), escrow)


def combine(phrases: Sequence[str]) -> bytes:
    """The master of these phrases. Raises Invalid naming the phrase by its number, never by its words.

    Ask `keys.opens` afterwards: only the tender's public keys prove that it is this tender's master.
    """
    shares = [_read(phrase, number) for number, phrase in enumerate(phrases, start=1)]
    if not shares:
        raise Invalid("too_few_shares", have=0, need=FEWEST)
    _refuse_strangers(shares)
    _refuse_twice(shares)
    need = shares[0].member_threshold
    if len(shares) < need:
        raise Invalid("too_few_shares", have=len(shares), need=need)
    try:
        master: bytes = combine_mnemonics([share.mnemonic() for share in shares[:need]])
    except MnemonicError:  # the same 15-bit identifier by chance: the digest within tells
        raise Invalid("share_of_another_tender") from None
    return master


def fingerprint(phrase: str) -> str:
    """What may be stored to know this phrase again: a random salt and its HMAC-SHA256.

    A phrase carries 256 random bits, so guessing is hopeless at any speed and a slow hash would add nothing;
    the salt keeps equal phrases from being linked, and nothing of the master can be computed from it.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    return f"{salt.hex()}{_hmac(salt, phrase)}"


def is_recognised(phrase: str, stored: str) -> bool:
    """Whether this is the phrase of the fingerprint. Raises "share_unreadable" for a mistyped one."""
    salt, digest = bytes.fromhex(stored[: 2 * SALT_BYTES]), stored[2 * SALT_BYTES :]
    return hmac.compare_digest(_hmac(salt, phrase), digest)


def _hmac(salt: bytes, phrase: str) -> str:
    return hmac.digest(salt, _read(phrase, 1).mnemonic().encode(), "sha256").hex()


def _read(phrase: str, number: int) -> Share:
    """A phrase as people type it: capitals, full-width letters, line breaks and punctuation are forgiven."""
    words = re.findall("[a-z]+", unicodedata.normalize("NFKC", phrase).casefold())
    try:
        return Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        raise Invalid("share_unreadable", number=number, words=len(words)) from None


def _refuse_strangers(shares: Sequence[Share]) -> None:
    """All are of one splitting, and of one that we made: a single group, a master of our length."""
    ((usual, _),) = Counter(share.group_parameters() for share in shares).most_common(1)
    for number, share in enumerate(shares, start=1):
        ours = share.group_count == 1 and len(share.value) == MASTER_BYTES
        if not ours or share.group_parameters() != usual:
            raise Invalid("share_of_another_tender", number=number)


def _refuse_twice(shares: Sequence[Share]) -> None:
    seen: dict[int, bytes] = {}
    for number, share in enumerate(shares, start=1):
        if seen.setdefault(share.index, share.value) != share.value:
            raise Invalid("share_of_another_tender", number=number)
        if len(seen) < number:
            raise Invalid("share_twice", number=number)
