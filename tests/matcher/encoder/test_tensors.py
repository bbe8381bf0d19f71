"""Weights are read as they were written, and a file that would do anything else is refused."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from matcher.encoder.protocol import EncoderError
from matcher.encoder.tensors import read_tensors
from tests.matcher.encoder import tiny

TENSORS = {
    "one": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
    "two": np.array([-1.5, 0, 2], dtype=np.float32),
}


def same(found: object) -> bool:
    return isinstance(found, dict) and all(np.array_equal(found[name], TENSORS[name]) for name in TENSORS)


@pytest.mark.parametrize(("kind", "stored"), [("F32", "<f4"), ("F16", "<f2"), ("F64", "<f8")])
def test_safetensors_come_back_as_single_precision(tmp_path: Path, kind: str, stored: str) -> None:
    path = tmp_path / "model.safetensors"
    tiny.write_safetensors(path, {name: tensor.astype(stored) for name, tensor in TENSORS.items()}, kind)
    found = read_tensors(path)
    assert same(found)
    assert {tensor.dtype for tensor in found.values()} == {np.dtype("f4")}


def test_bfloat16_is_the_upper_half_of_single_precision(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    halves = {name: (tensor.view("<u4") >> 16).astype("<u2") for name, tensor in TENSORS.items()}
    tiny.write_safetensors(path, halves, "BF16")
    assert same(read_tensors(path))


def test_a_checkpoint_comes_back_without_pytorch(tmp_path: Path) -> None:
    path = tmp_path / "pytorch_model.bin"
    tiny.write_torch(path, {name: tiny.Stored(tensor) for name, tensor in TENSORS.items()})
    assert same(read_tensors(path))


def test_a_pickle_that_names_anything_else_is_refused_before_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "pytorch_model.bin"
    tiny.write_torch(path, {"one": tiny.Named("os", "system")})
    with pytest.raises(EncoderError, match=r"os\.system is not allowed"):
        read_tensors(path)


@pytest.mark.parametrize(
    "stored",
    [
        tiny.Stored(TENSORS["one"], stride=(1, 2)),
        tiny.Stored(TENSORS["one"], offset=1),
        tiny.Stored(TENSORS["one"], offset=-6),
    ],
    ids=["turned", "beyond the end", "before the start"],
)
def test_a_tensor_never_reaches_outside_its_storage(tmp_path: Path, stored: tiny.Stored) -> None:
    path = tmp_path / "pytorch_model.bin"
    tiny.write_torch(path, {"one": stored})
    with pytest.raises(EncoderError) as raised:
        read_tensors(path)
    assert raised.value.code == "bad_weights"
    assert raised.value.facts["file"] == path.name


def test_a_compressed_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pytorch_model.bin"
    tiny.write_torch(path, {"one": tiny.Stored(TENSORS["one"])}, zipfile.ZIP_DEFLATED)
    with pytest.raises(EncoderError, match="compressed"):
        read_tensors(path)


HEADER = b'{"one": {"dtype": "F32", "shape": [2], "data_offsets": [0, %d]}}'


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x05",
        b"\xff" * 20,
        b"\x02" + b"\0" * 7 + b"{}x"[:1],
        b"\x02" + b"\0" * 7 + b"[]",
        len(HEADER % 8).to_bytes(8, "little") + HEADER % 8 + b"\0" * 4,
        len(HEADER % 4).to_bytes(8, "little") + HEADER % 4 + b"\0" * 4,
    ],
)
def test_what_is_no_weights_file_is_one_error(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EncoderError) as raised:
        read_tensors(tmp_path / name)
    assert raised.value.code == "bad_weights"
    assert raised.value.facts["file"] == name
