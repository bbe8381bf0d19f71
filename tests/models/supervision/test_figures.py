"""Agreement, leniency, drift and gaps of evaluators, and who may read them."""

from datetime import datetime
from decimal import Decimal

import pytest
from scipy import stats
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies.agency import Agency
from models.agencies.rotation import RotationRule
from models.evaluations import rescoring
from models.evaluations.evaluation import Evaluation
from models.evaluations.gaps import needs_review
from models.evaluations.rescore import RescoreOrigin, ScoreStanding
from models.scoring.agreement import Figure
from models.supervision.facts import Twice
from models.supervision.overview import AgencyRow, of_agency, overview
from models.supervision.sample import RescoreSample, SampleEntry
from tests.factories import agencies, contracts, parties, supervision
from tests.factories.parties import DISTRICT, NOON

Pair = tuple[Agency, Agency]


def row(session: Session, agency: Agency, at: datetime = NOON) -> AgencyRow:
    found, _gaps = of_agency(session, agency, agencies.registrar(session, at))
    return found


def test_leniency_is_measured_against_the_second_sheets(
    session: Session, pair: Pair, finals: list[Evaluation]
) -> None:
    differences = [float(each.difference) for each in twice(session)]
    expected = stats.ttest_1samp(differences, 0).confidence_interval()
    found = row(session, pair[0]).figures.against_second
    assert found.n == 2
    assert found.value == pytest.approx(sum(differences) / 2)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert row(session, pair[1]).figures.against_second == Figure(0)


def twice(session: Session) -> list[Twice]:
    return [each.twice for each in overview(session, agencies.registrar(session)).gaps]


def test_leniency_is_measured_against_all_other_agencies(
    session: Session, pair: Pair, finals: list[Evaluation]
) -> None:
    scores = [float(each.score or 0) for each in finals]
    expected = stats.ttest_ind(scores[:3], scores[3:], equal_var=False).confidence_interval()
    mild, strict = (row(session, agency).figures.against_others for agency in pair)
    assert (mild.n, strict.n) == (3, 2)
    assert mild.value == pytest.approx(sum(scores[:3]) / 3 - sum(scores[3:]) / 2)
    assert (mild.low, mild.high) == pytest.approx((expected.low, expected.high))
    assert strict.value == pytest.approx(-mild.value)


def test_drift_compares_within_each_quarter(session: Session, pair: Pair, finals: list[Evaluation]) -> None:
    second, third = row(session, pair[0]).figures.drift
    assert (second.year, second.quarter, second.figure) == (2026, 2, Figure(1))
    scores = [float(each.score or 0) for each in finals]
    assert (third.year, third.quarter, third.figure.n) == (2026, 3, 2)
    assert third.figure.value == pytest.approx(sum(scores[1:3]) / 2 - sum(scores[3:]) / 2)


def test_agreement_counts_what_evaluators_judge_and_not_what_is_counted(session: Session, pair: Pair) -> None:
    found = overview(session, agencies.registrar(session))
    assert found.agreement.n == 2 * 23  # of 25 items, a survey and an assembly are counted
    assert found.agreement == row(session, pair[0]).figures.agreement


def test_agreement_of_equal_sheets_is_one_and_of_the_mild_one_less(
    session: Session, pair: Pair, finals: list[Evaluation]
) -> None:
    before = row(session, pair[0]).figures.agreement
    levels = [each.levels for each in twice(session)]
    assert sorted(len(each) for each in levels) == [23, 23]
    alike = next(each for each in levels if each[0] == (3, 3))
    assert all(first == second for first, second in alike)
    assert before.value is not None
    assert before.value < 1


def test_r84_a_gap_over_ten_points_goes_to_review_and_one_of_ten_does_not(
    session: Session, pair: Pair
) -> None:
    wide, narrow = overview(session, agencies.registrar(session)).gaps
    assert abs(wide.twice.difference) > 10 >= abs(narrow.twice.difference)
    assert (wide.is_over, wide.is_waiting) == (True, True)
    assert (narrow.is_over, narrow.is_waiting) == (False, False)


def test_the_limit_is_that_of_the_area(session: Session, pair: Pair) -> None:
    rule = {"most_consecutive": 2, "most_years_in_street": 3, "rescore_share": Decimal(10)}
    wide = overview(session, agencies.registrar(session)).gaps[0].twice
    for limit, is_over in ((abs(wide.difference), False), (abs(wide.difference) - Decimal("0.01"), True)):
        session.add(
            RotationRule(
                unit_code=DISTRICT, effective_on=NOON.date(), rescore_gap=limit, made_at=NOON, **rule
            )
        )
        session.flush()
        assert overview(session, agencies.registrar(session)).gaps[0].is_over is is_over
        session.rollback()


def test_a_review_settles_a_gap_and_leaves_the_first_score_in_the_statistics(
    session: Session, pair: Pair
) -> None:
    before = row(session, pair[0]).figures
    gap = overview(session, agencies.registrar(session)).gaps[0]
    act = contracts.official(session, NOON)
    rescoring.review(session, gap.twice.rescore, act, stands=ScoreStanding.SECOND, words="第一份材料不足。")
    after = overview(session, agencies.registrar(session)).gaps[0]
    assert (after.is_over, after.is_waiting, after.stands) == (True, False, ScoreStanding.SECOND)
    assert row(session, pair[0]).figures == before


def test_what_lies_in_another_area_does_not_count(session: Session, pair: Pair) -> None:
    act = parties.act_as(session, Role.AUDITOR, unit=parties.OTHER_STREET)
    assert overview(session, act).finals == 0
    assert overview(session, parties.act_as(session, Role.AUDITOR)).finals == 5
    assert overview(session, parties.nobody()).rows == []


def test_what_is_not_final_yet_does_not_count(session: Session, pair: Pair) -> None:
    long_ago = agencies.registrar(session, datetime.fromisoformat("2026-08-01T00:00:00+00:00"))
    assert overview(session, long_ago).finals == 1


def test_a_suspended_agency_says_so(session: Session, pair: Pair) -> None:
    assert not row(session, pair[0]).is_suspended
    agencies.suspended(session, pair[0])
    session.flush()
    assert row(session, pair[0]).is_suspended


def test_an_agency_reads_its_own_gaps_alone(session: Session, pair: Pair) -> None:
    mild, strict = pair
    act = agencies.evaluator(session, strict)
    _row, gaps = of_agency(session, strict, act)
    assert gaps == []
    _row, gaps = of_agency(session, mild, agencies.evaluator(session, mild))
    assert len(gaps) == 2


def test_the_list_of_gaps_says_what_the_review_of_each_asks(session: Session, pair: Pair) -> None:
    for gap in overview(session, agencies.registrar(session)).gaps:
        assert gap.is_over == needs_review(session, gap.twice.rescore)


def test_what_an_official_ordered_is_a_gap_and_no_part_of_the_agreement(
    session: Session, pair: Pair, finals: list[Evaluation]
) -> None:
    before = overview(session, agencies.registrar(session))
    made = supervision.rescored(session, finals[2], pair[1], share="0.1")
    made.origin, made.reason = RescoreOrigin.ORDERED, "分数与走访看到的不一致。"
    session.flush()
    found = overview(session, agencies.registrar(session))
    assert len(found.gaps) == len(before.gaps) + 1
    assert found.agreement == before.agreement
    assert row(session, pair[0]).figures.against_second.n == 2


def test_what_was_ordered_before_the_seed_chose_it_counts_all_the_same(
    session: Session, pair: Pair, finals: list[Evaluation]
) -> None:
    made = supervision.rescored(session, finals[2], pair[1], share="0.1")
    made.origin, made.reason = RescoreOrigin.ORDERED, "分数与走访看到的不一致。"
    sample = RescoreSample(
        unit_code=DISTRICT, year=2026, half=2, share=Decimal(20), seed="5" * 64, begun_at=NOON
    )
    chosen = SampleEntry(contract=finals[2].contract, position=0, is_chosen=True, listed_at=NOON)
    sample.entries.append(chosen)
    session.add(sample)
    session.flush()
    assert row(session, pair[0]).figures.against_second.n == 3
