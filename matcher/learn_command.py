"""`duijie learn`: two sheets and what people judged in, a weighting out."""

from pathlib import Path

import click
import pandas as pd

from matcher.command import give_up
from matcher.learn import LEAST_NEEDS, learn
from matcher.rank import Matcher
from matcher.sheets import SheetError, read_needs, read_services, read_table

GRADES = {"reject": 0, "shortlist": 2, "accept": 3}
MOST = 3


@click.command("learn")
@click.option("--needs", required=True, type=click.Path(path_type=Path), help="Needs sheet, csv or xlsx.")
@click.option(
    "--services", required=True, type=click.Path(path_type=Path), help="Services sheet, csv or xlsx."
)
@click.option(
    "--judgments",
    required=True,
    type=click.Path(path_type=Path),
    help="Sheet of need_id, service_id and grade (0 to 3) or decision (accept, shortlist, reject).",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The weighting, json.")
def learn_command(needs: Path, services: Path, judgments: Path, out: Path) -> None:
    """Learn a weighting from what reviewers decided; `duijie match --weights` uses it."""
    try:
        matcher = Matcher().fit(read_services(services))
        lesson = learn(matcher, read_needs(needs), read_grades(judgments))
        if lesson.enough:
            lesson.weights.write(out)
    except SheetError as error:
        give_up("learn", str(error))
    except OSError as error:
        give_up("learn", f"{error.filename}: {error.strerror}")
    if not lesson.enough:
        give_up("learn", f"too little to learn from: needs {lesson.needs}, least {LEAST_NEEDS}")
    click.echo(f"{out}: learned from {lesson.needs} needs")
    click.echo(f"nDCG@10 on needs it had not seen: {lesson.before:.3f} before, {lesson.after:.3f} after")
    shares = ", ".join(f"{name} {share:.2f}" for name, share in lesson.weights.topic.items())
    click.echo(f"topic: {shares}")


def read_grades(path: Path) -> dict[str, dict[str, int]]:
    """need_id -> service_id -> grade; raises SheetError, naming the row."""
    table = read_table(path)
    names = [str(name).strip().lower() for name in table.columns]
    judged = "grade" if "grade" in names else "decision"
    for column in ("need_id", "service_id", judged):
        if column not in names:
            raise SheetError("missing_column", file=path.name, column=column)
    columns = (table.set_axis(names, axis=1)[column] for column in ("need_id", "service_id", judged))
    grades: dict[str, dict[str, int]] = {}
    for row, (need, service, said) in enumerate(zip(*columns, strict=True), start=2):
        grades.setdefault(need.strip(), {})[service.strip()] = _grade(said, path.name, row, judged)
    return grades


def _grade(said: str, file: str, row: int, column: str) -> int:
    number = pd.to_numeric(said, errors="coerce")
    if said.strip().lower() in GRADES:
        return GRADES[said.strip().lower()]
    if number not in range(MOST + 1):
        raise SheetError("bad_grade", file=file, row=row, column=column, value=said)
    return int(number)
