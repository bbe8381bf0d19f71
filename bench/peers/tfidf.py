"""TF-IDF of scikit-learn on words: dense chunks, or `sparse` for sparse-dot-topn, as the second argument."""

import sys
from pathlib import Path

import numpy as np
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from bench.peers.stages import TOP, Stages, texts

CHUNK = 64
stages = Stages()
services, needs = texts(Path(sys.argv[1]))
stages.lap("read")
vectors = TfidfVectorizer(analyzer=rjieba.Jieba().cut, dtype=np.float32)
documents = vectors.fit_transform(services)
turned = documents.T.tocsr()
stages.lap("index")
asked = vectors.transform(needs)


def dense(start: int, end: int) -> None:
    """The best of some needs, by way of all scores."""
    scores = (asked[start:end] @ turned).toarray()
    np.argpartition(-scores, TOP, axis=1)[:, :TOP]


def sparse(start: int, end: int) -> None:
    """The best of some needs, without a dense matrix."""
    sp_matmul_topn(asked[start:end], turned, top_n=TOP, n_threads=2)


if sys.argv[2] == "sparse":
    sparse(0, len(needs))
    answer = sparse
else:
    for start in range(0, len(needs), CHUNK):
        dense(start, start + CHUNK)
    answer = dense
stages.lap("query")
stages.singles(lambda place: answer(place, place + 1), len(needs))
stages.tell()
