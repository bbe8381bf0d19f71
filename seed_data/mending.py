"""After an evaluation: findings, how they are mended and looked at again, and consequences."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from models.evaluations.evaluation import Evaluation
from models.rectifications import checking, deciding, issuing, mending
from models.rectifications.checking import Seen
from models.rectifications.consequence import Consequence, ConsequenceKind
from models.rectifications.issuing import Found
from models.rectifications.mending import Planned, to_mend
from models.rectifications.queries import consequences_of, rectification_of
from models.rectifications.rectification import Finding, Rectification, Severity
from seed_data.moving import when, workday
from seed_data.papers import paper
from seed_data.replay import District, Step
from seed_data.stages import Key, evaluation_of, key_of
from seed_data.workbooks import Books, Row

AGAIN = "again_"
"""What stands before the columns of a second round."""


def steps(books: Books) -> Iterator[Step]:
    """Each rectification as far as it has come, then consequences with their appeals."""
    findings: dict[Key, list[Row]] = defaultdict(list)
    for row in books["evaluations"]["findings"]:
        findings[key_of(row)].append(row)
    for row in books["evaluations"]["rectifications"]:
        mine = findings[key_of(row)]
        for hour, column, do in (
            (17, "issued_on", partial(_issue, rows=mine)),
            (10, "planned_on", partial(_plan, rows=mine, round_="")),
            (15, "done_on", partial(_report, column="done_words")),
            (14, "checked_on", partial(_check, rows=mine, round_="")),
            (10, "again_planned_on", partial(_plan, rows=mine, round_=AGAIN)),
            (15, "again_done_on", partial(_report, column="again_done_words")),
            (14, "again_checked_on", partial(_check, rows=mine, round_=AGAIN)),
            (16, "concluded_on", _conclude),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, 20 + row.number), row, do)
    for row in books["evaluations"]["consequences"]:
        yield Step(when(row, "decided_on", 10), row, _decide)
        if row.day("appealed_on"):
            yield Step(when(row, "appealed_on", 11), row, _appeal)
        if row.day("reviewed_on"):
            yield Step(when(row, "reviewed_on", 15), row, _review)


def _issue(district: District, row: Row, at: datetime, rows: Sequence[Row]) -> None:
    """The findings, or with words alone that there are none."""
    session, evaluation = district.session, evaluation_of(district, row)
    act = district.for_agency(evaluation.agency_id, row, at)
    if not rows:
        issuing.clear(session, evaluation, act, words=row.key("words"))
        return
    found = [Found(each.key("words"), each.choice("severity", Severity), each.text("item")) for each in rows]
    issuing.issue(session, evaluation, act, found=found, words=row.text("words"))


def _plan(district: District, row: Row, at: datetime, rows: Sequence[Row], round_: str) -> None:
    found = _rectification(district, row)
    act = district.for_supplier(found.evaluation.contract, row, at)
    planned = {
        finding.id: Planned(
            each.key(f"{round_}what"), each.key(f"{round_}who"), workday(each, f"{round_}due_on")
        )
        for finding, each in _open(found, rows)
    }
    mending.plan(district.session, found, act, planned=planned)


def _report(district: District, row: Row, at: datetime, column: str) -> None:
    found = _rectification(district, row)
    act = district.for_supplier(found.evaluation.contract, row, at)
    mending.report(district.session, found, act, words=row.key(column))


def _check(district: District, row: Row, at: datetime, rows: Sequence[Row], round_: str) -> None:
    found = _rectification(district, row)
    seen = {finding.id: _seen(each, round_) for finding, each in _open(found, rows)}
    act = district.for_agency(found.agency_id, row, at)
    checking.recheck(district.session, found, act, seen=seen)


def _seen(row: Row, round_: str) -> Seen:
    words, title = row.key(f"{round_}seen"), f"复查记录 {row.number}"
    return Seen(words, row.yes(f"{round_}passed") is True, f"{title}.docx", paper(title, words))


def _conclude(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "concluded_by", at)
    checking.conclude(district.session, _rectification(district, row), act, words=row.key("concluded_words"))


def _decide(district: District, row: Row, at: datetime) -> None:
    deciding.decide(
        district.session,
        evaluation_of(district, row),
        district.by(row, "decided_by", at),
        kind=row.choice("kind", ConsequenceKind),
        reasons=row.key("reasons"),
        terms=row.text("terms"),
        amount=row.decimal("amount"),
    )


def _appeal(district: District, row: Row, at: datetime) -> None:
    act = district.for_supplier(district.contract(row), row, at)
    deciding.appeal(district.session, _consequence(district, row, at), act, words=row.key("appeal_words"))


def _review(district: District, row: Row, at: datetime) -> None:
    found, act = _consequence(district, row, at), district.by(row, "reviewed_by", at)
    lifted = row.yes("lifted") is True
    deciding.review(district.session, found, act, lifted=lifted, words=row.key("reply"))


def _consequence(district: District, row: Row, at: datetime) -> Consequence:
    evaluation: Evaluation = evaluation_of(district, row)
    found = consequences_of(district.session, evaluation, district.by(row, "decided_by", at))
    return next(each for each in found if each.kind is row.choice("kind", ConsequenceKind))


def _open(found: Rectification, rows: Sequence[Row]) -> list[tuple[Finding, Row]]:
    """Each finding that is still to be mended, with its row."""
    return [(finding, rows[finding.number - 1]) for finding in to_mend(found)]


def _rectification(district: District, row: Row) -> Rectification:
    found = rectification_of(district.session, evaluation_of(district, row).id)
    return found or row.refuse("no findings were issued")
