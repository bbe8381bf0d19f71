"""What an encoder is: texts in, vectors out, and one error."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
_NOTHING = 1e-6


class EncoderError(Exception):
    """An encoder that cannot be used as it is; `code` says why, `facts` say where."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        where = ", ".join(f"{name} {value!r}" for name, value in facts.items())
        super().__init__(f"{code.replace('_', ' ')}: {where}" if where else code.replace("_", " "))


class Encoder(Protocol):
    """Turns texts into vectors whose cosine says how near two texts are in meaning."""

    @property
    def name(self) -> str:
        """Which encoder it is, to the version: equal names give equal vectors."""

    def encode(self, texts: Sequence[str]) -> Rows:
        """One vector a text, shape (n_texts, width), finite; EncoderError where that fails."""


def unit(rows: Rows) -> Rows:
    """Rows of length 1; a row no longer than a rounding error becomes nothing."""
    length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    scaled: Rows = np.divide(rows, length, out=np.zeros_like(rows), where=length > _NOTHING)
    return scaled
