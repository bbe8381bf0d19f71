"""Second sheets: which finals another agency marks again, how it marks them, and which score stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from models.agencies.assignment import AssignmentKind
from models.evaluations import rescoring
from models.evaluations.filing import rescore_of
from models.evaluations.marking import Sent
from models.evaluations.rescore import Rescore, ScoreStanding
from models.supervision import sampling
from seed_data.assigning import declare, drawn
from seed_data.marking import given
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.stages import Key, evaluation_of, key_of
from seed_data.workbooks import Books, Row

SECOND = AssignmentKind.RESCORE


ORDERED_WORDS = "终期评分与居民在评议会上说的差得多，请第二家机构再评一次。"


def steps(books: Books) -> Iterator[Step]:
    """Each second sheet as far as it has come; its marks stand beside the first ones."""
    marks: dict[Key, list[Row]] = defaultdict(list)
    for row in books["evaluations"]["marks"]:
        marks[key_of(row)].append(row)
    for row in books["evaluations"]["rescores"]:
        for hour, column, do in (
            (17, "ordered_on", _order),
            (9, "declared_on", _declare),
            (16, "submitted_on", partial(_submit, marks=marks[key_of(row)])),
            (10, "reviewed_on", _review),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number), row, do)


def _order(district: District, row: Row, at: datetime) -> None:
    """What has come in is listed, and the half year's seed chooses; the street orders this one anyway."""
    session, evaluation = district.session, evaluation_of(district, row)
    registrar = district.by(row, "listed_by", at)
    sampling.choose(session, district.unit(registrar), registrar)
    if rescore_of(session, evaluation) is None:
        act = district.by(row, "ordered_by", at)
        rescoring.order(session, evaluation, act, words=ORDERED_WORDS)
        sampling.draw_second(session, evaluation.contract, act)


def _declare(district: District, row: Row, at: datetime) -> None:
    declare(district, drawn(district, row, SECOND), row, at)


def _submit(district: District, row: Row, at: datetime, marks: Sequence[Row]) -> None:
    session, rescore = district.session, _rescore(district, row)
    session.refresh(rescore, ["agency_id"])  # drawn and declared since it was ordered
    act = district.for_agency(rescore.agency_id, row, at)
    sheet = {each.key("item"): given(each, "second_") for each in marks}
    rescoring.save(session, rescore, act, given=sheet, sent=Sent(rescore.sheet_revision))
    rescoring.submit(session, rescore, act)


def _review(district: District, row: Row, at: datetime) -> None:
    rescoring.review(
        district.session,
        _rescore(district, row),
        district.by(row, "ordered_by", at),
        stands=row.choice("stands", ScoreStanding),
        words=row.key("words"),
    )


def _rescore(district: District, row: Row) -> Rescore:
    found = rescore_of(district.session, evaluation_of(district, row))
    return found or row.refuse("no second sheet was ordered")
