"""Framework agreements: who is admitted, for how long, and when they can be called off from (R47)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.calendar.clocks import start_of
from models.contracts import awarding
from models.contracts.challenge import ChallengeStage, ReplayStep
from models.contracts.challenging import answer, file
from models.errors import Conflict, Invalid, NotAllowed
from models.frameworks.agreeing import admitted, agree, end
from models.frameworks.agreement import AgreementPhase
from models.frameworks.lifecycle import is_live, phase_at
from models.frameworks.queries import live
from models.outbox import Message
from models.rulebook.methods import Method
from models.tenders.lifecycle import phase_at as tender_phase
from models.tenders.tender import Tender, TenderPhase
from tests.factories import contracts, frameworks, parties, tenders
from tests.factories.contracts import CHALLENGED, DECIDED, NAMES, NOTICED, URL
from tests.factories.frameworks import ENDS, LIVE, STARTS

MOMENT = timedelta(microseconds=1)


def ranks(*given: int) -> list[Any]:
    return [SimpleNamespace(rank=each) for each in given]


@pytest.mark.parametrize(
    ("valid", "kept"), [(2, 1), (3, 2), (5, 4), (6, 4), (10, 8), (11, 8), (15, 12), (16, 12)]
)
def test_r47_a_fifth_is_dropped_and_at_least_one(valid: int, kept: int) -> None:
    found = admitted(ranks(*range(1, valid + 1)))
    assert [each.rank for each in found] == list(range(1, kept + 1))


def test_r47_two_valid_bids_are_needed() -> None:
    with pytest.raises(Conflict, match="framework_few_valid"):
        admitted(ranks(1))
    with pytest.raises(Conflict, match="framework_few_valid"):
        admitted([])


def test_r47_of_equals_at_the_line_none_is_admitted() -> None:
    assert [each.rank for each in admitted(ranks(1, 2, 2))] == [1]
    assert [each.rank for each in admitted(ranks(1, 1, 3))] == [1, 1]
    with pytest.raises(Conflict, match="framework_all_equal"):
        admitted(ranks(1, 1, 1))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=40))
def test_r47_the_share_that_is_dropped_is_a_least_one(scores: list[int]) -> None:
    all_ranks = sorted(1 + sum(other > each for other in scores) for each in scores)
    least = max(1, -(-len(scores) // 5))
    if all_ranks[-least] == 1:  # the best are equal down to the line
        with pytest.raises(Conflict, match="framework_all_equal"):
            admitted(ranks(*all_ranks))
        return
    kept = [each.rank for each in admitted(ranks(*all_ranks))]
    assert kept == all_ranks[: len(kept)]
    assert len(scores) - len(kept) >= least
    assert all_ranks[len(kept)] == all_ranks[-least]  # no more are dropped than equals make it


@pytest.fixture
def tender(session: Session) -> Tender:
    """A report lies before the purchaser."""
    return frameworks.reported(session)


def test_an_agreement_holds_the_admitted_with_their_price_a_unit(session: Session, tender: Tender) -> None:
    made = frameworks.agreement(session, tender)
    assert [(each.organisation.name, each.unit_price) for each in made.suppliers] == [
        (NAMES[0], Decimal("450.00")),
        (NAMES[1], Decimal("460.00")),
    ]
    assert made.reference.startswith("KJ-2026-")
    assert tender_phase(tender, DECIDED) is TenderPhase.DECIDED
    told = session.query(Message).filter(Message.kind == "framework_agreed").all()
    assert len({each.person_id for each in told}) == len(told)
    assert [row.id for row in live(session, replace(contracts.official(session), at=LIVE)).rows] == [made.id]


def test_the_lot_of_an_agreement_is_not_awarded(session: Session, tender: Tender) -> None:
    act = contracts.official(session)
    with pytest.raises(Conflict, match="framework_is_agreed"):
        awarding.decide(session, tender.lots[0], act)


def test_r47_it_lives_from_its_first_day_to_its_last(session: Session) -> None:
    made = frameworks.agreement(session)
    first = start_of(STARTS)
    last = start_of(ENDS + timedelta(days=1))
    assert not is_live(made, first - MOMENT)
    assert is_live(made, first)
    assert is_live(made, last - MOMENT)
    assert not is_live(made, last)
    act = contracts.official(session)
    for at, count in ((first - MOMENT, 0), (first, 1), (last - MOMENT, 1), (last, 0)):
        assert live(session, replace(act, at=at)).total == count


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": ENDS + timedelta(days=1)}, "framework_too_long"),
        ({"ends_on": STARTS}, "framework_ends_early"),
        ({"starts_on": date(2026, 12, 14)}, "framework_starts_early"),
        ({"published_on": date(2026, 12, 16)}, "notice_day"),
        ({"url": "http"}, "notice_address"),
    ],
)
def test_r47_two_years_at_most(session: Session, tender: Tender, changes: dict[str, Any], code: str) -> None:
    usual = {"starts_on": STARTS, "ends_on": ENDS, "url": URL, "published_on": DECIDED.date()}
    inner = session.begin_nested()
    with pytest.raises(Invalid, match=code):
        agree(session, tender.lots[0], contracts.official(session), **{**usual, **changes})
    inner.rollback()
    assert agree(session, tender.lots[0], contracts.official(session), **usual).ends_on == ENDS


def test_what_cannot_be_concluded_is_refused(session: Session, tender: Tender) -> None:
    stranger = contracts.official(session, unit=parties.OTHER_STREET)
    usual: dict[str, Any] = {
        "starts_on": STARTS,
        "ends_on": ENDS,
        "url": URL,
        "published_on": DECIDED.date(),
    }
    with pytest.raises(NotAllowed):
        agree(session, tender.lots[0], stranger, **usual)
    frameworks.agreement(session, tender)
    with pytest.raises(Conflict, match="framework_stands"):
        frameworks.agreement(session, tender)


def test_without_a_quantity_there_is_no_price_a_unit(session: Session) -> None:
    with pytest.raises(Conflict, match="framework_quantity_missing"):
        frameworks.agreement(session, frameworks.reported(session, quantity=None))


def test_only_a_tender_for_an_agreement_leads_to_one(session: Session) -> None:
    other = tenders.tender(session, method=Method.COMPETITIVE_CONSULTATION)
    with pytest.raises(Conflict, match="framework_other_method"):
        frameworks.agreement(session, other)


def test_ending_it_needs_words_and_stops_call_offs(session: Session) -> None:
    made = frameworks.agreement(session)
    act = contracts.official(session, LIVE)
    with pytest.raises(Invalid, match="words_missing"):
        end(session, made, act, words=" ")
    end(session, made, act, words="财政部门要求停止。")
    assert phase_at(made, LIVE - MOMENT) is AgreementPhase.STANDING
    assert phase_at(made, LIVE) is AgreementPhase.ENDED
    assert is_live(made, LIVE - MOMENT)
    assert not is_live(made, LIVE)
    with pytest.raises(Conflict, match="wrong_phase"):
        end(session, made, act, words="再停一次。")


def test_an_upheld_challenge_takes_the_agreement_out_of_use(session: Session, tender: Tender) -> None:
    made = frameworks.agreement(session, tender, at=NOTICED)
    assert is_live(made, LIVE)
    (loser,) = contracts.opened(session, tender.lots[0])[2:]
    challenge = file(
        session,
        tender,
        contracts.staff(session, loser.bid.organisation, CHALLENGED),
        stage=ChallengeStage.RESULT,
        points="评分与标准不一致。",
        remedy="请重新评审。",
        lot=tender.lots[0],
    )
    answer(
        session,
        challenge,
        contracts.official(session, CHALLENGED),
        upheld=True,
        words="评分有误。",
        replay_from=ReplayStep.RANKING,
    )
    assert not is_live(made, LIVE)
