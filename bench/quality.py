"""How good the ranking is: the matcher beside plain retrieval, written into docs/matching.md.

    python -m bench.quality [FOLDER] [--encoder FOLDER_OR_URL]

FOLDER holds needs.csv, services.csv, qrels.csv and difficulty.csv; without it a folder `relevance` is looked
for beside the checkout. An encoder's figures are printed and not written: it is an extra that few have.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from bench.calibration import BANDS, reliability
from bench.judgments import KINDS, Judgments, Measured, gap_auc, measure
from bench.seeded import Seeded, weighed
from matcher import default_vocabulary, read_needs, read_services
from matcher.candidates import Pairs
from matcher.encoder import Encoder, open_encoder
from matcher.learn import ACCEPTED
from matcher.retrieve import BM25Transformer
from matcher.topic import TOPICAL, TopicIndex
from matcher.vocabulary import Vocabulary, Wordings
from matcher.weights import STANDARD, WITH_MEANING

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "matching.md"
BEGIN, END = "<!-- figures: written by bench/quality.py -->", "<!-- end of figures -->"
BESIDE = (ROOT.parent / "relevance", ROOT.parent / "shared" / "relevance")
HALVES = 10
RANKING = ["nDCG@10", "all", *KINDS, "recall@20", "not judged", "gap AUC"]
Scores = NDArray[np.float64]


class Bench:
    """One set of needs, services and judgments, and the rows of the table."""

    def __init__(self, folder: Path) -> None:
        self.needs = read_needs(folder / "needs.csv")
        services = read_services(folder / "services.csv")
        self.services = services.sort_values("service_id", ignore_index=True)
        self.judgments = Judgments.read(folder)
        self.ids = self.services["service_id"].tolist()

    def figures(self, scores: Scores) -> list[float]:
        """nDCG@10 by kind and over all, recall@20, share not judged, gap AUC."""
        of_need: dict[str, Measured] = {}
        for row, need in enumerate(self.needs["need_id"]):
            of_need[need] = measure(scores[row], self.ids, self.judgments.grades[need])
        best = dict(zip(self.needs["need_id"], scores.max(axis=1).tolist(), strict=True))
        by_kind = [
            float(np.mean([of_need[need].ndcg10 for need in self.judgments.of_kind(kind)])) for kind in KINDS
        ]
        everything = [of_need[need] for need in self.judgments.of_kind()]
        return [
            float(np.mean([measured.ndcg10 for measured in everything])),
            *by_kind,
            float(np.mean([measured.recall20 for measured in everything])),
            float(np.mean([measured.unjudged10 for measured in everything])),
            gap_auc(best, self.judgments),
        ]

    def judged(self, scores: Scores) -> tuple[Scores, NDArray[np.bool_]]:
        """Scores of the pairs that somebody judged, and whether they were accepted."""
        pairs = [
            (scores[row, column], grade >= ACCEPTED)
            for row, need in enumerate(self.needs["need_id"])
            for column, service in enumerate(self.ids)
            if (grade := self.judgments.grades[need].get(service)) is not None
        ]
        found, accepted = zip(*pairs, strict=True)
        return np.array(found), np.array(accepted)

    def plain_texts(self) -> tuple[list[str], list[str]]:
        """Needs and services as plain retrieval sees them: all that describes them, in one string."""
        asked = self.needs[["title", "description", "beneficiary_group"]].agg(" ".join, axis=1)
        return asked.tolist(), self.services[["title", "description"]].agg(" ".join, axis=1).tolist()


def plain_bm25(bench: Bench) -> Scores:
    """BM25 of the textbook on the words that jieba cuts."""
    asked, offered = bench.plain_texts()
    counts = CountVectorizer(analyzer=rjieba.cut, dtype=np.float64)
    documents = counts.fit_transform(offered)
    weights = BM25Transformer(k1=1.5, b=0.75).fit(documents).transform(documents)
    return np.asarray((counts.transform(asked) @ weights.T).toarray())


def plain_characters(bench: Bench) -> Scores:
    """Cosine of TF-IDF over runs of one to three characters."""
    asked, offered = bench.plain_texts()
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3))
    documents = vectors.fit_transform(offered)
    return np.asarray((vectors.transform(asked) @ documents.T).toarray())


def by_topic(
    bench: Bench, vocabulary: Vocabulary | None = None, encoder: Encoder | None = None
) -> dict[str, Scores]:
    """The matcher's topical signals of every pair, as `--no-rules` uses them."""
    index = TopicIndex(vocabulary or default_vocabulary(), encoder).fit(bench.services)
    shape = (len(bench.needs), len(bench.services))
    needs, services = np.indices(shape)
    signals = index.signals(index.read(bench.needs), Pairs(needs.ravel(), services.ravel()))
    return {name: signal.reshape(shape) for name, signal in signals.items()}


def without(*parts: str) -> Vocabulary:
    """A vocabulary that lacks its service wordings or its utterances."""
    vocabulary = Vocabulary()
    if "wordings" in parts:
        vocabulary._wordings["service"] = Wordings([])  # noqa: SLF001 - takes the vocabulary apart on purpose
    if "utterances" in parts:
        vocabulary.utterances = ()
    return vocabulary


def half_vocabularies() -> Iterator[Vocabulary]:
    """Vocabularies that lack a random half of all they were taught: how much hangs on single lines?"""
    generator = np.random.default_rng(20)
    for _ in range(HALVES):
        vocabulary = Vocabulary()
        wordings = vocabulary.pairs("service")
        kept = generator.permutation(len(wordings))[: len(wordings) // 2]
        vocabulary._wordings["service"] = Wordings(wordings[place] for place in sorted(kept))  # noqa: SLF001
        told = vocabulary.utterances
        half = generator.permutation(len(told))[: len(told) // 2]
        vocabulary.utterances = tuple(told[place] for place in sorted(half))
        yield vocabulary


def table(bench: Bench) -> list[tuple[str, list[float]]]:
    """The rows of the page: baselines, the matcher, the matcher with each signal left out."""
    signals = by_topic(bench)
    rows = [
        ("BM25, jieba words", bench.figures(plain_bm25(bench))),
        ("TF-IDF, characters 1-3", bench.figures(plain_characters(bench))),
        ("**matcher**", bench.figures(weighed(signals))),
    ]
    for left_out in (name for name in TOPICAL if STANDARD.topic[name]):
        kept = set(TOPICAL) - {left_out}
        rows.append((f"without {left_out}", bench.figures(weighed(signals, kept))))
    for part in ("wordings", "utterances"):
        rows.append((f"without {part}", bench.figures(weighed(by_topic(bench, without(part))))))
    halves = [bench.figures(weighed(by_topic(bench, half))) for half in half_vocabularies()]
    rows.append((f"half of what it was taught, mean of {HALVES}", np.mean(halves, axis=0).tolist()))
    return rows


def calibration(bench: Bench, seeded: Seeded) -> str:
    """Scores beside what people accepted: judged pairs, and pairs of the district by their codes."""
    signals, same = seeded.pairs()
    judged = reliability(*bench.judged(weighed(by_topic(bench))))
    district = reliability(weighed(signals).ravel(), same.ravel())
    lines = [
        "| score | judged pairs | mean score | accepted | district's pairs | mean score | same code |",
        "|---" * 7 + "|",
    ]
    for low, high, *figures in zip(BANDS, BANDS[1:], judged, district, strict=False):
        cells = " | ".join(f"{n:,} | {score:.2f} | {share:.2f}" for n, score, share in figures)
        lines.append(f"| {low:.2f} to {high:.2f} | {cells} |")
    return "\n".join(lines)


def with_encoder(bench: Bench, where: str) -> str:
    """A table of the matcher with an encoder, and of the encoder alone."""
    signals = by_topic(bench, encoder=open_encoder(where))
    everything = np.sum([WITH_MEANING.topic[name] * signals[name] for name in TOPICAL], axis=0)
    rows = [("with it", bench.figures(everything)), ("it alone", bench.figures(signals["meaning"]))]
    return as_table([f"encoder {where}", *RANKING[1:]], rows)


def main(arguments: list[str]) -> int:
    """Measure, print, and write the table into the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--encoder")
    asked = parser.parse_args(arguments)
    folders = [asked.folder] if asked.folder else list(BESIDE)
    folder = next((path for path in folders if (path / "qrels.csv").is_file()), None)
    if folder is None:
        looked = ", ".join(str(path) for path in folders)
        print(f"NOTHING MEASURED: no judgments (qrels.csv) in {looked}", file=sys.stderr)
        return 1
    bench = Bench(folder)
    if asked.encoder:
        print(with_encoder(bench, asked.encoder))
        return 0
    ranking = as_table(RANKING, table(bench))
    seeded = Seeded()
    heads = ["code as a person gave it", "first", "in the first three", "mean reciprocal rank"]
    codes = as_table(heads, seeded.reading())
    gaps = as_table(["gaps made in the seeded district", "gap AUC"], seeded.made_gaps())
    text = "\n\n".join([ranking, codes, gaps, calibration(bench, seeded)])
    print(text)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    return 0


def as_table(heads: list[str], rows: list[tuple[str, list[float]]]) -> str:
    """Rows of figures as a table of the page."""
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, figures in rows:
        lines.append(f"| {name} | " + " | ".join(f"{figure:.3f}".lstrip("0") for figure in figures) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
