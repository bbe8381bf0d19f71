"""What hubs recommend to the officials who review matches, and what they take back (demand 43)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from models.matching import recommending
from models.matching.recommendation import HubRelation, Recommendation
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each recommendation, and its end where it was withdrawn."""
    for row in books["reviews"]["recommendations"]:
        made: list[Recommendation] = []
        yield Step(spread(row.must_day("made_on"), 14, row), row, partial(_recommend, made=made))
        if row.day("withdrawn_on"):
            gone = spread(row.must_day("withdrawn_on"), 10, row)
            yield Step(gone, row, partial(_withdraw, made=made))


def _recommend(district: District, row: Row, at: datetime, made: list[Recommendation]) -> None:
    found = recommending.recommend(
        district.session,
        district.need(row),
        district.by(row, "made_by", at),
        service=district.services[row.key("service_id")],
        relation=row.choice("relation", HubRelation),
        reason=row.key("reason"),
    )
    made.append(found)


def _withdraw(district: District, row: Row, at: datetime, made: list[Recommendation]) -> None:
    recommending.withdraw(district.session, made[0], district.by(row, "made_by", at))
