"""The locks pin everything pyproject.toml asks for, by hash, and name no place to fetch it from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, Version]:
    text = (ROOT / lock).read_text()
    return {canonicalize_name(pin["name"]): Version(pin["version"]) for pin in PIN.finditer(text)}


@pytest.mark.parametrize(
    ("lock", "extras"),
    [
        ("requirements.lock", ["setup"]),
        ("requirements-dev.lock", ["setup", "dev"]),
        ("requirements-bench.lock", ["setup", "dev", "bench"]),
    ],
)
def test_lock_answers_every_requirement(lock: str, extras: list[str]) -> None:
    pinned = pins(lock)
    asked = [
        *PROJECT["dependencies"],
        *(line for extra in extras for line in PROJECT["optional-dependencies"][extra]),
    ]
    unanswered = [
        line
        for line in asked
        if (need := Requirement(line)) and not _meets(pinned.get(canonicalize_name(need.name)), need)
    ]
    assert not unanswered, f"`make lock` is due: {unanswered}"


def _meets(version: Version | None, need: Requirement) -> bool:
    return version is not None and need.specifier.contains(version)


def test_each_lock_adds_to_the_one_before_and_changes_nothing() -> None:
    plain, development, bench = (pins(lock).items() for lock in LOCKS)
    assert plain <= development <= bench


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_line_names_a_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|^-|^\s*--(?!hash)", text, re.MULTILINE)
