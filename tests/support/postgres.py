"""A throw-away PostgreSQL server for one test run, from whatever installation the machine has.

It listens on a socket in its own folder only (no port to collide on, nothing open to the network), trades
durability for speed, and is stopped and deleted with the run.

The driver of the whole run (tests/run.py) starts one and hands its address on as DUIJIE_TEST_POSTGRES; set
that variable yourself to test against a server of yours. A plain `pytest --db postgres` starts its own.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

VARIABLE = "DUIJIE_TEST_POSTGRES"
HOW_TO_INSTALL = "sudo apt-get install postgresql   (no need to start it)"
START_SECONDS = 60

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "Asia/Shanghai",  # where it will run: a test that passes only in UTC is wrong
}


class Unavailable(RuntimeError):
    """No server can be had here; the message says how to get one."""


def find() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest version first; None when there is none."""
    on_path = shutil.which("initdb")
    if on_path and Path(on_path).resolve().with_name("postgres").exists():
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: float(path.parts[-3]), reverse=True)
    return next((path.parent for path in newest if path.with_name("postgres").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """A fresh server while the block lasts; gives the SQLAlchemy address of its `postgres` database."""
    binaries = find()
    if binaries is None:
        message = f"PostgreSQL is not installed: {HOW_TO_INSTALL}"
        raise Unavailable(message)
    # /tmp rather than TMPDIR: a socket's path must be short and the server's user must be able to reach it.
    folder = Path(tempfile.mkdtemp(prefix="duijie-pg-", dir="/tmp"))
    as_user = _as_user(folder)
    try:
        _initialise(binaries, folder, as_user)
        with _running(binaries, folder, as_user) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server() -> str:
    """The server of this run: the one handed over, else one started now and stopped when Python ends."""
    if VARIABLE not in os.environ:
        stack = ExitStack()
        os.environ[VARIABLE] = stack.enter_context(cluster())
        atexit.register(stack.close)
    return os.environ[VARIABLE]


@contextmanager
def database(what: str, *, worker: str, of: str | None = None) -> Iterator[str]:
    """A UTF-8 database on the server, empty or a copy of one nobody is connected to; dropped afterwards.

    Each xdist worker has its own.
    """
    at = make_url(server())
    name, template = f"duijie_{what}_{worker}", make_url(of).database if of else "template0"
    _execute(at, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _execute(at, f'CREATE DATABASE "{name}" ENCODING \'UTF8\' TEMPLATE "{template}"')
    try:
        yield at.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(at, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _as_user(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: become the user its package made (or nobody) and own the folder."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initialise(binaries: Path, folder: Path, as_user: dict[str, object]) -> None:
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [binaries / "initdb", "-D", folder / "data", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    if made.returncode != 0:
        message = f"initdb failed: {made.stderr.strip()}"
        raise Unavailable(message)


@contextmanager
def _running(binaries: Path, folder: Path, as_user: dict[str, object]) -> Iterator[str]:
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "log").open("w") as log:
        # A session of its own: Ctrl+C must reach the tests first, and they stop the server.
        process = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", f"--unix_socket_directories={folder}", *settings],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **as_user,
        )
    try:
        url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
        _await(url, process, folder / "log")
        yield url
    finally:
        process.send_signal(signal.SIGINT)  # fast shutdown: roll back and leave
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            _execute(url, "SELECT 1")
        except OperationalError:
            time.sleep(0.05)
        else:
            return
    message = f"PostgreSQL did not start: {log.read_text()[-2000:]}"
    raise Unavailable(message)


def _execute(url: object, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
