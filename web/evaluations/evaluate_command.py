"""`duijie evaluate`: a score computed again from its sheet. It needs no database and no portal."""

import sys
from pathlib import Path

import click

from models.errors import DomainError, Invalid
from models.scoring.score import evaluate
from web.panels.rank_command import in_both_languages


@click.command("evaluate")
@click.argument("file")
def evaluate_command(file: str) -> None:
    """Score the sheet of FILE, or of standard input when FILE is "-": JSON in, JSON out.

    What is wrong with the file is said in one sentence that names its place, and exits 2.
    """
    try:
        result = evaluate(_content(file))
    except DomainError as error:
        click.echo(in_both_languages(error), err=True)
        sys.exit(2)
    sys.stdout.buffer.write(result)


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:  # a ValueError is a name with a zero byte in it
        raise Invalid("evaluate_not_readable", place=file) from error
