"""The forward pass of BERT (Devlin et al. 2019) for one text: numbers of word pieces in, vectors out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from matcher.encoder.protocol import EncoderError, Rows
from matcher.encoder.tensors import Tensors

_PREFIX = "bert."  # some files name the model before each tensor
_TAIL = np.array([1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592], dtype=np.float32)


@dataclass(frozen=True)
class Sizes:
    """The sizes of a BERT, by their names in config.json."""

    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    layer_norm_eps: float

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        """Read config.json; EncoderError for another kind of model."""
        asked = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute"}
        for name, known in asked.items():
            if config.get(name, known) != known:
                raise EncoderError("unknown_model", setting=name, value=config[name], known=known)
        for field in fields(cls):
            value = config.get(field.name)
            if not isinstance(value, int | float) or type(value) not in (int, field.type) or not value > 0:
                raise EncoderError("bad_config", setting=field.name, value=value)
        return cls(**{field.name: config[field.name] for field in fields(cls)})

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Name and shape of every tensor that the forward pass reads."""
        width, inner = self.hidden_size, self.intermediate_size
        shapes = {
            "embeddings.word_embeddings.weight": (self.vocab_size, width),
            "embeddings.position_embeddings.weight": (self.max_position_embeddings, width),
            "embeddings.token_type_embeddings.weight": (self.type_vocab_size, width),
            **_affine("embeddings.LayerNorm", width),
        }
        for layer in range(self.num_hidden_layers):
            at = f"encoder.layer.{layer}"
            for part in ("self.query", "self.key", "self.value", "output.dense"):
                shapes |= _affine(f"{at}.attention.{part}", width, width)
            shapes |= _affine(f"{at}.attention.output.LayerNorm", width)
            shapes |= _affine(f"{at}.intermediate.dense", inner, width)
            shapes |= _affine(f"{at}.output.dense", width, inner)
            shapes |= _affine(f"{at}.output.LayerNorm", width)
        return shapes


def _affine(name: str, *shape: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": shape, f"{name}.bias": shape[:1]}


class Bert:
    """The model; EncoderError where a tensor is missing or of another shape than the sizes say."""

    def __init__(self, sizes: Sizes, tensors: Tensors) -> None:
        if sizes.hidden_size % sizes.num_attention_heads:
            raise EncoderError("bad_config", setting="num_attention_heads", value=sizes.num_attention_heads)
        self.sizes = sizes
        named = {name.removeprefix(_PREFIX): tensor for name, tensor in tensors.items()}
        for name, shape in sizes.shapes().items():
            found = named[name].shape if name in named else None
            if found != shape:
                raise EncoderError("bad_weights", tensor=name, expected=shape, found=found)
        self.tensors = {name: named[name] for name in sizes.shapes()}

    def hidden(self, pieces: Sequence[int]) -> Rows:
        """The last layer's vectors, shape (n_pieces, hidden_size)."""
        kind = self.tensors["embeddings.token_type_embeddings.weight"][0]
        place = self.tensors["embeddings.position_embeddings.weight"][: len(pieces)]
        rows = self.tensors["embeddings.word_embeddings.weight"][pieces] + place + kind
        rows = self._normed(rows, "embeddings.LayerNorm")
        for layer in range(self.sizes.num_hidden_layers):
            at = f"encoder.layer.{layer}"
            rows = self._normed(rows + self._attended(rows, at), f"{at}.attention.output.LayerNorm")
            inner = _gelu(self._dense(rows, f"{at}.intermediate.dense"))
            rows = self._normed(rows + self._dense(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return rows

    def _attended(self, rows: Rows, at: str) -> Rows:
        heads = self.sizes.num_attention_heads
        query, key, value = (
            self._dense(rows, f"{at}.attention.self.{part}").reshape(len(rows), heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        likeness = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(query.shape[2]))
        share = np.exp(likeness - likeness.max(axis=2, keepdims=True))
        share /= share.sum(axis=2, keepdims=True)
        joined = (share @ value).swapaxes(0, 1).reshape(len(rows), -1)
        return self._dense(joined, f"{at}.attention.output.dense")

    def _dense(self, rows: Rows, name: str) -> Rows:
        product: Rows = rows @ self.tensors[f"{name}.weight"].T
        product += self.tensors[f"{name}.bias"]
        return product

    def _normed(self, rows: Rows, name: str) -> Rows:
        centred = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(self.sizes.layer_norm_eps))
        normed: Rows = centred / spread * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"]
        return normed


def _gelu(values: Rows) -> Rows:
    """x times the normal distribution function, by Abramowitz and Stegun 7.1.26 (error below 1.5e-7)."""
    size = np.abs(values) * np.float32(np.sqrt(0.5))
    step = 1 / (1 + np.float32(0.3275911) * size)
    tail = np.zeros_like(values)
    for factor in _TAIL:
        tail = (tail + factor) * step
    erf = np.copysign(1 - tail * np.exp(-size * size), values)
    lifted: Rows = values * np.float32(0.5) * (1 + erf)
    return lifted
