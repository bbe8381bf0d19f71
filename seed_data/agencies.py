"""Evaluation agencies: their list, what shows that they are fit, ties, suspensions, the rule of rotation."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from models.agencies import keeping, rotating, suspending
from models.agencies.agency import Agency, QualificationKind
from models.agencies.ground import Ground
from models.agencies.queries import suspensions
from seed_data.moving import when, workday
from seed_data.replay import District, Step
from seed_data.workbooks import Books, Row


def steps(books: Books) -> Iterator[Step]:
    """Who joins the list and with what, what ties it, how long it may stay away."""
    book = books["evaluations"]
    for row in book["agencies"]:
        yield Step(when(row, "added_on", 9), row, _add)
    for row in book["qualifications"]:
        yield Step(when(row, "noted_on", 14), row, _qualify)
    for row in book["ties"]:
        yield Step(when(row, "noted_on", 15), row, _tie)
    for row in book["rotation"]:
        yield Step(when(row, "set_on", 16), row, _set_rule)
    for row in book["suspensions"]:
        yield Step(when(row, "made_on", 10), row, _suspend)
        yield Step(when(row, "appealed_on", 15), row, _appeal)
        yield Step(when(row, "decided_on", 11), row, _decide)


def _add(district: District, row: Row, at: datetime) -> None:
    act, listed = district.by(row, "added_by", at), district.organisation(row).id
    keeping.add(district.session, district.unit(act), act, organisation_id=listed, words=row.text("words"))


def _qualify(district: District, row: Row, at: datetime) -> None:
    keeping.qualify(
        district.session,
        _agency(district, row),
        district.by(row, "noted_by", at),
        kind=row.choice("kind", QualificationKind),
        words=row.key("words"),
        issued_on=row.must_day("issued_on"),
        expires_on=row.day("expires_on"),
    )


def _tie(district: District, row: Row, at: datetime) -> None:
    keeping.tie(
        district.session,
        _agency(district, row),
        district.by(row, "noted_by", at),
        organisation_id=district.organisation(row, "to_org_id").id,
        kind=row.choice("kind", Ground),
        began_on=row.day("began_on"),
        ended_on=row.day("ended_on"),
    )


def _set_rule(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "set_by", at)
    rotating.set_rule(
        district.session,
        district.unit(act),
        act,
        effective_on=workday(row, "set_on"),
        most_consecutive=row.integer("most_consecutive") or 0,
        most_years_in_street=row.integer("most_years_in_street") or 0,
        rescore_share=row.decimal("rescore_share") or Decimal(0),
        rescore_gap=row.decimal("rescore_gap") or Decimal(0),
        words=row.text("words"),
    )


def _suspend(district: District, row: Row, at: datetime) -> None:
    act, until = district.by(row, "made_by", at), row.must_day("until_on")
    suspending.suspend(
        district.session, _agency(district, row), act, reasons=row.key("reasons"), until_on=until
    )


def _appeal(district: District, row: Row, at: datetime) -> None:
    found = suspensions(district.session, _agency(district, row).organisation_id)[0]
    act = district.for_agency(found.agency_id, row, at)
    suspending.appeal(district.session, found, act, words=row.key("appeal_words"))


def _decide(district: District, row: Row, at: datetime) -> None:
    found = suspensions(district.session, _agency(district, row).organisation_id)[0]
    act, upheld = district.by(row, "decided_by", at), row.yes("upheld") is True
    suspending.decide(district.session, found, act, upheld=upheld, words=row.key("review_words"))


def _agency(district: District, row: Row) -> Agency:
    return district.session.get_one(Agency, district.organisation(row).id)
