"""Challenges of bidders, the purchaser's answers, and complaints about them to the finance department."""

from collections.abc import Iterator
from datetime import datetime

from models.contracts import challenging, complaining
from models.contracts.challenge import ChallengeStage, ReplayStep
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Each from its filing to its answer."""
    book = books["contracts"]
    for row in book["challenges"]:
        yield Step(when(row, "filed_on", 10, 20), row, _file)
        if row.day("answered_on"):
            yield Step(when(row, "answered_on", 15, 10), row, _answer)
        if row.day("withdrawn_on"):
            yield Step(when(row, "withdrawn_on", 9, 50), row, _withdraw)
    for row in book["complaints"]:
        yield Step(when(row, "filed_on", 16, 20), row, _complain)
        if row.day("decided_on"):
            yield Step(when(row, "decided_on", 10, 50), row, _decide)


def _file(district: District, row: Row, at: datetime) -> None:
    stage = row.choice("stage", ChallengeStage)
    district.challenges[row.key("challenge_id")] = challenging.file(
        district.session,
        district.tender(row),
        district.by_staff(row, at),
        stage=stage,
        points=row.key("points"),
        remedy=row.key("remedy"),
        lot=None if stage is ChallengeStage.DOCUMENTS else district.lot(row),
    )


def _answer(district: District, row: Row, at: datetime) -> None:
    challenging.answer(
        district.session,
        district.challenges[row.key("challenge_id")],
        district.by(row, "answered_by", at),
        upheld=row.yes("upheld") is True,
        words=row.key("reply"),
        replay_from=row.choice_or_none("replay_from", ReplayStep),
    )


def _withdraw(district: District, row: Row, at: datetime) -> None:
    challenge = district.challenges[row.key("challenge_id")]
    challenging.withdraw(district.session, challenge, district.by_staff(row, at))


def _complain(district: District, row: Row, at: datetime) -> None:
    complaining.complain(
        district.session,
        district.challenges[row.key("challenge_id")],
        district.by(row, "recorded_by", at),
        filed_on=workday(row, "filed_on"),
        words=row.key("words"),
        within_points=row.yes("within_points") is True,
        suspended_until=workday(row, "suspended_until") if row.day("suspended_until") else None,
    )


def _decide(district: District, row: Row, at: datetime) -> None:
    challenge = district.challenges[row.key("challenge_id")]
    complaint = complaining.complaint_of(district.session, challenge) or row.refuse("there is no complaint")
    complaining.decide(
        district.session,
        complaint,
        district.by(row, "recorded_by", at),
        upheld=row.yes("upheld") is True,
        words=row.key("decision_words"),
    )
