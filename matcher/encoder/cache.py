"""Vectors kept on disk by the hash of encoder and text, so that no text is encoded twice."""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from matcher.encoder.protocol import Encoder, EncoderError, Rows

_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_STORED = np.dtype("<f4")
_AT_ONCE = 64  # texts encoded before they are kept: what is lost when somebody breaks off
_WAIT = 60.0  # seconds for another process that is writing


class CachedEncoder:
    """An encoder that remembers; several processes may share one file.

    Parameters
    ----------
    encoder : Encoder
        Asked for the texts the file does not have; its name is part of each key.
    path : Path
        An SQLite file, made where there is none; EncoderError where it cannot be used.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self.encoder = encoder
        self.path = path
        self.name = encoder.name

    def encode(self, texts: Sequence[str]) -> Rows:
        """As the encoder itself, shape (n_texts, width)."""
        keys = [_key(self.name, text) for text in texts]
        with self._open() as kept:
            known = _read(kept, keys)
            text_of = dict(zip(keys, texts, strict=True))
            missing = [key for key in text_of if key not in known]
            for start in range(0, len(missing), _AT_ONCE):
                some = missing[start : start + _AT_ONCE]
                rows = self.encoder.encode([text_of[key] for key in some]).astype(_STORED)
                known |= zip(some, rows, strict=True)
                with kept:
                    lines = ((key, row.tobytes()) for key, row in zip(some, rows, strict=True))
                    kept.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", lines)
        if len({len(row) for row in known.values()}) > 1:
            raise EncoderError("vectors_differ_in_length", encoder=self.name, file=str(self.path))
        return np.stack([known[key] for key in keys]) if keys else self.encoder.encode([])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as kept:
                kept.execute(_TABLE)
                yield kept
        except sqlite3.Error as error:
            raise EncoderError("bad_cache", file=str(self.path), because=str(error)) from error


def _key(name: str, text: str) -> bytes:
    return hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _read(kept: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Rows]:
    found = {}
    for key in keys:
        line = kept.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
        if line:
            found[key] = np.frombuffer(line[0], dtype=_STORED)
    return found
