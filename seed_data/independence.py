"""What organisations say of themselves: who founded them, how much of their income is public (demand 45)."""

from collections.abc import Iterator
from datetime import datetime

from models.parties.independence import state_independence
from seed_data.replay import District, Step, spread
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each statement; its year is the one before it was made."""
    for row in books["organisations"]["independence"]:
        yield Step(spread(row.must_day("stated_on"), 11, row), row, _state)


def _state(district: District, row: Row, at: datetime) -> None:
    state_independence(
        district.session,
        district.organisation(row),
        district.by_staff(row, at),
        government_share=row.integer("government_share"),
        founded_by_government=bool(row.text("founder")),
        founder=row.text("founder"),
    )
