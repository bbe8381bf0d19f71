"""The forward pass is the one of the paper, here written number by number."""

from math import erf, exp, sqrt
from typing import Any

import numpy as np
import pytest

from matcher.encoder.bert import Bert, Sizes
from matcher.encoder.protocol import EncoderError
from tests.matcher.encoder import tiny

Row = list[float]
WEIGHTS = tiny.weights()
PIECES = [2, 5, 20, 7, 7, 3]


def affine(row: Row, name: str) -> Row:
    weight, bias = WEIGHTS[f"{name}.weight"].tolist(), WEIGHTS[f"{name}.bias"].tolist()
    return [
        sum(w * x for w, x in zip(line, row, strict=True)) + b for line, b in zip(weight, bias, strict=True)
    ]


def normed(row: Row, name: str) -> Row:
    weight, bias = WEIGHTS[f"{name}.weight"].tolist(), WEIGHTS[f"{name}.bias"].tolist()
    mean = sum(row) / len(row)
    spread = sqrt(sum((x - mean) ** 2 for x in row) / len(row) + tiny.CONFIG["layer_norm_eps"])
    return [(x - mean) / spread * w + b for x, w, b in zip(row, weight, bias, strict=True)]


def added(one: Row, other: Row) -> Row:
    return [x + y for x, y in zip(one, other, strict=True)]


def attended(rows: list[Row], at: str) -> list[Row]:
    query, key, value = (
        [affine(row, f"{at}.attention.self.{part}") for row in rows] for part in ("query", "key", "value")
    )
    size = tiny.CONFIG["hidden_size"] // tiny.CONFIG["num_attention_heads"]
    made = []
    for asking in query:
        row: Row = []
        for start in range(0, tiny.CONFIG["hidden_size"], size):
            head = range(start, start + size)
            shares = [exp(sum(asking[i] * asked[i] for i in head) / sqrt(size)) for asked in key]
            row += [sum(s * v[i] for s, v in zip(shares, value, strict=True)) / sum(shares) for i in head]
        made.append(affine(row, f"{at}.attention.output.dense"))
    return made


def reference(pieces: list[int]) -> list[Row]:
    rows = []
    for place, piece in enumerate(pieces):
        parts = [("word", piece), ("position", place), ("token_type", 0)]
        word, position, kind = (
            WEIGHTS[f"embeddings.{name}_embeddings.weight"][at].tolist() for name, at in parts
        )
        rows.append(normed(added(added(word, position), kind), "embeddings.LayerNorm"))
    for layer in range(tiny.CONFIG["num_hidden_layers"]):
        at = f"encoder.layer.{layer}"
        both = zip(rows, attended(rows, at), strict=True)
        rows = [normed(added(row, seen), f"{at}.attention.output.LayerNorm") for row, seen in both]
        inner = [
            [x * (1 + erf(x / sqrt(2))) / 2 for x in affine(row, f"{at}.intermediate.dense")] for row in rows
        ]
        outer = [affine(row, f"{at}.output.dense") for row in inner]
        both = zip(rows, outer, strict=True)
        rows = [normed(added(row, more), f"{at}.output.LayerNorm") for row, more in both]
    return rows


def test_the_forward_pass_is_the_one_of_the_paper() -> None:
    found = Bert(tiny.SIZES, WEIGHTS).hidden(PIECES)
    assert found.dtype == np.float32
    assert found == pytest.approx(np.array(reference(PIECES)), abs=1e-4)


def test_a_prefix_before_the_names_changes_nothing() -> None:
    prefixed = {f"bert.{name}": tensor for name, tensor in WEIGHTS.items()}
    assert np.array_equal(Bert(tiny.SIZES, prefixed).hidden(PIECES), Bert(tiny.SIZES, WEIGHTS).hidden(PIECES))


@pytest.mark.parametrize("name", sorted(WEIGHTS))
def test_a_tensor_that_is_missing_or_of_another_shape_is_named(name: str) -> None:
    without = {other: tensor for other, tensor in WEIGHTS.items() if other != name}
    for tensors in (without, {**WEIGHTS, name: WEIGHTS[name][:-1]}):
        with pytest.raises(EncoderError) as raised:
            Bert(tiny.SIZES, tensors)
        assert raised.value.code == "bad_weights"
        assert raised.value.facts["tensor"] == name
        assert raised.value.facts["expected"] == WEIGHTS[name].shape


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"model_type": "roberta"}, "unknown_model"),
        ({"hidden_act": "relu"}, "unknown_model"),
        ({"position_embedding_type": "relative_key"}, "unknown_model"),
        ({"hidden_size": None}, "bad_config"),
        ({"hidden_size": "8"}, "bad_config"),
        ({"hidden_size": 8.0}, "bad_config"),
        ({"num_hidden_layers": True}, "bad_config"),
        ({"num_hidden_layers": 0}, "bad_config"),
        ({"layer_norm_eps": float("nan")}, "bad_config"),
    ],
)
def test_another_model_is_refused_with_the_setting(change: dict[str, Any], code: str) -> None:
    with pytest.raises(EncoderError) as raised:
        Sizes.of(tiny.CONFIG | change)
    assert raised.value.code == code
    assert raised.value.facts["setting"] in change


def test_heads_share_out_the_width() -> None:
    with pytest.raises(EncoderError, match="num_attention_heads"):
        Bert(Sizes.of(tiny.CONFIG | {"num_attention_heads": 3}), WEIGHTS)
