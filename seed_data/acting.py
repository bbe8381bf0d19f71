"""An act of the story: as if sent from a form that had been open for some minutes (demand 22)."""

from datetime import datetime, timedelta

from models.act import Act, Actor
from seed_data.workbooks import Row

REQUEST = "seed"
AT_THE_FORM = {"needs": 5, "evaluations": 12, "bids": 17, "tenders": 20}
"""Minutes that a form of each workbook is open at least; the meter of burden is given nothing else."""


def act_of(actor: Actor, row: Row, at: datetime) -> Act:
    """What somebody does, with the instant the form was opened; another length for another row."""
    minutes = AT_THE_FORM.get(row.book, 3) + row.number * 7 % 9
    return Act(actor, at, REQUEST, opened_at=at - timedelta(minutes=minutes))
