"""Awards with their notices; contracts signed, published, filed, changed, performed and ended.

With the second signature a contract's evaluations are planned, and with its end the last one comes nearer.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial

from models.contracts import awarding, changing, contracting, performing
from models.contracts.award import Award, PassingGround
from models.contracts.awarding import ALONE, Equals
from models.contracts.contract import Contract, ContractMilestone
from models.contracts.contracting import Terms
from models.contracts.performing import UsersOpinion
from models.evaluations import planning
from models.parties.organisation import Certificate
from models.rectifications import paying
from models.rectifications.deducting import deductions
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row

CONTRACT_MOVES = (
    ("made_on", 10, "make"),
    ("signed_on", 11, "sign"),
    ("countersigned_on", 14, "countersign"),
    ("published_on", 15, "publish"),
    ("filed_on", 16, "file"),
    ("terminated_on", 17, "terminate"),
)
MILESTONE_MOVES = (
    ("reported_on", 9, "report"),
    ("returned_on", 11, "return"),
    ("again_on", 13, "again"),
    ("accepted_on", 14, "accept"),
    ("invoiced_on", 15, "invoice"),
    ("paid_on", 16, "pay"),
)


def steps(books: Books) -> Iterator[Step]:
    """Awards first; then what became of them."""
    book = books["contracts"]
    for row in book["awards"]:
        yield Step(when(row, "decided_on", 10), row, _decide)
        if row.day("noticed_on"):
            yield Step(when(row, "noticed_on", 14), row, _notice)
        if row.day("withdrawn_on"):
            yield Step(when(row, "withdrawn_on", 9), row, _withdraw)
    for row in book["contracts"]:
        for column, hour, move in CONTRACT_MOVES:
            if row.day(column):
                yield Step(when(row, column, hour, 5), row, partial(_move, move=move))
    for row in book["milestones"]:
        for column, hour, move in MILESTONE_MOVES:
            if row.day(column):
                yield Step(when(row, column, hour, row.number % 60), row, partial(_perform, move=move))
    for row in book["changes"]:
        yield Step(when(row, "proposed_on", 10, 30), row, _change)
        if row.day("agreed_on"):
            yield Step(when(row, "agreed_on", 11, 30), row, _agree)
    for row in book["workers"]:
        yield Step(when(row, "told_on", 10, 40), row, _replace)


def _decide(district: District, row: Row, at: datetime) -> None:
    equals = Equals(seed=row.text("tie_seed")) if row.text("tie_seed") else ALONE
    awarding.decide(
        district.session,
        district.lot(row),
        district.by(row, "decided_by", at),
        rank=row.integer("rank") or 1,
        ground=row.choice_or_none("ground", PassingGround),
        words=row.text("words"),
        equals=equals,
    )


def _notice(district: District, row: Row, at: datetime) -> None:
    awarding.note_notice(
        district.session,
        _award(district, row),
        district.by(row, "decided_by", at),
        url=row.key("url"),
        published_on=workday(row, "noticed_on"),
    )


def _withdraw(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "decided_by", at)
    awarding.withdraw(district.session, _award(district, row), act, words=row.key("withdrawn_words"))


def _move(district: District, row: Row, at: datetime, move: str) -> None:
    """One step of a contract: the purchaser's person, or for the countersignature the supplier's."""
    session, act = district.session, district.by(row, "managed_by", at)
    if move == "make":
        award = _award(district, row)
        usual = contracting.proposed(award, act)
        starts, ends = row.day("starts_on") or usual.starts_on, row.day("ends_on") or usual.ends_on
        terms = Terms(starts, ends, usual.terms, row.text("negotiation"))
        contracting.make(session, award, act, terms=terms)
        return
    contract = _contract(district, row)
    if move == "sign":
        contracting.sign_for_purchaser(session, contract, act)
    elif move == "countersign":
        planning.put_in_force(session, contract, district.for_supplier(contract, row, at))
    elif move == "publish":
        day = workday(row, "published_on")
        contracting.publish(session, contract, act, url=row.key("url"), published_on=day)
    elif move == "file":
        contracting.file_(session, contract, act)
    else:
        planning.end(session, contract, act, words=row.key("terminated_words"))


def _perform(district: District, row: Row, at: datetime, move: str) -> None:
    session, milestone = district.session, _milestone(district, row)
    act, supplier = district.by(row, "managed_by", at), district.for_supplier(milestone.contract, row, at)
    if move in {"report", "again"}:
        words = row.key("report" if move == "report" else "again_report")
        performing.report(session, milestone, supplier, words=words)
    elif move == "return":
        performing.return_(session, milestone, act, words=row.key("returned_words"))
    elif move == "accept":
        opinion = UsersOpinion(
            row.integer("users_asked") or 0, row.integer("users_satisfied") or 0, row.key("users_words")
        )
        performing.accept(session, milestone, act, users=opinion, words=row.text("accepted_words"))
    elif move == "invoice":
        performing.invoice(session, milestone, supplier)
    else:
        due = deductions(session, milestone.contract, act).due(milestone)
        paying.pay(session, milestone, act, amount=due)


def _change(district: District, row: Row, at: datetime) -> None:
    adds = row.decimal("adds") or Decimal(0)
    act = district.by(row, "managed_by", at)
    changing.change(district.session, _contract(district, row), act, words=row.key("words"), adds=adds)


def _agree(district: District, row: Row, at: datetime) -> None:
    contract = _contract(district, row)
    changing.agree(district.session, contract.changes[-1], district.for_supplier(contract, row, at))


def _replace(district: District, row: Row, at: datetime) -> None:
    contract = _contract(district, row)
    changing.replace_worker(
        district.session,
        next(each for each in contract.workers if each.name == row.text("leaves")),
        district.for_supplier(contract, row, at),
        name=row.key("comes"),
        certificate=row.choice_or_none("certificate", Certificate),
        from_on=workday(row, "from_on"),
    )


def _award(district: District, row: Row) -> Award:
    found = awarding.standing_award(district.session, district.lot(row))
    return found or row.refuse("the lot has no award that stands")


def _contract(district: District, row: Row) -> Contract:
    found = awarding.contract_of(district.session, _award(district, row))
    return found or row.refuse("there is no contract")


def _milestone(district: District, row: Row) -> ContractMilestone:
    number = row.integer("number") or row.refuse("number is empty")
    return _contract(district, row).milestones[number - 1]
