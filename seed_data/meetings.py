"""Rules of meetings, assessments and meetings: what people were asked, and what they said to it together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from models.needs import assessing, deliberating, meeting_rules
from models.needs.assessment import AssessmentMethod
from models.needs.assessment_content import AssessmentContent, Finding
from models.needs.deliberation import MeetingType, Outcome
from models.needs.minutes import Minutes
from models.parties.strata import ALL_STRATA, STRATA
from seed_data.replay import District, Step, moment, spread
from seed_data.workbooks import Books, Row

HOURS = (9, 14, 18)
"""When people meet: in the morning, after lunch, after work."""


def steps(books: Books) -> Iterator[Step]:
    """Rules, assessments, then meetings."""
    for row in books["deliberations"]["rules"]:
        yield Step(spread(row.must_day("published_on"), 9, row), row, _publish_rule)
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in (*books["assessments"]["strata"], *books["assessments"]["findings"]):
        parts[row.key("assessment_id")].append(row)
    for row in books["assessments"]["assessments"]:
        told = parts[row.key("assessment_id")]
        started = spread(row.must_day("starts_on"), 8, row)
        yield Step(started, row, partial(_assess, told=told))
        if row.day("completed_on"):
            yield Step(spread(row.must_day("completed_on"), 8, row), row, _complete)
        if row.day("withdrawn_on"):
            yield Step(spread(row.must_day("withdrawn_on"), 8, row), row, _withdraw)
    for row in books["deliberations"]["deliberations"]:
        yield Step(spread(row.must_day("announced_on"), 13, row), row, _announce)
        for column, hour, do in (("cancelled_on", 9, _cancel), ("held_on", 20, _hold)):
            if row.day(column):
                yield Step(spread(row.must_day(column), hour, row), row, do)
        if row.day("promise_kept_on"):
            yield Step(spread(row.must_day("promise_kept_on"), 21, row), row, _keep)


def _publish_rule(district: District, row: Row, at: datetime) -> None:
    act = district.by(row, "published_by", at)
    meeting_rules.publish_rule(
        district.session,
        district.unit(act),
        act,
        meeting_type=row.choice("meeting_type", MeetingType),
        notice_days=row.integer("notice_days") or 0,
        times_a_year=row.integer("times_a_year"),
        least_present=row.integer("least_present") or 0,
        invited=row.text("invited"),
        valid_from=row.must_day("valid_from"),
        reason=row.key("reason"),
    )


def _assess(district: District, row: Row, at: datetime, told: Sequence[Row]) -> None:
    methods = {method: row.integer(method) for method in AssessmentMethod}
    content = AssessmentContent(
        title=row.key("title"),
        starts_on=row.must_day("starts_on"),
        ends_on=row.must_day("ends_on"),
        summary=row.text("summary"),
        assessor_id=district.organisation(row, "assessor_org_id").id if row.text("assessor_org_id") else None,
        methods={method: people for method, people in methods.items() if people is not None},
        respondents={r.key("stratum"): r.integer("respondents") or 0 for r in told if r.sheet == "strata"},
        findings=[_finding(r) for r in told if r.sheet == "findings"],
    )
    act = district.by(row, "created_by", at)
    unit_code = row.key("unit_code")
    made = assessing.create(district.session, act, unit_code=unit_code, content=content)
    district.assessments[row.key("assessment_id")] = made


def _finding(row: Row) -> Finding:
    share = row.decimal("share")
    return Finding(row.key("problem"), row.text("term_code") or None, None if share is None else float(share))


def _complete(district: District, row: Row, at: datetime) -> None:
    found = district.assessments[row.key("assessment_id")]
    assessing.complete(district.session, found, district.by(row, "created_by", at))


def _withdraw(district: District, row: Row, at: datetime) -> None:
    found = district.assessments[row.key("assessment_id")]
    assessing.withdraw(district.session, found, district.by(row, "created_by", at))


def _announce(district: District, row: Row, at: datetime) -> None:
    district.meetings[row.key("deliberation_id")] = deliberating.announce(
        district.session,
        district.need(row),
        district.by(row, "recorded_by", at),
        meeting_type=row.choice("meeting_type", MeetingType),
        place=row.key("place"),
        scheduled_at=moment(row.must_day("scheduled_on"), HOURS[row.number % len(HOURS)], 30),
        agenda=row.text("agenda"),
    )


def _cancel(district: District, row: Row, at: datetime) -> None:
    meeting, act = district.meetings[row.key("deliberation_id")], district.by(row, "recorded_by", at)
    deliberating.cancel(district.session, meeting, act, words=row.key("cancel_words"))


def _hold(district: District, row: Row, at: datetime) -> None:
    attendance = {stratum: row.integer(stratum) or 0 for stratum in sorted(ALL_STRATA)}
    minutes = Minutes(
        present=sum(attendance[stratum] for stratum in STRATA["age"]) + (row.integer("other") or 0),
        outcome=row.choice("outcome", Outcome),
        conclusion=row.key("conclusion"),
        attendance=attendance,
        votes_for=row.integer("votes_for") or 0,
        votes_against=row.integer("votes_against") or 0,
        votes_abstain=row.integer("votes_abstain") or 0,
        promise=row.text("promise"),
        promise_owner=row.text("promise_owner"),
        promise_due_on=row.day("promise_due_on"),
        priority=row.integer("priority"),
        priority_words=row.text("priority_words"),
    )
    meeting, act = district.meetings[row.key("deliberation_id")], district.by(row, "recorded_by", at)
    deliberating.hold(district.session, meeting, act, minutes=minutes)


def _keep(district: District, row: Row, at: datetime) -> None:
    meeting, act = district.meetings[row.key("deliberation_id")], district.by(row, "recorded_by", at)
    deliberating.keep(district.session, meeting, act)
