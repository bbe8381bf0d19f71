"""What a meeting's record says: who came, votes, decision and promise (公示制, 责任制, 承诺制)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.calendar.clocks import local_date
from models.errors import Invalid
from models.needs.deliberation import Attendance, Deliberation, Outcome
from models.needs.sampling import Dimension
from models.parties.strata import ALL_STRATA, STRATA
from models.wording import bounded

HIGHEST_PRIORITY = 100
MOST_PRESENT = 100_000


@dataclass(frozen=True)
class Minutes:
    """The record of one meeting. `priority` is the place the meeting gives the need, with its reason."""

    present: int
    outcome: Outcome
    conclusion: str
    attendance: Mapping[str, int] = field(default_factory=dict)
    votes_for: int = 0
    votes_against: int = 0
    votes_abstain: int = 0
    promise: str = ""
    promise_owner: str = ""
    promise_due_on: date | None = None
    priority: int | None = None
    priority_words: str = ""


def fill(meeting: Deliberation, minutes: Minutes) -> None:
    """Put the minutes into the meeting, or raise Invalid for what cannot be true."""
    _check_people(minutes)
    conclusion = bounded(minutes.conclusion, 4000, field="conclusion")
    if not conclusion:
        raise Invalid("conclusion_missing", field="conclusion")
    _check_promise(meeting, minutes)
    _check_priority(minutes)
    meeting.present, meeting.outcome = minutes.present, minutes.outcome
    meeting.conclusion = conclusion
    meeting.votes_for, meeting.votes_against = minutes.votes_for, minutes.votes_against
    meeting.votes_abstain = minutes.votes_abstain
    meeting.promise = bounded(minutes.promise, 200, field="promise")
    meeting.promise_owner = bounded(minutes.promise_owner, 200, field="promise_owner")
    meeting.promise_due_on = minutes.promise_due_on
    meeting.priority = minutes.priority
    meeting.priority_words = bounded(minutes.priority_words, 1000, field="priority_words")
    meeting.attendance[:] = [
        Attendance(stratum=stratum, people=people)
        for stratum, people in sorted(minutes.attendance.items())
        if people
    ]


def _check_people(minutes: Minutes) -> None:
    if minutes.present < 1:
        raise Invalid("nobody_present", field="present")
    if minutes.present > MOST_PRESENT:
        raise Invalid("present_out_of_range", field="present", most=MOST_PRESENT)
    votes = (minutes.votes_for, minutes.votes_against, minutes.votes_abstain)
    if any(number < 0 for number in (*votes, *minutes.attendance.values())):
        raise Invalid("number_negative", field="present")
    if sum(votes) > minutes.present:
        raise Invalid("votes_above_present", field="votes_for", votes=sum(votes), present=minutes.present)
    unknown = sorted(set(minutes.attendance) - ALL_STRATA)
    if unknown:
        raise Invalid("stratum_unknown", field="attendance", stratum=unknown[0])
    for dimension in Dimension:
        counted = sum(minutes.attendance.get(stratum, 0) for stratum in STRATA[dimension])
        if counted > minutes.present:
            raise Invalid(
                "attendance_above_present",
                field="present",
                dimension=dimension,
                counted=counted,
                present=minutes.present,
            )


def _check_promise(meeting: Deliberation, minutes: Minutes) -> None:
    """A promise has an owner and a day (居委会条例 art 23); without a promise neither means anything."""
    if not minutes.promise.strip():
        if minutes.promise_owner.strip() or minutes.promise_due_on is not None:
            raise Invalid("promise_missing", field="promise")
        return
    if not minutes.promise_owner.strip():
        raise Invalid("promise_owner_missing", field="promise_owner")
    if minutes.promise_due_on is None:
        raise Invalid("promise_due_missing", field="promise_due_on")
    if minutes.promise_due_on < local_date(meeting.scheduled_at):
        raise Invalid("promise_due_before_meeting", field="promise_due_on")


def _check_priority(minutes: Minutes) -> None:
    """A meeting may reorder needs, with a written reason."""
    if minutes.priority is None:
        if minutes.priority_words.strip():
            raise Invalid("priority_missing", field="priority")
        return
    if not 0 <= minutes.priority <= HIGHEST_PRIORITY:
        raise Invalid("priority_out_of_range", field="priority")
    if not minutes.priority_words.strip():
        raise Invalid("priority_words_missing", field="priority_words")
