"""How fast the matcher is beside plain text retrieval, in one run on one machine: `make bench`.

    python -m bench.speed [--services 10000 100000 1000000] [--systems duijie "bm25s (numba)"] [--keep FOLDER]

Each system runs in a process of its own; the table says its time from start to end, its stages and the most
memory it held. The table and the chart go into docs/performance.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import perf_data
from bench.growth_chart import draw

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "images" / "growth.svg"
BEGIN, END = "<!-- figures: written by bench/speed.py -->", "<!-- end of figures -->"
SYSTEMS = {
    "duijie": ["bench.peers.duijie"],
    "bm25s (numba)": ["bench.peers.bm25s_words", "numba"],
    "bm25s": ["bench.peers.bm25s_words", "numpy"],
    "tantivy": ["bench.peers.tantivy_words"],
    "TF-IDF, sparse-dot-topn": ["bench.peers.tfidf", "sparse"],
    "TF-IDF, scikit-learn": ["bench.peers.tfidf", "dense"],
}
MOST = {
    "TF-IDF, scikit-learn": 100_000,
    "bm25s": 100_000,
    "tantivy": 100_000,
    "TF-IDF, sparse-dot-topn": 100_000,
}
"""Services beyond which a system is left out: it would take an hour."""
CHANGES = ("add", "rewrite", "remove")
HEADS = ("services", "system", "whole s", "index s", "6,000 needs s", "one need p50 ms", "p99 ms", "peak MiB")


@dataclass(frozen=True)
class Measured:
    """One system on one catalogue: seconds and MiB."""

    system: str
    services: int
    whole: float
    peak: float
    laps: dict[str, float]

    def cells(self) -> list[str]:
        """The row of the table."""
        milliseconds = [f"{1000 * self.laps[name]:.1f}" for name in ("p50", "p99")]
        seconds = [f"{self.laps[name]:.2f}" for name in ("index", "query")]
        return [
            f"{self.services:,}",
            self.system,
            f"{self.whole:.1f}",
            *seconds,
            *milliseconds,
            f"{self.peak:.0f}",
        ]


def measure(system: str, folder: Path, services: int) -> Measured:
    """Run one system; the time is the process's without its single needs, which nobody else is asked for."""
    laps, whole, peak = run(*SYSTEMS[system], folder=folder)
    return Measured(system, services, whole - laps.pop("singles", 0.0), peak, laps)


def run(module: str, *options: str, folder: Path) -> tuple[dict[str, float], float, float]:
    """One program on one catalogue: its laps and its whole time in seconds, the most it held in MiB."""
    command = [sys.executable, "-m", module, str(folder), *options]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None  # noqa: S101 - it was asked for
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    whole = time.perf_counter() - started
    if status:
        message = f"{module} failed on {folder}"
        raise SystemExit(message)
    return json.loads(said.splitlines()[-1]), whole, used.ru_maxrss / 1024


def as_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells as a table of the page."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write(rows: Sequence[Measured], changes: Iterable[Sequence[str]]) -> None:
    """The tables and the chart."""
    heads = ("services", *(f"{change} 1,000, s" for change in CHANGES))
    table = as_table(HEADS, [row.cells() for row in rows]) + "\n\n" + as_table(heads, changes)
    print(table)
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    CHART.write_text(draw([(row.system, row.services, row.laps["query"]) for row in rows]), encoding="utf-8")


def main() -> int:
    """Measure every system on every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--keep", type=Path, help="where generated catalogues are kept for the next time")
    asked = parser.parse_args()
    beside = perf_data.generator()
    if beside is None:
        print(
            f"NOTHING MEASURED: no generator in {[str(path) for path in perf_data.BESIDE]}", file=sys.stderr
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="duijie-bench-") as scratch:
        rows, changes = [], []
        for services in asked.services:
            folder = perf_data.sheets(asked.keep or Path(scratch), services, beside)
            for system in asked.systems:
                if services <= MOST.get(system, services):
                    rows.append(measure(system, folder, services))
                    print(*rows[-1].cells(), sep="\t", flush=True)
            laps, _, _ = run("bench.peers.changing", folder=folder)
            changes.append([f"{services:,}", *(f"{laps[change]:.2f}" for change in CHANGES)])
            print(*changes[-1], sep="\t", flush=True)
        write(rows, changes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
