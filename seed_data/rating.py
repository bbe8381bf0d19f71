"""What the sides of a contract think of each other."""

from collections.abc import Iterator
from datetime import datetime

from models.ratings import giving
from models.ratings.rating import Side
from models.ratings.sides import ITEMS
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Every rating."""
    for row in books["evaluations"]["ratings"]:
        yield Step(when(row, "given_on", 15, row.number), row, _rate)


def _rate(district: District, row: Row, at: datetime) -> None:
    """The contractor's somebody, or whose login stands there."""
    contract, by, about = district.contract(row), row.choice("by", Side), row.choice("about", Side)
    supplier = by is Side.ORGANISATION
    act = district.for_supplier(contract, row, at) if supplier else district.by(row, "login", at)
    items, points = ITEMS[by, about], [int(each) for each in row.codes("points")]
    giving.give(
        district.session,
        contract,
        act,
        about=about,
        points=dict(zip(items, points, strict=True)),
        words=row.text("words"),
    )
