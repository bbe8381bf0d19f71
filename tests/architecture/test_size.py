"""One idea a file: nothing over 300 lines, no drawer for everything."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 300
DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py"}
FILES = sorted(
    path
    for folder in ("matcher", "models", "web", "tests", "seed_data", "bench")
    for pattern in ("*.py", "*.html", "*.js")
    for path in (ROOT / folder).rglob(pattern)
    if "migrations/versions" not in str(path)
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_holds_one_idea(path: Path) -> None:
    assert path.name not in DRAWERS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
