"""`duijie plan`: sheets and a ranked run in, a plan out."""

from collections.abc import Callable
from pathlib import Path

import click
import pandas as pd

from matcher.command import give_up
from matcher.plan.planner import Planner
from matcher.plan.result import INFEASIBLE, Plan
from matcher.sheets import SheetError, read_needs, read_services, read_table
from matcher.writing import as_written, check_out, no_formula, write_sheet

_SHOWN = 10  # binding limits in the sentence


_Option = Callable[[Callable[..., None]], Callable[..., None]]


def _sheet(name: str, told: str, *, required: bool = False) -> _Option:
    return click.option(f"--{name}", required=required, type=click.Path(path_type=Path), help=told)


@click.command()
@_sheet("needs", "Needs sheet, csv or xlsx; `units` says how many units a need takes.", required=True)
@_sheet("matches", "The run that `duijie match` wrote.", required=True)
@_sheet("services", "Services sheet, csv or xlsx; `newcomer` (yes) marks newcomers.", required=True)
@_sheet("out", "The plan, csv or xlsx.", required=True)
@click.option("--max-share", type=float, help="The most one organisation may get of all units, 0 to 1.")
@click.option("--newcomer-share", type=float, help="The least that newcomers get of all units, 0 to 1.")
@click.option("--fair", is_flag=True, help="Lift the worst-off need first, then the total.")
@click.option(
    "--alternates", default=3, show_default=True, type=click.IntRange(min=0), help="Stand-ins per need."
)
@_sheet("forced", "Sheet of need_id, service_id (and units): pairs that must be in the plan.")
@_sheet("forbidden", "Sheet of need_id, service_id: pairs that may not.")
@_sheet(
    "agreed", "Sheet of need_id, service_id (and units): what is already agreed; an earlier plan will do."
)
@_sheet("before", "An earlier plan to stay near to, where that costs less than `--stability`.")
@click.option(
    "--stability", default=0.05, show_default=True, type=float, help="Points of score per unit kept."
)
@_sheet("budgets", "Sheet of budget_yuan and whom it is for: street, org_id or any other column.")
@click.option(
    "--unknown-capacity",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="Needs per service that says none.",
)
@click.option("--gap", default=0.001, show_default=True, type=float, help="Relative gap that is good enough.")
@click.option("--time-limit", default=60.0, show_default=True, type=float, help="Seconds to search.")
def plan(
    needs: Path,
    matches: Path,
    services: Path,
    out: Path,
    forced: Path | None,
    forbidden: Path | None,
    agreed: Path | None,
    before: Path | None,
    budgets: Path | None,
    **options: float,
) -> None:
    """Plan which service meets which need, under all limits at once."""
    try:
        check_out(out)
        needs_table = read_needs(needs)
        made = Planner(**options).plan(  # type: ignore[arg-type] # click has checked each option
            needs_table,
            read_ids(matches),
            read_services(services),
            budgets=read_table(budgets) if budgets else None,
            forced=read_ids(forced) if forced else (),
            forbidden=read_ids(forbidden) if forbidden else (),
            agreed=read_ids(agreed) if agreed else (),
            before=read_ids(before) if before else None,
        )
        if made.feasible:
            write_plan(made, out)
    except SheetError as error:
        give_up("plan", str(error))
    except OSError as error:
        give_up("plan", f"{error.filename}: {error.strerror}")
    if not made.feasible:
        give_up("plan", _why_not(made))
    click.echo(f"{out}: {len(made.assignments)} rows for {len(needs_table)} needs")
    _tell(made)


def write_plan(made: Plan, out: Path) -> None:
    """Write the assignments; lists joined by ";", ids that a spreadsheet would run quoted."""
    table = made.assignments.copy()
    for column in ("alternates", "flags"):
        table[column] = table[column].map(lambda codes: ";".join(map(no_formula, codes)))
    for column in ("need_id", "service_id"):
        table[column] = table[column].map(no_formula)
    write_sheet(table, out)


def read_ids(path: Path) -> pd.DataFrame:
    """A sheet of pairs as texts, its ids without the quotes that `duijie` puts before formulas."""
    table = read_table(path)
    table = table.set_axis([str(name).strip().lower() for name in table.columns], axis=1)
    for column in ("need_id", "service_id"):
        if column not in table:
            raise SheetError("missing_column", file=path.name, column=column)
        table[column] = table[column].str.strip().map(as_written)
    return table


def _tell(made: Plan) -> None:
    figures = f"objective {made.objective:.4f}, bound {made.bound:.4f}, gap {made.gap:.4%}"
    click.echo(f"status {made.status}: {figures}")
    click.echo(f"served {made.placed} of {made.asked} units; lowest score {made.worst:.4f}")
    lacking = made.unserved
    click.echo(f"unserved {len(lacking)} needs, {lacking['units'].sum()} units")
    counts = lacking["reasons"].map(", ".join).value_counts().sort_index()
    for reasons, count in counts.items():
        click.echo(f"  {count}: {reasons}")
    flagged = made.assignments["flags"].explode().dropna().value_counts().sort_index()
    if len(flagged):
        click.echo("flags: " + ", ".join(f"{code} {count}" for code, count in flagged.items()))


def _why_not(made: Plan) -> str:
    if made.status != INFEASIBLE:
        return "no plan was found in the time allowed"
    named = [str(limit) for limit in made.binding[:_SHOWN]]
    more = len(made.binding) - len(named)
    return "infeasible, these limits cannot hold together: " + "; ".join(
        named + ([f"and {more} more"] if more else [])
    )
