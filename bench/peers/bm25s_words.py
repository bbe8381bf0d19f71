"""bm25s on words: `numba` or `numpy` is the second argument."""

import sys
from pathlib import Path

import bm25s
import rjieba

from bench.peers.stages import TOP, Stages, texts

stages = Stages()
services, needs = texts(Path(sys.argv[1]))
backend = sys.argv[2]
stages.lap("read")
cut = rjieba.Jieba().cut
words = [cut(text) for text in services]
index = bm25s.BM25(backend=backend)
index.index(words, show_progress=False)
stages.lap("index")
asked = [cut(text) for text in needs]
stages.lap("query")
if backend == "numba":
    index.retrieve(asked[:2], k=TOP, show_progress=False, n_threads=2)
    stages.lap("compile")
index.retrieve(asked, k=TOP, show_progress=False, n_threads=2)
stages.lap("query")
stages.singles(lambda place: index.retrieve([asked[place]], k=TOP, show_progress=False), len(asked))
stages.tell()
