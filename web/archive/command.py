"""`duijie audit verify`: the chain in the database, or an archive somebody has handed over."""

import sys
from pathlib import Path

import click

from models.archive.verifying import verify_archive
from models.errors import DomainError
from web.panels.rank_command import in_both_languages


def verify_file(file: str) -> None:
    """Check an archive without a database: exit 1 and one line a fault when something is wrong."""
    try:
        with Path(file).open("rb") as source:
            found = verify_archive(source)
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        sys.exit(2)
    except DomainError as error:
        click.echo(in_both_languages(error), err=True)
        sys.exit(2)
    for fault in found.faults:
        click.echo(f"{fault.place}: {fault.flaw.value}", err=True)
    if found.faults:
        sys.exit(1)
    click.echo(
        f"whole: {found.tender}, {found.files} files, {found.events} events, "
        f"{found.rankings} rankings and {found.scores} scores computed again, manifest {found.digest}"
    )
