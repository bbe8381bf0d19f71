"""Tables and sparse matrices as plain arrays, and back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

Arrays = dict[str, NDArray[Any]]
_PARTS = ("data", "indices", "indptr")


def packed(table: pd.DataFrame) -> Arrays:
    """The columns by their places: numbers as `table_3`, texts as one run of bytes and `table_4_ends`."""
    arrays: Arrays = {}
    for at, (_, column) in enumerate(table.items()):
        if column.dtype != object:
            arrays[f"table_{at}"] = column.to_numpy(float)
            continue
        texts = [text.encode("utf-8", "surrogatepass") for text in column.tolist()]
        arrays[f"table_{at}"] = np.frombuffer(b"".join(texts), dtype=np.uint8)
        arrays[f"table_{at}_ends"] = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return arrays


def unpacked(arrays: Arrays, names: Sequence[str]) -> pd.DataFrame:
    """The table with these names of its columns."""
    table: dict[str, Any] = {}
    for at, name in enumerate(names):
        column, ends = arrays[f"table_{at}"], arrays.get(f"table_{at}_ends")
        table[name] = (
            column if ends is None else pd.Series(_texts(column.tobytes(), ends.tolist()), dtype=object)
        )
    return pd.DataFrame(table)


def _texts(whole: bytes, ends: Sequence[int]) -> list[str]:
    starts = [0, *ends[:-1]]
    return [
        whole[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=False)
    ]


def parts_of(name: str, matrix: sparse.csr_array) -> Arrays:
    """The three arrays of a sparse matrix."""
    return {f"{name}_{part}": getattr(matrix, part) for part in _PARTS}


def of_parts(name: str, arrays: Arrays, width: int) -> sparse.csr_array:
    """The matrix of these three arrays, of so many columns; none is copied."""
    parts = tuple(arrays[f"{name}_{part}"] for part in _PARTS)
    return sparse.csr_array(parts, shape=(len(parts[-1]) - 1, width), copy=False)
