"""Work on a large matrix a slice of rows at a time: what is at hand stays small, and two threads share it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")

_ROWS = 4096
_THREADS = 2


def in_slices(n_rows: int, work: Callable[[slice], Made]) -> list[Made]:
    """What `work` makes of each slice of rows, in order; at least one slice, an empty one if need be."""
    slices = [slice(start, min(start + _ROWS, n_rows)) for start in range(0, max(1, n_rows), _ROWS)]
    if len(slices) == 1:
        return [work(slices[0])]
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(work, slices))
