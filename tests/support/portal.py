"""A running demo, as somebody at a terminal would start and stop it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DUIJIE = Path(sys.executable).with_name("duijie")
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def demo(var: Path, port: int, *options: str) -> Iterator[str]:
    """`duijie demo` in a folder of its own; gives what it said; stops it like Ctrl+C."""
    process = subprocess.Popen(
        [DUIJIE, "demo", "--port", str(port), *options],
        cwd=ROOT,
        env=os.environ | {"DUIJIE_VAR": str(var), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if "Ctrl+C" in line:
                break
        else:
            message = f"the demo ended before it answered: {''.join(said)}"
            raise AssertionError(message)
        yield "".join(said)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)  # every process of a terminal gets Ctrl+C
        rest = process.communicate(timeout=60)[0]
    assert process.returncode == 0, rest
    assert "Traceback" not in rest, rest
