"""Texts as counts of their characters, pairs of characters and Latin words, all texts at once.

The columns are hashes of the grams, so there is no list of terms to learn, to keep or to extend: a text added
tomorrow falls into the same columns. With 2^20 columns some 300,000 grams of a large catalogue rarely meet.
"""

import re
import sys
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

COLUMNS = 2**20
LONGEST = 2  # characters

_LATIN = re.compile(r"[a-z0-9]+")
_CHINESE = re.compile(r"[^\W\da-z_]+")
_RUN = re.compile(rf"{_LATIN.pattern}|{_CHINESE.pattern}")
_STEM, _HOTLINE, _LETTERS = 6, 3, 3
_ENGLISH = frozenset(
    {
        "all",
        "and",
        "any",
        "are",
        "but",
        "can",
        "for",
        "from",
        "had",
        "has",
        "have",
        "her",
        "his",
        "not",
        "one",
        "our",
        "out",
        "she",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "was",
        "were",
        "who",
        "will",
        "with",
        "you",
        "your",
    }
)
_PRIME = np.uint64(0x9E3779B97F4A7C15)

Keys = NDArray[np.uint64]


def counts(
    texts: Sequence[str], rows: NDArray[np.int64], weights: NDArray[np.float64], n_rows: int
) -> sparse.csr_array:
    """Gram counts, shape (n_rows, COLUMNS): text i adds `weights[i]` per gram to row `rows[i]`.

    Texts are in standard form. A gram is a Chinese character, two neighbouring ones (none across
    punctuation), or a Latin word without its plural s. A long one also gives its beginning, so that
    counsellor and counselling meet; what English uses everywhere gives none. A number below three digits is
    a quantity and no gram; 110 or 12345 may be a name.
    """
    keys, places = _grams(texts)
    columns = (keys & np.uint64(COLUMNS - 1)).astype(np.int32)
    data = np.asarray(weights, dtype=np.float32)[places]
    at = np.asarray(rows)[places].astype(np.int32)
    made = sparse.coo_array((data, (at, columns)), shape=(n_rows, COLUMNS)).tocsr()
    made.sum_duplicates()
    return sparse.csr_array(made)


def counts_of_fields(fields: Sequence[tuple[Sequence[str], float]]) -> sparse.csr_array:
    """Gram counts of records of several fields, each field with the weight of one of its grams."""
    n = len(fields[0][0])
    texts = [text for values, _ in fields for text in values]
    rows = np.tile(np.arange(n), len(fields))
    weights = np.repeat([weight for _, weight in fields], n)
    return counts(texts, rows, weights, n)


def columns_of(grams: Sequence[str]) -> list[int]:
    """The column of each gram."""
    keys = np.array([_polynomial(gram) for gram in grams], dtype=np.uint64)
    columns: list[int] = (_mixed(keys) & np.uint64(COLUMNS - 1)).tolist()
    return columns


def grams_of(text: str) -> list[str]:
    """The same grams of one standard text as words, for telling what two texts share."""
    found = []
    for run in _RUN.findall(text):
        if run.isascii():
            found += _latin(run)
        else:
            sizes = range(1, LONGEST + 1)
            found += [run[at : at + size] for size in sizes for at in range(len(run) - size + 1)]
    return found


def _grams(texts: Sequence[str]) -> tuple[Keys, NDArray[np.int64]]:
    """Hash of every gram and the text it stands in."""
    joined = "\n".join([*texts, ""])
    if not joined:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    place = np.repeat(np.arange(len(texts)), lengths)
    keys, places = _latin_grams(joined, place)
    key, inside = points.astype(np.uint64), _is_letter(points)
    whole = inside
    for size in range(1, LONGEST + 1):
        if size > 1:
            key = key[:-1] * _PRIME + points[size - 1 :].astype(np.uint64)
            whole = whole[:-1] & inside[size - 1 :]
        at = np.flatnonzero(whole)
        keys.append(key[at])
        places.append(place[at])
    return _mixed(np.concatenate(keys)), np.concatenate(places)


def _latin_grams(joined: str, place: NDArray[np.int64]) -> tuple[list[Keys], list[NDArray[np.int64]]]:
    keys: list[int] = []
    starts: list[int] = []
    for match in _LATIN.finditer(joined):
        for gram in _latin(match.group()):
            keys.append(_polynomial(gram))
            starts.append(match.start())
    return [np.array(keys, dtype=np.uint64)], [place[np.array(starts, dtype=np.int64)]]


def _latin(run: str) -> list[str]:
    if run.isdigit():
        return [run] if len(run) >= _HOTLINE else []
    if len(run) < _LETTERS or run in _ENGLISH:
        return []
    stem = run[:-1] if len(run) > _LETTERS and run.endswith("s") and not run.endswith("ss") else run
    return [stem] if len(stem) <= _STEM else [stem, stem[:_STEM]]


@lru_cache(maxsize=2**16)
def _polynomial(gram: str) -> int:
    key = 0
    for character in gram:
        key = (key * int(_PRIME) + ord(character)) % 2**64
    return key


def _mixed(keys: Keys) -> Keys:
    """Spread the bits (the finaliser of splitmix64), so that the lowest ones tell keys apart."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def _is_letter(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which code points belong to a run of Chinese; asked once per distinct character."""
    table = np.zeros(sys.maxunicode + 1, dtype=bool)
    table[points] = True
    for point in np.flatnonzero(table).tolist():
        table[point] = _CHINESE.fullmatch(chr(point)) is not None
    letters: NDArray[np.bool_] = table[points]
    return letters
