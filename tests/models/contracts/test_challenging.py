"""Challenges in time and once, what they suspend and what they undo (R58)."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.contracts import awarding, challenging, complaining, contracting
from models.contracts.award import AwardPhase
from models.contracts.awarding import contract_of, standing_award
from models.contracts.challenge import Challenge, ChallengePhase, ChallengeStage, ReplayStep
from models.contracts.clocks import reply_until
from models.contracts.contract import ContractPhase
from models.contracts.lifecycle import award_phase_at, challenge_phase_at, contract_phase_at
from models.errors import Conflict, Invalid, NotAllowed
from models.panels import reporting
from models.rulebook.methods import Method
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from tests.factories import contracts, parties, tenders
from tests.factories.contracts import LAST_CHALLENGE_DAY, NOTICE_OVER, REPORTED, SIGNED
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


def test_a_challenge_is_in_time_until_the_end_of_the_seventh_working_day(session: Session) -> None:
    """R58: the notice ended on 17 December; the seventh working day is the 28th."""
    challenge = filed(session, LAST)
    assert challenge_phase_at(challenge, LAST) == ChallengePhase.FILED
    assert challenge.reference.startswith("ZY-2026-")


def test_a_challenge_on_the_eighth_working_day_is_refused_with_rule_and_day(session: Session) -> None:
    award = contracts.award(session)
    with pytest.raises(Invalid, match="challenge_too_late") as refused:
        contracts.challenge(session, award, at=LAST + MOMENT)
    assert refused.value.facts == {"until": LAST_CHALLENGE_DAY, "rule": "R58"}


def test_a_result_is_challenged_by_those_who_bid(session: Session) -> None:
    award = contracts.award(session)
    stranger = contracts.staff(session, parties.organisation(session, name="别家"), NOTICE_OVER)
    with pytest.raises(NotAllowed, match="challenger_did_not_bid"):
        challenging.file(
            session, award.lot.tender, stranger, stage=ChallengeStage.RESULT, points="一", remedy="二"
        )


def test_officials_and_visitors_do_not_challenge(session: Session) -> None:
    tender = contracts.award(session).lot.tender
    for act in (contracts.official(session, NOTICE_OVER), parties.nobody(NOTICE_OVER)):
        with pytest.raises(NotAllowed):
            challenging.file(session, tender, act, stage=ChallengeStage.DOCUMENTS, points="一", remedy="二")


@pytest.mark.parametrize(("points", "remedy"), [(" ", "请重新评审。"), ("评分有误。", "")])
def test_a_challenge_says_what_is_wrong_and_what_is_asked(session: Session, points: str, remedy: str) -> None:
    award = contracts.award(session)
    act = contracts.staff(session, award.bid.bid.organisation, NOTICE_OVER)
    with pytest.raises(Invalid, match="words_missing"):
        challenging.file(
            session, award.lot.tender, act, stage=ChallengeStage.RESULT, points=points, remedy=remedy
        )


def test_the_result_is_not_challenged_before_its_notice(session: Session) -> None:
    award = contracts.award(session, noticed=False)
    with pytest.raises(Conflict, match="challenge_not_yet"):
        contracts.challenge(session, award, at=contracts.DECIDED)


def test_the_procedure_is_challenged_for_seven_working_days_after_the_opening(session: Session) -> None:
    """Opened on Monday 14 December: until Wednesday the 23rd."""
    tender = contracts.reported(session)
    organisation = contracts.opened(session, tender.lots[0])[1].bid.organisation
    act = contracts.staff(session, organisation, start_of(date(2026, 12, 24)) - MOMENT)
    late = contracts.later(act, start_of(date(2026, 12, 24)))
    said = {"stage": ChallengeStage.PROCEDURE, "points": "唱标记录有误。", "remedy": "请更正。"}
    with pytest.raises(Invalid, match="challenge_too_late"):
        challenging.file(session, tender, late, **said)
    assert challenging.file(session, tender, act, **said).lot is tender.lots[0]


def test_documents_are_challenged_by_anybody_who_could_bid(session: Session) -> None:
    """Published on 20 November, offered until the 27th: until 8 December."""
    tender = tenders.tender(session)
    stranger = parties.organisation(session, name="别家")
    said = {"stage": ChallengeStage.DOCUMENTS, "points": "评分标准没有量化。", "remedy": "请修改。"}
    late = contracts.staff(session, stranger, start_of(date(2026, 12, 9)))
    with pytest.raises(Invalid, match="challenge_too_late"):
        challenging.file(session, tender, late, **said)
    challenge = challenging.file(session, tender, contracts.later(late, late.at - MOMENT), **said)
    assert challenge.lot is None


def test_one_submission_for_each_step(session: Session) -> None:
    challenge = filed(session)
    award = standing_award(session, challenge.lot)
    with pytest.raises(Conflict, match="challenge_once_per_step"):
        contracts.challenge(session, award)
    challenging.withdraw(session, challenge, contracts.staff(session, challenge.organisation, LAST))
    assert challenge_phase_at(challenge, LAST) == ChallengePhase.WITHDRAWN
    assert contracts.challenge(session, award, at=LAST).reference != challenge.reference


def test_a_comparison_below_the_threshold_knows_no_challenge(session: Session) -> None:
    """R20: it is outside the procurement law, and so are its remedies."""
    tender = tenders.tender(session, method=Method.COMPARISON)
    act = contracts.staff(session, parties.organisation(session), NOON)
    with pytest.raises(Invalid, match="challenge_not_statutory"):
        challenging.file(session, tender, act, stage=ChallengeStage.DOCUMENTS, points="一", remedy="二")


def test_the_reply_is_due_on_the_seventh_working_day(session: Session) -> None:
    """R58: filed on Tuesday 22 December; New Year's Day, not yet announced, lies between."""
    challenge = filed(session, datetime(2026, 12, 22, 2, tzinfo=NOON.tzinfo))
    clock = reply_until(challenge)
    assert (clock.day, clock.rule) == (date(2026, 12, 31), "R58")
    assert not clock.is_over(start_of(date(2027, 1, 1)) - MOMENT)
    assert clock.is_over(start_of(date(2027, 1, 1)))


def test_an_open_challenge_suspends_signing(session: Session) -> None:
    """条例 art 54."""
    award = contracts.award(session)
    contract = contracts.contract(session, award, signed=False)
    challenge = contracts.challenge(session, award, at=LAST)
    act = contracts.official(session, SIGNED)
    with pytest.raises(Conflict, match="signing_suspended"):
        contracting.sign_for_purchaser(session, contract, act)
    reply(session, challenge)
    contracting.sign_for_purchaser(session, contract, contracts.later(act, REPLIED))
    assert contract_phase_at(contract, REPLIED) == ContractPhase.SIGNING


def test_an_answer_has_words_and_an_upheld_one_its_step(session: Session) -> None:
    challenge = filed(session)
    act = contracts.official(session, REPLIED)
    with pytest.raises(Invalid, match="words_missing"):
        challenging.answer(session, challenge, act, upheld=False, words="")
    with pytest.raises(Invalid, match="replay_step_missing"):
        challenging.answer(session, challenge, act, upheld=True, words="成立。")
    reply(session, challenge)
    with pytest.raises(Conflict, match="wrong_phase"):
        reply(session, challenge)


@pytest.mark.parametrize("step", list(ReplayStep))
def test_an_upheld_challenge_takes_the_procedure_back_to_its_step(session: Session, step: ReplayStep) -> None:
    award = contracts.award(session, contracts.reported(session, invalid=[2]))
    contract = contracts.contract(session, award, signed=False)
    challenge = contracts.challenge(session, award, at=LAST)
    lot, tender = award.lot, award.lot.tender
    reply(session, challenge, step=step)
    assert award_phase_at(award, REPLIED) == AwardPhase.CANCELLED
    assert award.cancelled_words == challenge.reply
    assert contract_phase_at(contract, REPLIED) == ContractPhase.TERMINATED
    assert reporting.standing(session, lot) is None
    assert award.ranking.superseded_at == REPLIED
    assert phase_at(tender, REPLIED) == TenderPhase.EVALUATION
    third = contracts.opened(session, lot)[2]
    assert (third.invalid_at is None) == (step in {ReplayStep.QUALIFICATION, ReplayStep.PANEL})
    with pytest.raises(Conflict, match="tender_not_reported"):
        awarding.decide(session, lot, contracts.official(session, REPLIED))


def test_a_replay_leaves_other_lots_alone(session: Session) -> None:
    tender = contracts.reported(session, lots=2)
    first = contracts.award(session, tender)
    second = awarding.decide(session, tender.lots[1], contracts.official(session))
    reply(session, contracts.challenge(session, first, at=LAST), step=ReplayStep.RANKING)
    assert award_phase_at(first, REPLIED) == AwardPhase.CANCELLED
    assert award_phase_at(second, REPLIED) == AwardPhase.PENDING
    assert reporting.standing(session, tender.lots[1]) is not None


def test_the_result_of_the_second_award_can_be_challenged_again(session: Session) -> None:
    award = contracts.award(session)
    challenge = contracts.challenge(session, award, at=LAST)
    reply(session, challenge, step=ReplayStep.RANKING)
    assert contract_of(session, award) is None
    window = [each for each in _windows(session, challenge) if each.stage == ChallengeStage.RESULT]
    assert window == []  # nothing is noticed yet


def _windows(session: Session, challenge: Challenge) -> list:
    return challenging.windows(session, challenge.tender, challenge.organisation_id)


def test_only_officials_of_the_area_answer(session: Session) -> None:
    challenge = filed(session)
    others: list[Act] = [
        contracts.staff(session, challenge.organisation, REPLIED),
        contracts.official(session, REPLIED, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.AUDITOR, at=REPLIED),
    ]
    for act in others:
        with pytest.raises(NotAllowed):
            challenging.answer(session, challenge, act, upheld=False, words="不成立。")
        with pytest.raises(NotAllowed):
            complaining.complain(
                session, challenge, act, filed_on=REPLIED.date(), words="不服。", within_points=True
            )


def test_nobody_takes_back_the_challenge_of_another(session: Session) -> None:
    challenge = filed(session)
    for act in (
        contracts.official(session, REPORTED),
        contracts.staff(session, parties.organisation(session, name="别家"), REPLIED),
    ):
        with pytest.raises(NotAllowed):
            challenging.withdraw(session, challenge, act)
