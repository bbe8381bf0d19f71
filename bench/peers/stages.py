"""Stages of a measured program: named laps, told as one line of JSON."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

TOP = 20
SINGLES = 300


class Stages:
    """Laps since the last one, in seconds."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self.since = time.perf_counter()

    def lap(self, name: str) -> None:
        """The time since the last lap goes to `name`."""
        now = time.perf_counter()
        self.laps[name] = self.laps.get(name, 0.0) + now - self.since
        self.since = now

    def singles(self, ask: Callable[[int], object], n: int) -> None:
        """Each of some needs for itself: the median and the 99th percentile."""
        began = time.perf_counter()
        took = []
        for place in range(min(SINGLES, n)):
            started = time.perf_counter()
            ask(place)
            took.append(time.perf_counter() - started)
        self.laps["p50"], self.laps["p99"] = (float(np.percentile(took, part)) for part in (50, 99))
        self.since = time.perf_counter()
        self.laps["singles"] = self.since - began

    def tell(self) -> None:
        """Print them."""
        print(json.dumps(self.laps))


def texts(folder: Path) -> tuple[list[str], list[str]]:
    """Services and needs as one text each."""
    services, needs = (
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("services", "needs")
    )
    return services, needs
