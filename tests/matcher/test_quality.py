"""The ranking against graded judgments, where a checkout has them beside it."""

from pathlib import Path

import numpy as np
import pytest

from bench.judgments import Judgments, measure
from matcher import Matcher, read_needs, read_services

ROOT = Path(__file__).parents[2]
BESIDE = [ROOT.parent / "relevance", ROOT.parent / "shared" / "relevance"]
PLAIN_BM25, PLAIN_CHARACTERS = 0.48, 0.60  # what text alone reaches on the same needs
FOLDER = next((folder for folder in BESIDE if (folder / "qrels.csv").is_file()), None)


def test_the_measure_is_that_of_the_books() -> None:
    grades = {"a": 3, "b": 1, "c": 0}
    perfect = measure(np.array([3.0, 2.0, 1.0]), ["a", "b", "c"], grades)
    assert (perfect.ndcg10, perfect.recall20) == (1.0, 1.0)
    turned = measure(np.array([1.0, 2.0, 3.0]), ["a", "b", "c"], grades)
    best = 7 + 1 / np.log2(3)
    assert turned.ndcg10 == pytest.approx((1 / np.log2(3) + 7 / 2) / best)


@pytest.mark.skipif(FOLDER is None, reason=f"NOT MEASURED: no judgments in {[str(path) for path in BESIDE]}")
def test_the_ranking_is_clearly_above_plain_text() -> None:
    assert FOLDER is not None
    judgments, services = Judgments.read(FOLDER), read_services(FOLDER / "services.csv")
    run = Matcher().fit(services).match(read_needs(FOLDER / "needs.csv"), top=len(services), rules=False)
    gains = []
    for need_id in judgments.of_kind():
        ranked = run[run["need_id"] == need_id]
        grades = judgments.grades[need_id]
        gains.append(measure(ranked["score"].to_numpy(), ranked["service_id"].tolist(), grades).ndcg10)
    assert np.mean(gains) > PLAIN_CHARACTERS + 0.1 > PLAIN_BM25
