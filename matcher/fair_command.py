"""`duijie exposure` and `duijie bundles`: who is seen, room for newcomers, needs worth one tender."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pandas as pd

from matcher.bundles import bundles
from matcher.command import give_up
from matcher.exposure import ExposureReport, Known, exposure, marks
from matcher.learn_command import read_grades
from matcher.plan.command import read_ids
from matcher.rerank import LEAST_SCORE, Reranked, rerank
from matcher.sheets import SheetError, read_needs, read_services, read_table
from matcher.writing import check_out, no_formula, write_sheet

_FIRST_ROW = 2  # of a sheet, below its header
_SHOWN = 10  # organisations in a sentence
_LISTS = ("service_codes", "beneficiary_codes", "streets", "months")


@click.command("exposure")
@click.option(
    "--matches", required=True, type=click.Path(path_type=Path), help="The run that `duijie match` wrote."
)
@click.option(
    "--services",
    required=True,
    type=click.Path(path_type=Path),
    help="Services sheet, csv or xlsx; `newcomer` and `small` say yes or no.",
)
@click.option("--top", default=10, show_default=True, type=click.IntRange(min=1), help="Places looked at.")
@click.option("--by", help="A column of the services, e.g. org_district, to measure concentration by.")
@click.option(
    "--floor", type=click.FloatRange(0, 1), help="The least share of newcomers in the first places."
)
@click.option(
    "--least-score",
    default=LEAST_SCORE,
    show_default=True,
    type=float,
    help="Nobody below it is lifted to meet the floor.",
)
@click.option(
    "--judgments",
    type=click.Path(path_type=Path),
    help="Sheet of need_id, service_id and grade or decision, to tell the floor's cost in nDCG.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The run with the floor, csv or xlsx.")
def exposure_command(
    matches: Path,
    services: Path,
    top: int,
    by: str | None,
    floor: float | None,
    least_score: float,
    judgments: Path | None,
    out: Path | None,
) -> None:
    """Tell who is seen in a run; with a floor, make room for newcomers and tell what it costs."""
    if (floor is None) != (out is None):
        raise click.UsageError("--floor and --out go together")
    with _one_sentence("exposure"):
        if out is not None:
            check_out(out)
        run, catalogue = read_run(matches), read_services(services)
        _tell(exposure(run, catalogue, top, by=by), run["need_id"].nunique(), by)
        if floor is not None and out is not None:
            grades = read_grades(judgments) if judgments else None
            made = rerank(run, _newcomers(catalogue), floor, top, least_score=least_score, grades=grades)
            write_sheet(guarded(made.run), out)
            click.echo(f"{out}: {len(made.run)} rows for {len(made.costs)} needs")
            _tell_cost(made, top)


@click.command("bundles")
@click.option("--needs", required=True, type=click.Path(path_type=Path), help="Needs sheet, csv or xlsx.")
@click.option(
    "--neighbours",
    type=click.Path(path_type=Path),
    help="Sheet of street and neighbour: streets that lie side by side; without it none do.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The bundles, csv or xlsx.")
def bundles_command(needs: Path, neighbours: Path | None, out: Path) -> None:
    """Find needs that could be bought together."""
    with _one_sentence("bundles"):
        check_out(out)
        beside = _read_neighbours(neighbours) if neighbours else []
        found = bundles(read_needs(needs), neighbours=beside)
        joined = {column: found[column].map(lambda parts: ";".join(map(str, parts))) for column in _LISTS}
        write_sheet(guarded(found.assign(**joined)), out)
    bundled = found["bundle_id"].dropna()
    click.echo(f"{out}: {bundled.nunique()} bundles of {len(bundled)} needs, of {len(found)}")
    for why, count in found.loc[found["alone"] != "", "alone"].value_counts().sort_index().items():
        click.echo(f"  {count}: {why}")


def read_run(path: Path) -> pd.DataFrame:
    """A run as `duijie match` writes it; raises SheetError, naming row and column."""
    run = read_ids(path)
    for column, least, wrong in (("rank", 1, "bad_rank"), ("score", 0, "bad_score")):
        if column not in run:
            raise SheetError("missing_column", file=path.name, column=column)
        numbers = pd.to_numeric(run[column].str.strip(), errors="coerce")
        bad = ~((numbers >= least) & (numbers < math.inf))
        if bad.any():
            value = str(run[column][bad].iloc[0])
            row = int(bad.to_numpy().argmax()) + _FIRST_ROW
            raise SheetError(wrong, file=path.name, row=row, column=column, value=value)
        run[column] = numbers
    twice = run.duplicated(["need_id", "service_id"])
    if twice.any():
        row = int(twice.to_numpy().argmax()) + _FIRST_ROW
        value = str(run["service_id"][twice].iloc[0])
        raise SheetError("duplicate_pair", file=path.name, row=row, column="service_id", value=value)
    return run


@contextmanager
def _one_sentence(command: str) -> Iterator[None]:
    """Give up with one sentence where a sheet cannot be read or written."""
    try:
        yield
    except SheetError as error:
        give_up(command, str(error))
    except OSError as error:
        give_up(command, f"{error.filename}: {error.strerror}")


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with no text, nor name of a column, that a spreadsheet would run."""
    texts = table.select_dtypes(exclude="number").columns
    safe = {name: table[name].map(no_formula, na_action="ignore") for name in texts}
    return table.assign(**safe).rename(columns=no_formula)


def _newcomers(catalogue: pd.DataFrame) -> list[str]:
    found = catalogue["service_id"][marks(catalogue, "newcomer").eq(True)].tolist()
    if not found:
        raise SheetError("no_newcomers", file="services", column="newcomer")
    return found


def _read_neighbours(path: Path) -> list[tuple[str, str]]:
    table = read_table(path)
    for column in ("street", "neighbour"):
        if column not in table:
            raise SheetError("missing_column", file=path.name, column=column)
    return list(zip(table["street"].str.strip(), table["neighbour"].str.strip(), strict=True))


def _tell(report: ExposureReport, needs: int, by: str | None) -> None:
    seen = len(report.organisations) - len(report.unseen)
    click.echo(f"first {report.k} of {needs} needs: {seen} of {len(report.organisations)} organisations seen")
    click.echo(f"exposure by organisation: Gini {report.gini:.3f}, HHI {report.hhi:.4f}")
    if report.group_hhi:
        known, unknown = report.group_hhi.value, report.group_hhi.unknown
        click.echo(f"exposure by {by}: HHI {known:.4f}, not known {unknown:.1%}")
    for name, share in (("newcomers", report.newcomers), ("small organisations", report.small)):
        click.echo(f"{name}: {_share(share)}")
    if report.unseen:
        more = len(report.unseen) - _SHOWN
        named = ", ".join(report.unseen[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        click.echo(f"never seen: {named}")


def _share(share: Known) -> str:
    if share.unknown == 1:
        return "not known"
    return f"{share.value:.1%} of the places, not known {share.unknown:.1%}"


def _tell_cost(made: Reranked, top: int) -> None:
    before, after = (made.costs[column].mean() for column in ("before", "after"))
    click.echo(f"newcomers asked: {made.asked} of {top}; {before:.2f} before, {after:.2f} after, on average")
    click.echo(f"needs with fewer than asked: {made.short}")
    click.echo(f"cost in mean score: {made.score_lost:.4f}")
    if not math.isnan(made.ndcg_lost):
        click.echo(f"cost in nDCG@{top}: {made.ndcg_lost:z.4f}")
