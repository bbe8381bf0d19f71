"""Throw-away SQLite files, empty or copied."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url


@contextmanager
def database(folders: pytest.TempPathFactory, what: str, *, of: str | None = None) -> Iterator[str]:
    """An SQLite file in a folder of its own, empty or a copy of one nobody is connected to."""
    path = folders.mktemp(what) / f"{what}.db"
    if of:
        shutil.copyfile(Path(str(make_url(of).database)), path)
    yield f"sqlite:///{path}"
    shutil.rmtree(path.parent)
