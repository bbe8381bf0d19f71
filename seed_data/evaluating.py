"""Evaluations from their plan to their publication: moved or cancelled, begun, drafted, final, published."""

from collections.abc import Iterator
from datetime import datetime

from models.evaluations import planning, reporting
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.stages import by_evaluator, evaluation_of
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each evaluation as far as it has come."""
    for row in books["evaluations"]["evaluations"]:
        for hour, column, do in (
            (9, "cancelled_on", _cancel),
            (9, "moved_on", _move),
            (10, "started_on", _start),
            (16, "drafted_on", _draft),
            (15, "finalised_on", _finalise),
            (17, "published_on", _publish),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number), row, do)


def _cancel(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "managed_by", at)
    planning.cancel(district.session, evaluation_of(district, row), act, words=row.key("words"))


def _move(district: District, row: Row, at: datetime) -> None:
    planning.move(
        district.session,
        evaluation_of(district, row),
        district.by(row, "managed_by", at),
        due_from=row.must_day("due_from"),
        due_until=row.must_day("due_until"),
        words=row.key("words"),
    )


def _start(district: District, row: Row, at: datetime) -> None:
    evaluation = evaluation_of(district, row)
    reporting.start(district.session, evaluation, by_evaluator(district, evaluation, row, at))


def _draft(district: District, row: Row, at: datetime) -> None:
    evaluation = evaluation_of(district, row)
    act = by_evaluator(district, evaluation, row, at)
    reporting.draft(district.session, evaluation, act, summary=row.key("summary"))


def _finalise(district: District, row: Row, at: datetime) -> None:
    evaluation = evaluation_of(district, row)
    act = by_evaluator(district, evaluation, row, at)
    summary = row.text("final_summary") or row.key("summary")
    reporting.finalise(district.session, evaluation, act, summary=summary)


def _publish(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "managed_by", at)
    reporting.publish(district.session, evaluation_of(district, row), act)
