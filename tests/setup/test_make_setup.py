"""`make setup` on a machine that cannot do it says why in one sentence and changes nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = ["Makefile", ".ci/setup", "pyproject.toml", "requirements.lock", "requirements-dev.lock"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what `make setup` reads, and nothing set up."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(folder: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [*before, "make", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def sentences(outcome: subprocess.CompletedProcess[str]) -> list[str]:
    assert outcome.returncode != 0
    assert outcome.stdout == ""
    return [line for line in outcome.stderr.splitlines() if not line.startswith("make")]


def test_a_python_too_old_is_named_with_what_is_needed(checkout: Path) -> None:
    old = script(checkout / "python-old", '[ "$1" = -V ] && echo Python 3.10.13 || exit 1')
    chinese, english = sentences(make(checkout, "setup", f"PYTHON={old}"))
    assert "没有找到 Python 3.11 或更新版本（只有 Python 3.10.13）" in chinese
    assert "No Python 3.11 or newer was found (only Python 3.10.13)" in english
    assert not (checkout / ".venv/bin").exists()


def test_no_python_at_all_is_said_too(checkout: Path) -> None:
    _, english = sentences(make(checkout, "setup", "PYTHON=no-such-python"))
    assert english.startswith("No Python 3.11 or newer was found: install one")


def test_a_python_without_its_venv_module_names_the_package_to_install(checkout: Path) -> None:
    bare = script(
        checkout / "python-bare",
        f'case "$*" in *ensurepip*) exit 1 ;; esac\nexec "{sys.executable}" "$@"',
    )
    _, english = sentences(make(checkout, "setup", f"PYTHON={bare}"))
    assert "lacks the venv module" in english
    assert "apt-get install python3-venv" in english


def test_the_first_python_that_can_do_it_is_taken(checkout: Path) -> None:
    old = script(checkout / "python-old", "exit 1")
    good = script(checkout / "python-good", f'echo "$@" >>"{checkout}/asked"\nexec "{sys.executable}" "$@"')
    (checkout / "requirements.lock").write_text("this line is no requirement\n")
    outcome = make(checkout, "setup", f"PYTHON={old} {good}")
    assert "-m venv" in (checkout / "asked").read_text()
    assert outcome.returncode != 0
    assert "run the same command again" in outcome.stderr
    assert not (checkout / ".venv/installed-requirements.lock").exists()


def test_a_folder_that_cannot_be_written_is_named(checkout: Path) -> None:
    as_nobody: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root writes anywhere, and there is no setpriv to become somebody else with")
        as_nobody = ("setpriv", "--reuid=65534", "--clear-groups")
        # pytest's own folders admit root alone
        reachable = Path(tempfile.mkdtemp(prefix="duijie-read-only-"))
        checkout = shutil.copytree(checkout, reachable, dirs_exist_ok=True)
    checkout.chmod(0o555)
    try:
        chinese, english = sentences(make(checkout, "setup", before=as_nobody))
    finally:
        checkout.chmod(0o755)
        if as_nobody:
            shutil.rmtree(checkout)
    assert f"无法写入文件夹 {checkout}" in chinese
    assert f"The folder {checkout} cannot be written" in english


def test_help_lists_every_target() -> None:
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY"))
    shown = make(ROOT, "help").stdout
    steps = {"setup-demo", "setup-dev", "setup-bench"}  # of other targets, for nobody to call
    missing = [name for name in phony.split()[1:] if name not in steps and f" {name} " not in shown]
    assert not missing
