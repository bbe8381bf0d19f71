"""`duijie match`: two sheets in, a ranked run out."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
import pandas as pd
from tqdm import tqdm

from matcher.rank import MATCH_COLUMNS, Matcher
from matcher.sheets import SheetError, read_needs, read_services
from matcher.weights import SIGNALS, Weights
from matcher.writing import check_out, no_formula, write_sheet

_BAD_INPUT = 2
_LONG = 2000  # needs from which a progress bar is worth its line
_OUT = ("need_id", "service_id", "rank", "score", "contributions", "reasons")


@click.command()
@click.option("--needs", required=True, type=click.Path(path_type=Path), help="Needs sheet, csv or xlsx.")
@click.option(
    "--services", required=True, type=click.Path(path_type=Path), help="Services sheet, csv or xlsx."
)
@click.option("--top", default=20, show_default=True, type=click.IntRange(min=1), help="Services per need.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The run, csv or xlsx.")
@click.option("--weights", type=click.Path(path_type=Path), help="A weighting that `duijie learn` has made.")
@click.option("--no-rules", is_flag=True, help="Rank by topic alone: no limits, no price, no place.")
def match(needs: Path, services: Path, top: int, out: Path, weights: Path | None, *, no_rules: bool) -> None:
    """Rank the services of a catalogue for each need."""
    try:
        check_out(out)
        needs_table, catalogue = read_needs(needs), read_services(services)
        matcher = Matcher(weights=_read_weights(weights) if weights else None)
        run = _run(matcher.fit(catalogue), needs_table, top, rules=not no_rules)
        write_run(run, out)
    except SheetError as error:
        give_up("match", str(error))
    except OSError as error:
        give_up("match", f"{error.filename}: {error.strerror}")
    click.echo(f"{out}: {len(run)} rows for {len(needs_table)} needs from {len(catalogue)} services")


def write_run(run: pd.DataFrame, out: Path) -> None:
    """Write a run of `Matcher.match`; contributions as one JSON cell, reasons joined by ";"."""
    contributions = [
        json.dumps(dict(zip(SIGNALS, values, strict=True)))
        for values in run[list(SIGNALS)].to_numpy().tolist()
    ]
    table = run.assign(contributions=contributions, reasons=run["reasons"].map(";".join))[list(_OUT)]
    for column in ("need_id", "service_id"):
        table[column] = table[column].map(no_formula)
    write_sheet(table, out)


def _run(matcher: Matcher, needs: pd.DataFrame, top: int, *, rules: bool) -> pd.DataFrame:
    parts = [pd.DataFrame(columns=list(MATCH_COLUMNS))]
    with tqdm(total=len(needs), unit="need", disable=len(needs) < _LONG) as bar:
        for done, part in matcher.iter_match(needs, top, rules=rules):
            parts.append(part)
            bar.update(done)
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def give_up(command: str, sentence: str) -> NoReturn:
    """One sentence, and the exit code of bad input."""
    click.echo(f"duijie {command}: {sentence}", err=True)
    sys.exit(_BAD_INPUT)


def _read_weights(path: Path) -> Weights:
    try:
        return Weights.read(path)
    except ValueError as error:
        raise SheetError("not_a_weighting", file=path.name) from error
