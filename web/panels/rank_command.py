"""`duijie rank`: a ranking computed again from its inputs. It needs no database and no portal."""

import sys
from pathlib import Path

import click

from models.errors import DomainError, Invalid
from models.panels.ranking.report import recompute
from web.i18n import english
from web.labels import SENTENCES, sentence


@click.command("rank")
@click.argument("file")
def rank_command(file: str) -> None:
    """Rank the bids of FILE, or of standard input when FILE is "-": JSON in, JSON out.

    What is wrong with the file is said in one sentence that names its place, and exits 2.
    """
    try:
        report = recompute(_content(file))
    except DomainError as error:
        click.echo(in_both_languages(error), err=True)
        sys.exit(2)
    sys.stdout.buffer.write(report)


def in_both_languages(error: DomainError) -> str:
    """A refusal as the portal words it: outside a request that is Chinese, so the English is beside it."""
    translated = str(english()[str(SENTENCES[error.code])].string)
    return f"{sentence(error)} / {translated % error.facts}"


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:  # a ValueError is a name with a zero byte in it
        raise Invalid("rank_not_readable", place=file) from error
