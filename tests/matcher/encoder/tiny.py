"""A tiny model, made anew: random weights of two layers, a vocabulary of thirty pieces."""

import io
import json
import pickle
import struct
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.encoder.bert import Sizes

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PIECES = [
    *SPECIAL,
    *"老人助餐送饭修灯楼道社区的我家没烧",
    "wor",
    "##k",
    "##er",
    "##s",
    "cafe",
    "a",
    ",",
    "。",
    "[",
]
CONFIG: dict[str, Any] = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "vocab_size": len(PIECES),
    "max_position_embeddings": 12,
    "type_vocab_size": 2,
    "hidden_size": 8,
    "intermediate_size": 20,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "layer_norm_eps": 1e-12,
}
SIZES = Sizes.of(CONFIG)
Weights = dict[str, NDArray[np.float32]]


def weights(seed: int = 3) -> Weights:
    """Random, and large enough that no part of the model can be left out unnoticed."""
    generator = np.random.default_rng(seed)
    return {name: generator.normal(size=shape).astype(np.float32) for name, shape in SIZES.shapes().items()}


def folder(path: Path, tensors: Mapping[str, NDArray[Any]] | None = None, **config: Any) -> Path:
    """A folder as it would be downloaded: config.json, tokenizer.json, model.safetensors."""
    path.mkdir(exist_ok=True)
    write_json(path / "config.json", CONFIG | config)
    write_json(path / "tokenizer.json", tokenizer())
    write_safetensors(path / "model.safetensors", weights() if tensors is None else tensors)
    return path


def tokenizer(**normalizer: Any) -> dict[str, Any]:
    return {
        "normalizer": {"type": "BertNormalizer", "lowercase": True, "strip_accents": None} | normalizer,
        "model": {"type": "WordPiece", "vocab": {piece: place for place, piece in enumerate(PIECES)}},
    }


def write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def write_safetensors(path: Path, tensors: Mapping[str, NDArray[Any]], kind: str = "F32") -> None:
    """The format as its specification has it: length, header, content."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    content = b""
    for name, tensor in tensors.items():
        told = tensor.tobytes()
        ends = [len(content), len(content) + len(told)]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": ends}
        content += told
    start = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(start)) + start + content)


class Named:
    """What a pickle calls by its name alone: PyTorch need not be there to write its files."""

    def __init__(self, module: str, name: str) -> None:
        self.opcode = pickle.GLOBAL + f"{module}\n{name}\n".encode()


class Stored:
    """A tensor as PyTorch pickles one: a call of its rebuilder with a storage that lies beside the pickle."""

    def __init__(
        self, tensor: NDArray[np.float32], *, offset: int = 0, stride: tuple[int, ...] | None = None
    ) -> None:
        self.content = tensor.tobytes()
        self.size = tensor.size
        rows = tuple(step // tensor.itemsize for step in tensor.strides)
        hooks: OrderedDict[str, object] = OrderedDict()
        self.place = (offset, tensor.shape, stride or rows, False, hooks)


class _Pickler(pickle._Pickler):  # type: ignore[misc,name-defined] # the one that can write any name
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=2)
        self.stored: list[Stored] = []

    def persistent_id(self, value: object) -> object:
        return value if isinstance(value, tuple) and value[:1] == ("storage",) else None

    def save(self, value: object, save_persistent_id: bool = True) -> None:
        if isinstance(value, Named):
            self.write(value.opcode)
        elif isinstance(value, Stored):
            key, kind = str(len(self.stored)), Named("torch", "FloatStorage")
            self.stored.append(value)
            self.save(Named("torch._utils", "_rebuild_tensor_v2"))
            self.save((("storage", kind, key, "cpu", value.size), *value.place))
            self.write(pickle.REDUCE)
        else:
            super().save(value, save_persistent_id)


def write_torch(path: Path, kept: Mapping[str, object], compression: int = zipfile.ZIP_STORED) -> None:
    """A checkpoint as PyTorch writes it: a zip of a pickle and one file a storage."""
    pickled = io.BytesIO()
    pickler = _Pickler(pickled)
    pickler.dump(OrderedDict(kept))
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("model/data.pkl", pickled.getvalue())
        for key, stored in enumerate(pickler.stored):
            archive.writestr(f"model/data/{key}", stored.content)
