"""Drafts at rest: encrypted with a data key that is kept in a file beside the database, never in it.

The keys can be renewed: the first of the file writes, all of them read. A key taken out of the file destroys
what it hid, in every backup too, for those hold the database and not this file. Nonces are random: a key is
renewed before 2**32 savings (NIST SP 800-38D, 8.3).
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import Invalid

KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES = 32, 8, 12


class DraftKeeper:
    """Hides drafts and shows them again (AES-256-GCM), each under its own id."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise ValueError("no key")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._writing = _key_id(keys[0])

    def hide(self, plaintext: bytes, *, draft_id: UUID) -> bytes:
        """The draft as it is stored: the key's id, a random nonce, the ciphertext with its tag."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        hidden = self._ciphers[self._writing].encrypt(nonce, plaintext, draft_id.bytes)
        return self._writing + nonce + hidden

    def show(self, hidden: bytes, *, draft_id: UUID) -> bytes:
        """The draft. Raises "draft_unreadable": altered, of another draft, or by a key that is gone."""
        cipher = self._ciphers.get(hidden[:KEY_ID_BYTES])
        start = KEY_ID_BYTES + NONCE_BYTES
        if cipher is None or len(hidden) < start:
            raise Invalid("draft_unreadable")
        try:
            return cipher.decrypt(hidden[KEY_ID_BYTES:start], memoryview(hidden)[start:], draft_id.bytes)
        except InvalidTag:
            raise Invalid("draft_unreadable") from None


def draft_keys(path: Path) -> tuple[bytes, ...]:
    """The keys in a file only its owner can read, one a line in hex; made whole at the first start."""
    if not path.exists():
        _make(path)
    keys = tuple(bytes.fromhex(line) for line in path.read_text().split())
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError("a line of the draft key file is not a key")
    return keys


def _make(path: Path) -> None:
    """Linked into place when it is on the disk: a process that starts beside us reads all of it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # readable by its owner only
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"duijie draft key" + key).digest()[:KEY_ID_BYTES]
