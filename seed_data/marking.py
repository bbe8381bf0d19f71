"""What an evaluator finds: visits, evidence, marks, vetoes; then the contractor's answers and the replies."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from models.act import Act
from models.evaluations import answering, contesting, marking, proving
from models.evaluations.evaluation import Evaluation
from models.evaluations.evidence import EvaluationEvidenceKind, SiteVisit
from models.evaluations.marking import Given, Sent
from models.evaluations.proving import WITH_FILE, Proof
from seed_data.moving import when, workday
from seed_data.papers import paper
from seed_data.replay import District, Step, moment
from seed_data.stages import Key, by_evaluator, evaluation_of, key_of
from seed_data.workbooks import Books, Row


@dataclass
class Told:
    """What other sheets tell of an evaluation."""

    visits: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    marks: list[Row] = field(default_factory=list)
    vetoes: list[Row] = field(default_factory=list)
    answers_to_draft: list[Row] = field(default_factory=list)


def steps(books: Books) -> Iterator[Step]:
    """The days on which something is written down."""
    told: dict[Key, Told] = defaultdict(Told)
    for sheet in Told.__dataclass_fields__:
        for row in books["evaluations"][sheet]:
            getattr(told[key_of(row)], sheet).append(row)
    for row in books["evaluations"]["evaluations"]:
        mine = told[key_of(row)]
        for hour, column, do in (
            (17, "proved_on", partial(_prove, told=mine)),
            (15, "marked_on", partial(_mark, told=mine)),
            (10, "answered_on", partial(_answer, told=mine)),
            (11, "replied_on", partial(_reply, told=mine)),
        ):
            if row.day(column):
                yield Step(when(row, column, hour, row.number), row, do)


def given(row: Row, before: str = "") -> Given:
    """What a row says of an item; `before` stands before the names of its columns."""
    points, planned, actual = (row.decimal(f"{before}{name}") for name in ("points", "planned", "actual"))
    return Given(points, planned, actual, row.text(f"{before}words"), row.text(f"{before}missing"))


def _prove(district: District, row: Row, at: datetime, told: Told) -> None:
    """The visit, and what it and the papers show."""
    session, evaluation = district.session, evaluation_of(district, row)
    act = by_evaluator(district, evaluation, row, at)
    visits = [_visit(district, evaluation, act, each) for each in told.visits]
    for each in told.evidence:
        kind, words = each.choice("kind", EvaluationEvidenceKind), each.key("words")
        proof = Proof(
            kind,
            each.codes("items"),
            words,
            (f"{each.key('file')}.docx", paper(each.key("file"), words)) if kind in WITH_FILE else None,
            visits[0] if each.yes("at_visit") else None,
        )
        proving.add(session, evaluation, act, proof=proof)


def _visit(district: District, evaluation: Evaluation, act: Act, row: Row) -> SiteVisit:
    hour = row.integer("hour") or row.refuse("hour is empty")
    return proving.note_visit(
        district.session,
        evaluation,
        act,
        visited_at=moment(workday(row, "visited_on"), hour, 30),
        place=row.key("place"),
        was_announced=row.yes("announced") is True,
        words=row.key("words"),
    )


def _mark(district: District, row: Row, at: datetime, told: Told) -> None:
    session, evaluation = district.session, evaluation_of(district, row)
    act = by_evaluator(district, evaluation, row, at)
    sheet = {each.key("item"): given(each) for each in told.marks}
    marking.save(session, evaluation, act, given=sheet, sent=Sent(evaluation.sheet_revision))
    for each in told.vetoes:
        marking.veto(session, evaluation, act, code=each.key("code"), words=each.key("words"))


def _answer(district: District, row: Row, at: datetime, told: Told) -> None:
    """The contractor answers some items and contests a veto, or has nothing to add."""
    session, evaluation = district.session, evaluation_of(district, row)
    act = district.for_supplier(evaluation.contract, row, at)
    for each in told.vetoes:
        contesting.contest(session, evaluation, act, code=each.key("code"), words=each.text("contested"))
    words = {each.key("item"): each.key("words") for each in told.answers_to_draft}
    answering.answer(session, evaluation, act, words=words, done=True)


def _reply(district: District, row: Row, at: datetime, told: Told) -> None:
    """An answer is replied to, and where it is right the mark is changed."""
    session, evaluation = district.session, evaluation_of(district, row)
    act = by_evaluator(district, evaluation, row, at)
    contests = contesting.contests_of(session, evaluation)
    for each in told.vetoes:
        if each.text("contested"):
            answer, upheld = contests[each.key("code")], each.yes("upheld") is True
            contesting.reply(session, answer, act, upheld=upheld, words=each.key("reply"))
    answers = answering.answers_of(session, evaluation)
    for each in told.answers_to_draft:
        item, changed = answers[each.key("item")], given(each, "new_")
        mark = None if changed.is_empty else changed
        answering.reply(session, item, act, words=each.key("reply"), given=mark)
