"""Imports go down; the contracts are in pyproject.toml, and each of them bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

BREACHES = {
    "matcher imports models": ("matcher/text.py", "import models.base\n"),
    "models import flask": ("models/act.py", "import flask\n"),
    "matcher imports sqlalchemy": ("matcher/text.py", "import sqlalchemy\n"),
    "parties import needs": ("models/parties/unit.py", "import models.needs.need\n"),
    "needs import the matcher": ("models/needs/need.py", "import matcher.text\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("matcher", "models", "web", "seed_data"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.xlsx", "static", "__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("breach", BREACHES)
def test_each_contract_breaks_when_it_is_violated(copy: Path, breach: str) -> None:
    name, line = BREACHES[breach]
    path = copy / name
    path.write_text(path.read_text() + f"\n\n{line}")
    found = lint(copy)
    assert found.returncode != 0, found.stdout
    assert "BROKEN" in found.stdout
