"""Complaints about an answer: in time, within its points, suspending at most thirty days (R59, R60)."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.calendar.clocks import start_of
from models.contracts import challenging, complaining, contracting
from models.contracts.awarding import standing_award
from models.contracts.challenge import Challenge, ReplayStep
from models.contracts.clocks import complaint_until, reply_until
from models.contracts.complaining import unfounded
from models.errors import Conflict, Invalid
from tests.factories import contracts
from tests.factories.contracts import LAST_CHALLENGE_DAY
from tests.factories.parties import NOON

MOMENT = timedelta(microseconds=1)
LAST = start_of(LAST_CHALLENGE_DAY + timedelta(days=1)) - MOMENT
REPLIED = datetime(2026, 12, 30, 2, 0, tzinfo=NOON.tzinfo)


def filed(session: Session, at: datetime = LAST) -> Challenge:
    return contracts.challenge(session, contracts.award(session), at=at)


def reply(session: Session, challenge: Challenge, *, step: ReplayStep | None = None) -> None:
    challenging.answer(
        session,
        challenge,
        contracts.official(session, REPLIED),
        upheld=step is not None,
        words="经复核，质疑事项成立。" if step else "经复核，质疑事项不成立。",
        replay_from=step,
    )


def complained(session: Session, challenge: Challenge, *, at: datetime, **changes: object) -> object:
    given = {"filed_on": date(2026, 12, 31), "words": "对答复不满意。", "within_points": True}
    return complaining.complain(session, challenge, contracts.official(session, at), **given | changes)


NEW_YEAR_EVE = datetime(2026, 12, 31, 2, tzinfo=NOON.tzinfo)


def test_a_complaint_follows_the_reply_within_fifteen_working_days(session: Session) -> None:
    challenge = filed(session)
    with pytest.raises(Conflict, match="complaint_before_reply"):
        complained(session, challenge, at=REPLIED)
    reply(session, challenge)
    until = complaint_until(challenge)
    assert until.rule == "R59"
    late = start_of(until.day + timedelta(days=2))
    with pytest.raises(Invalid, match="complaint_too_late"):
        complained(session, challenge, at=late, filed_on=until.day + timedelta(days=1))
    assert complained(session, challenge, at=late, filed_on=until.day)
    with pytest.raises(Conflict, match="complaint_recorded"):
        complained(session, challenge, at=late, filed_on=until.day)


def test_a_complaint_follows_a_reply_that_never_came(session: Session) -> None:
    challenge = filed(session)
    due = reply_until(challenge).day
    with pytest.raises(Conflict, match="complaint_before_reply"):
        complained(session, challenge, at=start_of(due + timedelta(days=1)) - MOMENT, filed_on=due)
    over = start_of(due + timedelta(days=1))
    assert complained(session, challenge, at=over, filed_on=due + timedelta(days=1))


def test_a_complaint_goes_no_further_than_its_challenge(session: Session) -> None:
    challenge = filed(session)
    reply(session, challenge)
    with pytest.raises(Invalid, match="complaint_beyond_points"):
        complained(session, challenge, at=NEW_YEAR_EVE, within_points=False)


def test_a_suspension_lasts_thirty_days_at_most_and_stops_signing(session: Session) -> None:
    award = contracts.award(session)
    contract = contracts.contract(session, award, signed=False)
    challenge = contracts.challenge(session, award, at=LAST)
    reply(session, challenge)
    last = date(2027, 1, 30)
    with pytest.raises(Invalid, match="suspension_too_long"):
        complained(session, challenge, at=NEW_YEAR_EVE, suspended_until=last + timedelta(days=1))
    complained(session, challenge, at=NEW_YEAR_EVE, suspended_until=last)
    over = start_of(last + timedelta(days=1))
    act = contracts.official(session, over)
    with pytest.raises(Conflict, match="signing_suspended"):
        contracting.sign_for_purchaser(session, contract, contracts.later(act, over - MOMENT))
    contracting.sign_for_purchaser(session, contract, act)


def decided(session: Session, challenge: Challenge, *, upheld: bool, step: ReplayStep | None = None) -> None:
    complaint = complaining.complaint_of(session, challenge)
    assert complaint is not None
    act = contracts.official(session, NEW_YEAR_EVE)
    complaining.decide(session, complaint, act, upheld=upheld, words="投诉处理决定。", replay_from=step)


def test_an_upheld_complaint_takes_the_procedure_up_again(session: Session) -> None:
    challenge = filed(session)
    reply(session, challenge)
    complained(session, challenge, at=NEW_YEAR_EVE)
    decided(session, challenge, upheld=True, step=ReplayStep.MARKING)
    assert standing_award(session, challenge.lot) is None
    assert unfounded(session, challenge.organisation_id, NEW_YEAR_EVE) == 0
    with pytest.raises(Conflict, match="complaint_decided"):
        decided(session, challenge, upheld=False)


def test_unfounded_complaints_count_for_twelve_months(session: Session) -> None:
    """R60."""
    challenge = filed(session)
    reply(session, challenge)
    complained(session, challenge, at=NEW_YEAR_EVE)
    decided(session, challenge, upheld=False)
    organisation = challenge.organisation_id
    assert unfounded(session, organisation, NEW_YEAR_EVE - MOMENT) == 0
    assert unfounded(session, organisation, NEW_YEAR_EVE) == 1
    assert unfounded(session, organisation, start_of(date(2028, 1, 1)) - MOMENT) == 1
    assert unfounded(session, organisation, start_of(date(2028, 1, 1))) == 0
