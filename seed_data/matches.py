"""Matching: the street's official runs the matcher, reviews what it lists, and settles or declares a gap.

The matcher ranks as it ranks today. A review of a service it no longer lists is left out and counted, and
a need for which nothing is left to accept stays standardised.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from models.matching import operations
from models.matching.gap import GapCause, GapRemedy
from models.matching.review import Decision, RejectReason
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Runs, reviews, and what came of them."""
    accepting: dict[str, list[Row]] = {}
    for row in books["reviews"]["runs"]:
        yield Step(spread(row.must_day("run_on"), 16, row), row, _run)
    for row in books["reviews"]["reviews"]:
        yield Step(spread(row.must_day("reviewed_on"), 17, row), row, _review)
        if row.text("decision") == Decision.ACCEPT:
            accepting.setdefault(row.key("need_id"), []).append(row)
    for rows in accepting.values():
        last = rows[-1]
        done = spread(last.must_day("reviewed_on"), 18, last)
        yield Step(done, last, partial(_conclude, accepting=rows))
    for row in books["reviews"]["gaps"]:
        yield Step(spread(row.must_day("declared_on"), 18, row), row, _gap)


def _run(district: District, row: Row, at: datetime) -> None:
    need, act = district.need(row), district.by(row, "requested_by", at)
    district.runs[row.key("need_id")] = operations.run(district.session, need, act, district.engine)


def _review(district: District, row: Row, at: datetime) -> None:
    service = district.services[row.key("service_id")]
    run = district.runs.get(row.key("need_id")) or row.refuse("the need has no run")
    found = [match for match in run.matches if match.service_id == service.id]
    if not found:
        district.left_out.append(row)
        return
    operations.review(
        district.session,
        found[0],
        district.by(row, "reviewer", at),
        decision=row.choice("decision", Decision),
        reason=row.choice_or_none("reason", RejectReason),
        words=row.text("words"),
    )


def _conclude(district: District, row: Row, at: datetime, accepting: Sequence[Row]) -> None:
    if any(each not in district.left_out for each in accepting):
        operations.conclude(district.session, district.need(row), district.by(row, "reviewer", at))


def _gap(district: District, row: Row, at: datetime) -> None:
    operations.declare_unmet(
        district.session,
        district.need(row),
        district.by(row, "declared_by", at),
        cause=row.choice("cause", GapCause),
        remedy=row.choice("remedy", GapRemedy),
        words=row.text("words"),
    )
