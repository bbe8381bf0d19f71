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
from collections.abc import Sequence
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
HEADS = ("services", "system", "whole s", "index s", "6,000 needs s", "one need p50 ms", "p99 ms", "peak MB")


@dataclass(frozen=True)
class Measured:
    """One system on one catalogue: seconds and megabytes."""

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
    command = [sys.executable, "-m", SYSTEMS[system][0], str(folder), *SYSTEMS[system][1:]]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None  # noqa: S101 - it was asked for
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    whole = time.perf_counter() - started
    if status:
        message = f"{system} failed on {services} services"
        raise SystemExit(message)
    laps = json.loads(said.splitlines()[-1])
    return Measured(system, services, whole - laps.pop("singles", 0.0), used.ru_maxrss / 1000, laps)


def write(rows: Sequence[Measured]) -> None:
    """The table and the chart."""
    lines = ["| " + " | ".join(HEADS) + " |", "|---" * len(HEADS) + "|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    print("\n".join(lines))
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    table = "\n".join(lines)
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
        rows = []
        for services in asked.services:
            folder = perf_data.sheets(asked.keep or Path(scratch), services, beside)
            for system in asked.systems:
                rows.append(measure(system, folder, services))
                print(*rows[-1].cells(), sep="\t", flush=True)
        write(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
