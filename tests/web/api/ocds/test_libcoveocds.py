"""The standard's own validator finds nothing, offline. It runs in a process of its own and is never imported.

It is not in the locks: two packages it needs have no wheels. After `pip install libcoveocds` this runs.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories import contracts, disclosure
from tests.web.api.ocds import judge
from tests.web.api.ocds.conftest import Get

COMMAND = shutil.which("libcoveocds", path=str(Path(sys.executable).parent)) or shutil.which("libcoveocds")
pytestmark = pytest.mark.skipif(
    COMMAND is None or not judge.STANDARD.is_file(),
    reason="NOT JUDGED: libcoveocds is not installed, or the standard's schema is not at hand",
)


class Quiet(SimpleHTTPRequestHandler):
    """Says nothing about what is fetched."""

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def extensions(tmp_path: Path) -> Iterator[list[str]]:
    """The extensions as far as we use them, at addresses of this machine."""
    for name, patch in judge.EXTENSIONS.items():
        folder = tmp_path / "extensions" / name
        folder.mkdir(parents=True)
        about = {"name": {"en": name}, "description": {"en": name}, "compatibility": ["1.1"]}
        (folder / "extension.json").write_text(json.dumps(about | {"schemas": ["release-schema.json"]}))
        (folder / "release-schema.json").write_text(json.dumps(patch))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "extensions")))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield [f"http://127.0.0.1:{server.server_port}/{name}/extension.json" for name in judge.EXTENSIONS]
    server.shutdown()
    server.server_close()
    thread.join()


def verdict(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What it says. Its exit code is 0 whatever it finds, so its answer is read."""
    assert COMMAND is not None
    file = folder / "package.json"
    file.write_text(json.dumps(package, ensure_ascii=False))
    done = subprocess.run(
        [COMMAND, "--standard-zip", str(judge.STANDARD), str(file)],
        capture_output=True,
        check=True,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "NO_PROXY": "127.0.0.1"},
    )
    return dict(json.loads(done.stdout))


CLEAN: dict[str, Any] = {
    "validation_errors": [],
    "additional_closed_codelist_values": {},
    "additional_fields": [],
    "additional_checks": {},
    "deprecated_fields": [],
}


SCENES = (
    disclosure.tendering,
    disclosure.priced,
    disclosure.failed_and_repeated,
    contracts.award,
    disclosure.running,
)


@pytest.mark.parametrize("scene", SCENES)
def test_it_finds_nothing(
    session: Session, get: Get, extensions: list[str], tmp_path: Path, scene: Any
) -> None:
    scene(session)
    said = verdict(get("/ocds/releases") | {"extensions": extensions}, tmp_path)
    assert said["extensions"]["invalid_extension"] == {}
    assert {name: said[name] for name in CLEAN} == CLEAN


def test_it_would_find_something(session: Session, get: Get, extensions: list[str], tmp_path: Path) -> None:
    disclosure.cancelled(session)
    package = get("/ocds/releases") | {"extensions": extensions}
    tender = package["releases"][0]["tender"]
    tender |= {"status": "closed", "colour": "teal", "title": ""}
    del tender["lots"][0]["id"]
    said = verdict(package, tmp_path)
    assert said["validation_errors"]
    assert said["additional_closed_codelist_values"]
    assert said["additional_fields"]
    assert said["additional_checks"]
