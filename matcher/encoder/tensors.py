"""Weights from a file: safetensors, or the zip that PyTorch writes; nothing in either is ever run."""

import json
import math
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.encoder.protocol import EncoderError

Tensors = Mapping[str, NDArray[np.float32]]
SAFETENSORS, TORCH = "model.safetensors", "pytorch_model.bin"

_BFLOAT = "bfloat16"  # numpy has none: the upper half of a float32
_SAFE = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": _BFLOAT, "I64": "<i8"}
_STORAGES = {
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    "BFloat16Storage": _BFLOAT,
    "LongStorage": "<i8",
}
_LENGTH = 8  # bytes that say how long the header of a safetensors file is
_BROKEN = (
    OSError,
    RecursionError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    NotImplementedError,
    pickle.UnpicklingError,
    zipfile.BadZipFile,
)


def read_tensors(path: Path) -> Tensors:
    """All tensors of a file by name, as float32; EncoderError for a file that is neither kind."""
    try:
        return _safetensors(path) if path.suffix == ".safetensors" else _torch(path)
    except _BROKEN as error:
        raise EncoderError("bad_weights", file=path.name, because=str(error)) from error


def _safetensors(path: Path) -> Tensors:
    data = np.memmap(path, dtype=np.uint8, mode="r")
    start = _LENGTH + int.from_bytes(data[:_LENGTH].tobytes(), "little")
    header = json.loads(data[_LENGTH:start].tobytes())
    header.pop("__metadata__", None)
    found = {}
    for name, told in header.items():
        first, last = told["data_offsets"]
        if not 0 <= first <= last <= len(data) - start:
            raise ValueError("a tensor outside the file")
        found[name] = _floats(data[start + first : start + last], _SAFE[told["dtype"]]).reshape(told["shape"])
    return found


def _torch(path: Path) -> Tensors:
    with zipfile.ZipFile(path) as archive:
        # PyTorch compresses nothing, so nothing can be larger than the file.
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist()):
            raise ValueError("compressed")
        (index,) = (name for name in archive.namelist() if name.endswith("/data.pkl"))
        with archive.open(index) as pickled:
            tensors = _Reader(pickled, archive, index.removesuffix("data.pkl")).load()
    return {name: tensor for name, tensor in tensors.items() if isinstance(tensor, np.ndarray)}


class _Reader(pickle.Unpickler):
    """An unpickler that knows tensors, storages and ordered dicts, and refuses every other name."""

    def __init__(self, pickled: Any, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(pickled)
        self.archive = archive
        self.folder = folder

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return self._tensor
        if module == "torch" and name in _STORAGES:
            return _STORAGES[name]
        message = f"{module}.{name} is not allowed"
        raise pickle.UnpicklingError(message)

    def persistent_load(self, pid: Any) -> NDArray[np.float32]:
        _, kind, key, _, _ = pid
        content = np.frombuffer(self.archive.read(f"{self.folder}data/{key}"), dtype=np.uint8)
        return _floats(content, kind)

    def _tensor(
        self,
        storage: NDArray[np.float32],
        offset: int,
        shape: Sequence[int],
        stride: Sequence[int],
        *_: object,
    ) -> NDArray[np.float32]:
        if tuple(stride) != tuple(math.prod(shape[place + 1 :]) for place in range(len(shape))):
            raise ValueError("a tensor that is not stored row by row")
        return storage[offset : offset + math.prod(shape)].reshape(shape)


def _floats(content: NDArray[np.uint8], kind: str) -> NDArray[np.float32]:
    if kind == _BFLOAT:
        return (content.view("<u2").astype(np.uint32) << 16).view(np.float32)
    # A file may begin a tensor at any byte; what lies crooked in memory multiplies slowly.
    return np.require(content.view(kind), dtype=np.float32, requirements="A")
