"""A fitted catalogue on disk: one folder of plain arrays, mapped into memory by all who use it.

Nothing in it is pickled. What took long to read out of the texts is kept; what is quickly learned from the
table (areas, limits) is learned again.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from matcher.columns import SERVICE_COLUMNS
from matcher.packing import Arrays, packed, unpacked
from matcher.rank import MODEL_VERSION, Matcher
from matcher.topic import TopicIndex
from matcher.vocabulary import Vocabulary, default_vocabulary
from matcher.weights import Weights

FORMAT = 1
_ABOUT = "index.json"


class IndexFileError(ValueError):
    """A folder that cannot be used.

    `code` says why: not_an_index, damaged, other_format, other_model, other_vocabulary.
    """

    def __init__(self, code: str, folder: Path, facts: Mapping[str, object] = MappingProxyType({})) -> None:
        # Kept as they came, so that a worker on another machine can send it.
        super().__init__(code, folder, dict(facts))
        self.code = code
        self.facts = {"folder": str(folder), **facts}

    def __str__(self) -> str:
        folder, *others = (f"{name} {value!r}" for name, value in self.facts.items())
        return f"{self.code.replace('_', ' ')}: {', '.join([folder, *others])}"


def save_index(matcher: Matcher, folder: Path) -> None:
    """Keep a fitted matcher in a folder, whole or not at all; who has mapped an older one keeps that.

    Of the catalogue the columns of `SERVICE_COLUMNS` are kept; others the matcher does not look at.
    """
    made = folder.with_name(f".{folder.name}.{os.getpid()}")
    made.mkdir(parents=True)
    try:
        table = matcher.services_[[column.name for column in SERVICE_COLUMNS]]
        arrays = {**matcher.topic_.arrays(), **packed(table)}
        for name, array in arrays.items():
            np.save(made / f"{name}.npy", array, allow_pickle=False)
        about = {
            "format": FORMAT,
            "model": MODEL_VERSION,
            "vocabulary": matcher.topic_.vocabulary.digest,
            "stale_after": matcher.stale_after,
            "columns": [str(name) for name in table.columns],
            "arrays": {name: [str(array.dtype), list(array.shape)] for name, array in arrays.items()},
        }
        (made / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _put_in_place(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def load_index(
    folder: Path, *, vocabulary: Vocabulary | None = None, weights: Weights | None = None
) -> Matcher:
    """The matcher that was saved, its large arrays mapped and not read.

    Raises IndexFileError for a folder that is no index, is damaged, or was made by another version or with
    another vocabulary: its codes would mean something else.
    """
    about = _about(folder)
    words = vocabulary or default_vocabulary()
    for name, here in (("format", FORMAT), ("model", MODEL_VERSION), ("vocabulary", words.digest)):
        if about[name] != here:
            raise IndexFileError("other_" + name, folder, {"made_with": about[name], "here": here})
    arrays = _mapped(folder, about["arrays"])
    matcher = Matcher(vocabulary, about["stale_after"], weights)
    table = unpacked(arrays, about["columns"])
    return matcher.lay_out(table, TopicIndex(words).of_arrays(arrays))


def _about(folder: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        names = ("format", "model", "vocabulary", "stale_after", "columns", "arrays")
        return {name: about[name] for name in names}
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError) as error:
        raise IndexFileError("not_an_index", folder) from error


def _mapped(folder: Path, told: Mapping[str, Any]) -> Arrays:
    arrays: Arrays = {}
    for name, (kind, shape) in told.items():
        try:
            arrays[name] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise IndexFileError("damaged", folder, {"file": f"{name}.npy"}) from error
        if (str(arrays[name].dtype), list(arrays[name].shape)) != (kind, shape):
            raise IndexFileError("damaged", folder, {"file": f"{name}.npy"})
    return arrays


def _put_in_place(made: Path, folder: Path) -> None:
    """A folder cannot replace another in one step; the old one is moved aside, then deleted."""
    old = folder.with_name(f".{folder.name}.old.{os.getpid()}")
    if folder.exists():
        _about(folder)  # whatever else stands there is not ours to delete
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
