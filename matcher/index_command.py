"""`duijie index`: a services sheet in, a catalogue that is ready to be matched out."""

from pathlib import Path

import click

from matcher.command import give_up
from matcher.index_file import IndexFileError, save_index
from matcher.rank import Matcher
from matcher.sheets import SheetError, read_services


@click.command("index")
@click.option(
    "--services", required=True, type=click.Path(path_type=Path), help="Services sheet, csv or xlsx."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A folder; an index in it is replaced."
)
def index_command(services: Path, out: Path) -> None:
    """Read a catalogue once; `duijie match --index` uses it, as often as you like, in many processes."""
    try:
        catalogue = read_services(services)
        save_index(Matcher().fit(catalogue), out)
    except (SheetError, IndexFileError) as error:
        give_up("index", str(error))
    except OSError as error:
        give_up("index", f"{error.filename}: {error.strerror}")
    click.echo(f"{out}: {len(catalogue)} services")
