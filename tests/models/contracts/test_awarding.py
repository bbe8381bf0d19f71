"""Awards in rank order, notices, and what each bidder is told (R28, R33, R56)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import outbox
from models.act import Role
from models.contracts import awarding, contracting
from models.contracts.award import AwardPhase, PassingGround, TieBreak
from models.contracts.awarding import Equals, draw
from models.contracts.clocks import challenge_until, decision_until, notice_until, signing_until
from models.contracts.contract import ContractPhase
from models.contracts.letters import letter
from models.contracts.lifecycle import award_phase_at, contract_phase_at
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.lifecycle import advance
from models.tenders.lifecycle import LOT, LotMove, phase_at
from models.tenders.notice import Notice, NoticeKind
from models.tenders.tender import TenderPhase
from tests.factories import contracts, parties
from tests.factories.contracts import DECIDED, NOTICE_DAY, NOTICE_OVER, NOTICED, SIGNED, URL

MOMENT = timedelta(microseconds=1)
SEED = "f0e1"
EQUAL_PRICES = ("450000.00", "450000.00", "480000.00")


def test_the_first_in_rank_is_awarded_and_the_tender_is_decided(session: Session) -> None:
    tender = contracts.reported(session)
    award = awarding.decide(session, tender.lots[0], contracts.official(session))
    assert (award.rank, str(award.amount), award.tie_break) == (1, "450000.00", None)
    assert phase_at(tender, DECIDED) == TenderPhase.DECIDED


def test_a_tender_is_decided_with_its_last_lot(session: Session) -> None:
    tender = contracts.reported(session, lots=2)
    act = contracts.official(session)
    awarding.decide(session, tender.lots[0], act)
    assert phase_at(tender, DECIDED) == TenderPhase.REPORTED
    awarding.decide(session, tender.lots[1], act)
    assert phase_at(tender, DECIDED) == TenderPhase.DECIDED


def test_the_days_of_decision_and_notice_are_counted_by_r33(session: Session) -> None:
    award = contracts.award(session)
    decision = decision_until(award.lot.tender)
    assert decision is not None
    assert (decision.day, decision.rule) == (date(2026, 12, 21), "R33")
    assert (notice_until(award).day, notice_until(award).rule) == (date(2026, 12, 17), "R33")


def test_passing_over_the_first_wants_a_ground_and_words(session: Session) -> None:
    lot, act = contracts.reported(session).lots[0], contracts.official(session)
    with pytest.raises(Invalid, match="passing_ground_missing"):
        awarding.decide(session, lot, act, rank=2, words="第一名放弃中标。")
    with pytest.raises(Invalid, match="words_missing"):
        awarding.decide(session, lot, act, rank=2, ground=PassingGround.DECLINED, words=" ")
    award = awarding.decide(
        session, lot, act, rank=2, ground=PassingGround.DECLINED, words="第一名书面放弃中标。"
    )
    assert (award.rank, str(award.amount)) == (2, "460000.00")


def test_an_invalid_or_unranked_bid_is_never_awarded(session: Session) -> None:
    lot, act = contracts.reported(session, invalid=[2]).lots[0], contracts.official(session)
    with pytest.raises(Invalid, match="rank_unknown"):
        awarding.decide(session, lot, act, rank=3, ground=PassingGround.UNLAWFUL, words="前两名违法。")


def test_a_lot_that_has_ended_is_not_awarded(session: Session) -> None:
    tender = contracts.reported(session, lots=2)
    act = contracts.official(session)
    lot, other = tender.lots
    advance(session, LOT, lot, LotMove.CANCEL, act)
    with pytest.raises(Conflict, match="lot_ended"):
        awarding.decide(session, lot, act)
    awarding.decide(session, other, act)
    assert phase_at(tender, DECIDED) == TenderPhase.DECIDED


def test_a_lot_is_awarded_once(session: Session) -> None:
    award = contracts.award(session)
    with pytest.raises(Conflict, match="award_stands"):
        awarding.decide(session, award.lot, contracts.official(session))


def test_a_tender_without_a_report_is_not_awarded(session: Session) -> None:
    award = contracts.award(session)
    early = contracts.official(session, contracts.REPORTED - MOMENT)
    with pytest.raises(Conflict, match="tender_not_reported"):
        awarding.decide(session, award.lot, early)


def test_equals_are_not_decided_by_themselves(session: Session) -> None:
    """R28: equal totals and prices share a rank; the documents' rule or a draw picks."""
    tender = contracts.reported(session, prices=EQUAL_PRICES, scores=("90", "90", "70"))
    lot, act = tender.lots[0], contracts.official(session)
    first, second, third = (each.bid_id for each in contracts.opened(session, lot))
    with pytest.raises(Invalid, match="tie_undecided"):
        awarding.decide(session, lot, act)
    with pytest.raises(Invalid, match="equal_unknown"):
        awarding.decide(session, lot, act, equals=Equals(third, "技术得分高者优先。"))
    with pytest.raises(Invalid, match="words_missing"):
        awarding.decide(session, lot, act, equals=Equals(second))
    award = awarding.decide(session, lot, act, equals=Equals(second, "技术得分高者优先。"))
    assert (award.rank, award.bid_id, award.tie_break) == (1, second, TieBreak.DOCUMENT_RULE)
    assert first != second


def test_a_draw_among_equals_can_be_replayed(session: Session) -> None:
    tender = contracts.reported(session, prices=EQUAL_PRICES, scores=("90", "90", "70"))
    lot = tender.lots[0]
    award = awarding.decide(session, lot, contracts.official(session), equals=Equals(seed=SEED))
    equals = [each.bid.reference for each in contracts.opened(session, lot)[:2]]
    assert (award.tie_break, award.tie_seed) == (TieBreak.DRAW, SEED)
    assert award.bid.bid.reference == draw(equals, SEED) == draw(equals[::-1], SEED)


def test_a_draw_is_not_always_won_by_the_same() -> None:
    pair = ["TB-2026-0001", "TB-2026-0002"]
    assert {draw(pair, str(seed)) for seed in range(40)} == set(pair)


def test_the_notice_runs_one_working_day_and_the_award_is_active_after_it(session: Session) -> None:
    """R33: noticed on Wednesday 16 December, it runs through Thursday."""
    award = contracts.award(session, noticed=False)
    assert award_phase_at(award, NOTICED) == AwardPhase.PENDING
    contracts.notice(session, award)
    assert award_phase_at(award, NOTICE_OVER - MOMENT) == AwardPhase.NOTICED
    assert award_phase_at(award, NOTICE_OVER) == AwardPhase.ACTIVE
    notice = session.scalars(select(Notice).where(Notice.kind == NoticeKind.AWARD)).one()
    assert (notice.url, notice.published_on) == (URL, NOTICE_DAY)
    challenge, signing = challenge_until(award), signing_until(award)
    assert challenge is not None
    assert signing is not None
    assert (challenge.day, challenge.rule) == (contracts.LAST_CHALLENGE_DAY, "R58")
    assert (signing.day, signing.rule) == (date(2027, 1, 15), "R34")


@pytest.mark.parametrize(
    "url", ["", "notice", "javascript:alert(1)", "https://", "ftp://a.cn/1", "https://[x"]
)
def test_a_notice_has_the_address_of_a_page(session: Session, url: str) -> None:
    award = contracts.award(session, noticed=False)
    act = contracts.official(session, NOTICED)
    with pytest.raises(Invalid, match="notice_address"):
        awarding.note_notice(session, award, act, url=url, published_on=NOTICE_DAY)


@pytest.mark.parametrize("day", [date(2026, 12, 14), date(2026, 12, 17)])
def test_a_notice_stood_between_the_decision_and_today(session: Session, day: date) -> None:
    award = contracts.award(session, noticed=False)
    act = contracts.official(session, NOTICED)
    with pytest.raises(Invalid, match="notice_day"):
        awarding.note_notice(session, award, act, url=URL, published_on=day)


def test_every_bidder_is_told_of_the_result(session: Session) -> None:
    award = contracts.award(session, noticed=False)
    people = [
        contracts.staff(session, each.bid.organisation).actor.person_id
        for each in contracts.opened(session, award.lot)
    ]
    contracts.notice(session, award)
    told = {
        (message.person_id, message.kind)
        for message in session.scalars(select(outbox.Message))
        if message.kind.startswith("award")
    }
    winner, *losers = people
    assert told == {(winner, "award_won"), *((loser, "award_letter") for loser in losers)}


def test_a_letter_tells_own_marks_rank_and_distance(session: Session) -> None:
    award = contracts.award(session)
    _first, second, _third = contracts.opened(session, award.lot)
    told = letter(session, second.bid, contracts.staff(session, second.bid.organisation, NOTICED))
    assert (told.rank, str(told.total), str(told.gap)) == (2, "81.7826", "9.2174")
    assert not told.is_winner
    assert sum(mark.most for mark in told.marks) == 90
    assert [mark.points * 100 / mark.most for mark in told.marks] == [80] * len(told.marks)
    assert told.price_mark is not None
    assert str(told.price_mark.points) == "9.78"


def test_a_letter_of_an_invalid_bid_says_why(session: Session) -> None:
    award = contracts.award(session, contracts.reported(session, invalid=[2]))
    third = contracts.opened(session, award.lot)[2]
    told = letter(session, third.bid, contracts.staff(session, third.bid.organisation, NOTICED))
    assert (told.rank, told.total, told.gap, told.marks) == (None, None, None, [])
    assert told.invalid_reason == "not_qualified"
    assert told.invalid_words


def test_a_letter_is_for_its_organisation_alone(session: Session) -> None:
    award = contracts.award(session)
    first, second, _third = contracts.opened(session, award.lot)
    for other in (
        contracts.staff(session, first.bid.organisation, NOTICED),
        contracts.official(session, NOTICED, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.PANEL_MEMBER, at=NOTICED),
        parties.nobody(NOTICED),
    ):
        with pytest.raises(NotFound):
            letter(session, second.bid, other)
    assert letter(session, second.bid, contracts.official(session, NOTICED)).rank == 2


def test_there_is_no_letter_before_the_notice(session: Session) -> None:
    award = contracts.award(session, noticed=False)
    second = contracts.opened(session, award.lot)[1].bid
    with pytest.raises(NotFound):
        letter(session, second, contracts.staff(session, second.organisation, NOTICED))


def test_an_award_is_taken_back_and_the_next_in_rank_follows(session: Session) -> None:
    """87 art 71: who declines is followed by the next in rank."""
    award = contracts.award(session)
    contract = contracts.contract(session, award, signed=False)
    act = contracts.official(session, SIGNED)
    awarding.withdraw(session, award, act, words="中标人书面放弃。")
    assert award_phase_at(award, SIGNED) == AwardPhase.CANCELLED
    assert contract_phase_at(contract, SIGNED) == ContractPhase.TERMINATED
    words = "第一名书面放弃中标。"
    second = awarding.decide(session, award.lot, act, rank=2, ground=PassingGround.DECLINED, words=words)
    assert second.rank == 2
    assert letter(session, award.bid.bid, act).award is award  # told of the first until the second is noticed


def test_an_award_is_not_taken_back_from_a_contract_in_force(session: Session) -> None:
    contract = contracts.contract(session)
    with pytest.raises(Conflict, match="contract_in_force"):
        awarding.withdraw(session, contract.award, contracts.official(session, SIGNED), words="重新选择。")


def test_only_officials_of_the_area_decide(session: Session) -> None:
    lot = contracts.reported(session).lots[0]
    for act in (
        contracts.official(session, unit=parties.OTHER_STREET),
        parties.act_as(session, Role.AUDITOR, at=DECIDED),
        contracts.staff(session, contracts.opened(session, lot)[0].bid.organisation),
    ):
        with pytest.raises(NotAllowed):
            awarding.decide(session, lot, act)


def test_a_contract_of_a_withdrawn_award_is_not_made(session: Session) -> None:
    award = contracts.award(session)
    act = contracts.official(session, SIGNED)
    awarding.withdraw(session, award, act, words="中标人书面放弃。")
    with pytest.raises(Conflict, match="award_cancelled"):
        contracting.make(session, award, act)
