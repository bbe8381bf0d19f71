"""Matching on several machines: the needs are divided, the catalogue is one folder that every worker maps.

A need's answer depends on the catalogue and on nothing else, so the parts laid one after the other are
exactly what one machine gives. Needs the extra `scale` (Dask distributed).
"""

from collections.abc import Callable
from copy import copy
from functools import lru_cache
from pathlib import Path

import pandas as pd
from distributed import Client, as_completed

from matcher.index_file import load_index
from matcher.rank import MATCH_COLUMNS, Matcher
from matcher.sheets import check_needs
from matcher.weights import Weights

_PARTS_PER_THREAD = 4  # so that a slow part does not keep the others waiting
_MOST = 5000  # needs in a part


def match_in_parts(
    client: Client,
    index: Path,
    needs: pd.DataFrame,
    top: int = 20,
    *,
    rules: bool = True,
    refused: bool = False,
    weights: Weights | None = None,
    told: Callable[[int], object] = int,
) -> pd.DataFrame:
    """What `Matcher.match` gives, from the workers of a Dask cluster.

    Parameters
    ----------
    client : distributed.Client
    index : Path
        A folder of `save_index`, under the same path on every worker.
    needs, top, rules, refused
        As of `Matcher.match`.
    weights : Weights, optional
        A weighting that was learned.
    told : callable
        Called with the number of needs that have just been answered, for those who show progress.
    """
    checked = check_needs(needs)
    # Told to the workers, who read the folder again when it holds another catalogue.
    made = (index / "index.json").stat().st_mtime_ns
    options = {"rules": rules, "refused": refused, "weights": weights}
    parts = [
        client.submit(_match_part, index, made, part, top, **options, pure=False)
        for part in _parts(client, checked)
    ]
    for _, found in as_completed(parts, with_results=True):
        told(found[0])
    full = [rows for _, rows in client.gather(parts) if len(rows)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=list(MATCH_COLUMNS))


def _parts(client: Client, needs: pd.DataFrame) -> list[pd.DataFrame]:
    threads = max(1, sum(client.nthreads().values()))
    size = min(_MOST, max(1, -(-len(needs) // (_PARTS_PER_THREAD * threads))))
    return [needs.iloc[start : start + size] for start in range(0, len(needs), size)]


def _match_part(
    index: Path,
    made: int,
    needs: pd.DataFrame,
    top: int,
    *,
    rules: bool,
    refused: bool,
    weights: Weights | None,
) -> tuple[int, pd.DataFrame]:
    matcher = copy(_loaded(index, made)).set_params(weights=weights)
    return len(needs), matcher.match(needs, top, rules=rules, refused=refused)


@lru_cache(maxsize=1)
def _loaded(index: Path, _made: int) -> Matcher:
    """One catalogue stays mapped in a worker from part to part."""
    return load_index(index)
