"""`make test`: every check and every test, on both databases and in a real browser.

Nothing is left out in silence: where PostgreSQL or Chromium is missing the run says so first and last, and
with CI=true that alone fails it. A failed step does not hide the next; the last line counts the tests.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from matcher import lessons
from tests.support import browser, postgres

BIN = Path(sys.executable).parent
CHECKS = {
    "ruff": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "imports": [BIN / "lint-imports"],
    "templates": [BIN / "djlint", "--quiet", "--lint", "web/templates"],
}
ON_BOTH_DATABASES = ["tests/models", "tests/web"]


@dataclass
class Run:
    """What has been done so far: steps with their time, and the tests counted."""

    steps: list[tuple[str, bool, float]] = field(default_factory=list)
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def step(self, name: str, command: list[object]) -> bool:
        """Run one command with its output shown; remember how it went."""
        print(f"\n== {name}: {' '.join(map(str, command[1:]))}", flush=True)
        started = time.monotonic()
        well = subprocess.run([str(part) for part in command], check=False).returncode == 0
        self.steps.append((name, well, time.monotonic() - started))
        return well

    def tests(self, name: str, *arguments: str) -> None:
        """Run pytest on every core, a file on one core in the order of tests/conftest.py; count the tests."""
        with tempfile.TemporaryDirectory(prefix="duijie-test-") as folder:
            report = Path(folder) / "report.xml"
            together = ["-n", "logical", "--dist", "loadfile", "--no-loadscope-reorder"]
            pytest = [sys.executable, "-m", "pytest", *together, f"--junitxml={report}"]
            self.step(name, [*pytest, *arguments])
            if report.exists():
                self.add(report)

    def add(self, report: Path) -> None:
        """Count the tests of one JUnit report."""
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314 our own pytest wrote it a moment ago
            tests, failures, errors, skipped = (
                int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
            )
            self.failed += failures + errors
            self.skipped += skipped
            self.passed += tests - failures - errors - skipped


def left_out() -> list[str]:
    """What this machine cannot show, and what to install for it."""
    missing = []
    if postgres.VARIABLE not in os.environ and postgres.find() is None:
        missing.append(f"the tests on PostgreSQL. Install it: {postgres.HOW_TO_INSTALL}")
    if browser.find() is None:
        missing.append(f"the stories in a real browser. Install one: {browser.HOW_TO_INSTALL}")
    return missing


def announce(missing: list[str]) -> None:
    """Say it loudly, or say nothing."""
    if missing:
        line = "!" * 100
        print(f"\n{line}", *(f"!! LEFT OUT: {each}" for each in missing), f"{line}", sep="\n", flush=True)


@contextmanager
def database_server() -> Iterator[bool]:
    """A PostgreSQL for the pytest processes below, when there can be one."""
    with ExitStack() as stack:
        if postgres.VARIABLE not in os.environ and postgres.find() is not None:
            os.environ[postgres.VARIABLE] = stack.enter_context(postgres.cluster())
        yield postgres.VARIABLE in os.environ


def main() -> int:
    """The exit code: 0 only when every step went well and, in CI, nothing was left out."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the server below is stopped too
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each worker would compile every file anew
    missing = left_out()
    announce(missing)
    run = Run()
    for name, command in CHECKS.items():
        run.step(name, command)
    stories = ["-m", "not story"] if browser.find() is None else []
    with database_server() as on_postgres, tempfile.TemporaryDirectory(prefix="duijie-cache-") as cache:
        os.environ[lessons.VARIABLE] = cache  # learned once, by the code under test
        elsewhere = ["--pages-elsewhere"] if on_postgres else []
        run.tests("tests on SQLite", *stories, *elsewhere)
        if on_postgres:
            run.tests("tests on PostgreSQL", "--db", "postgres", "-m", "not story", *ON_BOTH_DATABASES)
    print()
    for name, well, took in run.steps:
        print(f"{'ok    ' if well else 'FAILED'} {took:6.1f} s  {name}")
    announce(missing)
    refused = bool(missing) and os.environ.get("CI") == "true"
    if refused:
        print("CI=true: leaving something out is a failure.")
    counts = f"{run.passed} passed, {run.failed} failed"
    print(counts + (f", {run.skipped} skipped" if run.skipped else ""))
    return int(refused or not all(well for _, well, _ in run.steps))


if __name__ == "__main__":
    sys.exit(main())
