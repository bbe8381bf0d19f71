"""Residents' voice: registers, samples, surveys as they run, answers, and what review meetings said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from models.act import Act, Actor
from models.agencies.assignment import AssignmentKind
from models.agencies.queries import assignment_of
from models.rulebook.stages import Stage
from models.surveys import answering, drawing, registering, reviewing, running
from models.surveys.items import CODES
from models.surveys.registering import Entry
from models.surveys.reviewing import Opinion
from models.surveys.seeing import register_of
from models.surveys.survey import Channel, Survey
from seed_data.acting import REQUEST
from seed_data.moving import when
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row

FIRST_HOUR, HOURS = 10, 8
"""Answers come in over the day."""


def steps(books: Books) -> Iterator[Step]:
    """Registers, surveys, answers, meetings."""
    book = books["evaluations"]
    registers: dict[str, list[Row]] = defaultdict(list)
    for row in book["registers"]:
        registers[row.key("tender_id")].append(row)
    for rows in registers.values():
        yield Step(when(rows[0], "kept_on", 14), rows[0], partial(_keep, rows=rows))
    for row in book["surveys"]:
        for column, hour, do in (
            ("drawn_on", 9, _draw),
            ("opened_on", 9, _open),
            ("withdrawn_on", 17, _withdraw),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number), row, do)
    for row in book["answers"]:
        at = when(row, "given_on", FIRST_HOUR + row.number % HOURS, row.number * 7 % 60)
        yield Step(at, row, _answer)
    for row in book["meetings"]:
        yield Step(when(row, "written_on", 11), row, _write_down)


def _keep(district: District, row: Row, at: datetime, rows: Sequence[Row]) -> None:
    """The contractor's list: so many people of a group under a common label, numbered on."""
    contract = district.contract(row)
    act = district.for_supplier(contract, row, at)
    entries: list[Entry] = []
    for each in rows:
        for place in range(1, 1 + (each.integer("people") or 0)):
            label = f"{each.key('label')} {place}"
            band = each.text("age_band") or None
            entries.append(Entry(len(entries) + 1, label, each.key("group"), band))
    registering.keep(district.session, register_of(district.session, contract, act), act, entries)


def _draw(district: District, row: Row, at: datetime) -> None:
    contract = district.contract(row)
    given = assignment_of(district.session, contract.id, AssignmentKind.PRIMARY, at)
    act = district.for_agency(given.agency_id if given else None, row, at)
    register = register_of(district.session, contract, act)
    stage = row.choice("stage", Stage)
    made = drawing.draw(district.session, register, act, stage=stage, key=district.links)
    district.surveys[row.key("survey_id")] = made
    district.session.refresh(made, ["agency_id"])  # the policy asks for it, and it is computed when loaded


def _open(district: District, row: Row, at: datetime) -> None:
    survey = _survey(district, row)
    act = district.for_agency(survey.agency_id, row, at)
    running.open_(district.session, survey, act, telephone=row.key("telephone"))


def _withdraw(district: District, row: Row, at: datetime) -> None:
    survey = _survey(district, row)
    act = district.for_agency(survey.agency_id, row, at)
    running.withdraw(district.session, survey, act, words=row.key("withdrawn_words"))


def _answer(district: District, row: Row, at: datetime) -> None:
    """By the link whoever has it; from paper and telephone somebody who is not the contractor keys it in."""
    survey, number = _survey(district, row), row.integer("number") or row.refuse("number is empty")
    values = {code: row.integer(code) for code in CODES}
    words, channel = row.text("words"), row.choice("channel", Channel)
    if channel is Channel.ONLINE:
        invitation, act = running.sheet(district.session, survey, number), Act(Actor(), at, REQUEST)
        answering.answer(district.session, invitation, act, values=values, words=words)
        return
    act = district.by(row, "entered_by", at)
    answering.enter(district.session, survey, act, number=number, channel=channel, values=values, words=words)


def _write_down(district: District, row: Row, at: datetime) -> None:
    contract, act = district.contract(row), district.by(row, "written_by", at)
    satisfied, fair, dissatisfied = (row.integer(name) or 0 for name in ("satisfied", "fair", "dissatisfied"))
    reviewing.write_down(
        district.session,
        register_of(district.session, contract, act),
        act,
        meeting=district.meetings[row.key("deliberation_id")],
        opinion=Opinion(satisfied, fair, dissatisfied, row.text("words")),
    )


def _survey(district: District, row: Row) -> Survey:
    return district.surveys.get(row.key("survey_id")) or row.refuse("there is no such survey")
