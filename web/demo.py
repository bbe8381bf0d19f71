"""`duijie demo`: a portal with a seeded district, on this machine, for whoever wants to look.

It keeps to its own SQLite database, made whole or not at all: the district is loaded into a file beside it,
which takes the database's name when everything is in it. What is there is never overwritten, only put aside.
"""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from models.act import Act
from models.calendar.clocks import SHANGHAI
from models.catalogue.taxonomy import load_taxonomy
from models.migrate import upgrade
from models.sealing.drafts import DraftKeeper, draft_keys
from models.session import make_engine, make_sessions, transaction
from models.surveys.links import link_key
from seed_data.load import WaitingPhrase, load
from seed_data.workbooks import FOLDER
from web import create_app, demo_accounts
from web.config import Config, secret
from web.db import now
from web.demo_accounts import Account
from web.keeper import KEYS
from web.serve import refuse_unusable, serve

HOST = "127.0.0.1"
DATABASE, ACCOUNTS, LOCK = "duijie.db", "demo-accounts.txt", "demo.lock"
PHRASES = "demo-phrases.txt"
PHRASE_HEADINGS = ("采购项目 tender", "名称 title", "截止 deadline", "保管人 holder", "密语 phrase")
ESCROW = "托管信封 escrow"
AGAIN = "make demo PORT={port}"


@click.command()
@click.option("--port", default=8000, show_default=True, help="where to listen, on this machine only")
@click.option("--fresh", is_flag=True, help="start anew; what was there is put aside")
@click.option(
    "--workbooks",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="another district's, of the same thirteen kinds",
)
def demo(port: int, *, fresh: bool, workbooks: Path) -> None:
    """Look around in a portal with an invented district, with one account per role."""
    refuse_unusable(HOST, port, hint=AGAIN.format(port=port + 1 if port >= 1024 else 8000))
    var = Path(os.environ.get("DUIJIE_VAR", "var")).absolute()
    with alone(var):
        if fresh:
            put_aside(var)
        sheet = prepare(var, workbooks)
        config = Config(var=var, database_url=address(var / DATABASE), secret_key=secret(var / "secret_key"))
        with chores(config):
            serve(
                lambda: create_app(config),
                host=HOST,
                port=port,
                workers=2,
                threads=4,
                access_log=False,
                on_ready=lambda: click.echo(welcome(port, var / ACCOUNTS, sheet)),
            )


@contextmanager
def chores(config: Config) -> Iterator[None]:
    """`duijie jobs run` beside the portal; apart from the terminal, so that Ctrl+C is the portal's alone."""
    places = {"DUIJIE_VAR": str(config.var), "DUIJIE_DATABASE_URL": config.database_url}
    command = [sys.executable, "-c", "from web.cli import main; main()", "jobs", "run"]
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, env=os.environ | places, stdout=subprocess.DEVNULL, start_new_session=True
    )
    started_by = os.getpid()
    try:
        yield
    finally:
        if os.getpid() == started_by:  # the portal's workers leave by here too
            process.terminate()
            process.wait()


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """One demo a folder: two would put each other's database aside. The lock goes when the process does."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (var / LOCK).open("w")
    except OSError as error:
        message = f"无法写入 {var}（{error.strerror}） / Cannot write to {var}: {error.strerror}"
        raise click.ClickException(message) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"{var} 里的演示正在运行，请先停止它 / The demo in {var} is running already: stop it first"
            )
            raise click.ClickException(message) from error
        yield


def put_aside(var: Path) -> None:
    """Move the database, its accounts and its phrases into a folder named for now; nothing is deleted."""
    kept = [path for path in (*var.glob(f"{DATABASE}*"), var / ACCOUNTS, var / PHRASES) if path.exists()]
    if not kept:
        return
    folder = var / f"old-{now().astimezone():%Y%m%d-%H%M%S}"
    folder.mkdir()
    for path in kept:
        path.rename(folder / path.name)
    click.echo(f"原有数据已移到 / The old data is now in {folder}")


def prepare(var: Path, workbooks: Path) -> list[Account]:
    """The demo's database at its newest shape, and its accounts: made at the first start, kept afterwards."""
    if not (var / DATABASE).exists():
        return make(var, workbooks)
    if not (var / ACCOUNTS).exists():
        message = (
            f"{var / DATABASE} 不是演示数据，没有改动它；make demo FRESH=1 会把它移开 "
            f"/ {var / DATABASE} is not a demo's and was left alone; make demo FRESH=1 puts it aside"
        )
        raise click.ClickException(message)
    engine = make_engine(address(var / DATABASE))
    upgrade(engine)
    with make_sessions(engine)() as session, transaction(session):
        load_taxonomy(session, machine())
    engine.dispose()
    return demo_accounts.read(var / ACCOUNTS)


def make(var: Path, workbooks: Path) -> list[Account]:
    """Load the district into a new file; give it the database's name when it is whole."""
    click.echo("正在载入示例区县（首次约一分钟） / Loading the example district (about a minute, once) ...")
    half = var / "half-made.db"
    for path in var.glob("half-made.db*"):
        path.unlink()
    engine = make_engine(address(half))
    upgrade(engine)
    today = now().astimezone(SHANGHAI).date()
    keeper = DraftKeeper(draft_keys(var / KEYS))
    links = link_key(secret(var / "secret_key"))
    loaded = load(
        engine, keeper=keeper, links=links, progress=sys.stderr.isatty(), today=today, folder=workbooks
    )
    shut = [each for each in loaded.phrases if each.bids_until <= now()]
    with make_sessions(engine)() as session, transaction(session):
        officers = {each.login for each in shut}
        sheet = demo_accounts.give_passwords(session, machine(), officers=officers)
    engine.dispose()
    demo_accounts.write(var / ACCOUNTS, sheet)
    demo_accounts.keep(var / PHRASES, phrase_rows(loaded.phrases))
    half.rename(var / DATABASE)
    return sheet


def phrase_rows(phrases: list[WaitingPhrase]) -> list[tuple[str, ...]]:
    """What opens each tender that is still shut, and who holds it: as good as a password."""
    return [
        PHRASE_HEADINGS,
        *(
            (
                each.reference,
                each.title,
                f"{each.bids_until.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
                each.login or ESCROW,
                each.phrase,
            )
            for each in phrases
        ),
    ]


def machine() -> Act:
    """The machine's own act, now."""
    return Act.of_system(now(), "demo")


def address(database: Path) -> str:
    """SQLAlchemy's address of a file."""
    return f"sqlite:///{database}"


def welcome(port: int, file: Path, sheet: list[Account]) -> str:
    """What is shown once the portal answers."""
    return f"""
  对接 Duijie 已启动，请用浏览器打开 / is running, open it in a browser:

      http://{HOST}:{port}/

{demo_accounts.table(sheet)}

  账号也保存在 / The accounts are also in {file}
  开启投标文件用的密语在 / The phrases that open sealed bids are in {file.with_name(PHRASES)}
  按 Ctrl+C 停止；再次运行即从原处继续 / Ctrl+C stops it; run it again to go on where you were
"""
