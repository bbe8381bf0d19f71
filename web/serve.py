"""gunicorn, started from the command line: the only way the portal is run."""

import errno
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker
from sqlalchemy.exc import OperationalError

from models.migrate import is_current
from models.session import make_engine
from web import create_app
from web.config import Config

AGAIN = "duijie serve --port 8001"
UNUSABLE = {
    errno.EADDRINUSE: "端口 {port} 已被占用，请换一个，如 {hint} "
    "/ Port {port} is in use: choose another, as in {hint}",
    errno.EACCES: "没有权限使用端口 {port}，请用 1024 以上的，如 {hint} "
    "/ Port {port} is not allowed: choose one above 1023, as in {hint}",
}


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="processes")
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1), help="threads of each process"
)
def command(host: str, port: int, workers: int, threads: int) -> None:
    """Run the portal for real; docs/operations.md says how."""
    refuse_unusable(host, port, hint=AGAIN)
    try:
        config = Config.from_environment()  # once, before the workers: the first start makes the secret
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise click.ClickException(message) from error
    refuse_old_database(config)
    serve(lambda: create_app(config), host=host, port=port, workers=workers, threads=threads)


class Worker(ThreadWorker):
    """A worker that stops on Ctrl+C as on SIGTERM: what is being answered is finished first.

    gunicorn's own leaves by an exception out of the signal handler, wherever the worker is at that moment:
    in the middle of a weak reference's callback Python prints it and goes on.
    """

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        self.handle_exit(sig, frame)


class Server(BaseApplication):
    """A gunicorn whose settings come from here alone: no file, no environment."""

    def __init__(self, make_app: Callable[[], Flask], settings: dict[str, Any]) -> None:
        self.make_app = make_app
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.make_app()


def serve(
    make_app: Callable[[], Flask],
    *,
    host: str,
    port: int,
    workers: int,
    threads: int,
    access_log: bool = True,
    on_ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until told to stop. Each worker makes its own application, so nothing is shared across a fork."""
    settings = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "worker_class": Worker,
        "workers": workers,
        "threads": threads,
        "timeout": 120,  # an import of a whole district is the longest request
        "graceful_timeout": 30,
        "accesslog": "-" if access_log else None,
        "loglevel": "info" if access_log else "warning",
        "control_socket_disable": True,  # one more door that nobody here uses
        "when_ready": lambda _server: on_ready(),
    }
    Server(make_app, settings).run()


def refuse_unusable(host: str, port: int, *, hint: str) -> None:
    """Say in one sentence, before any work is done, that the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sentence = UNUSABLE.get(error.errno or 0, "{host}:{port}: {error}")
            raise click.ClickException(
                sentence.format(host=host, port=port, hint=hint, error=error.strerror)
            ) from error


def refuse_old_database(config: Config) -> None:
    """Start on a database of the right shape only."""
    engine = make_engine(config.database_url)
    try:
        current = is_current(engine)
    except OperationalError as error:
        message = f"数据库连不上 / The database cannot be reached: {error.orig}"
        raise click.ClickException(message) from error
    finally:
        engine.dispose()
    if not current:
        message = (
            "数据库不是最新，请运行 duijie db upgrade / The database is not current: run duijie db upgrade"
        )
        raise click.ClickException(message)
