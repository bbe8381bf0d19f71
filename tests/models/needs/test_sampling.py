"""Who answered against who lives there: when it is said that a sample is skewed."""

import pytest

from models.needs.assessment import Assessment, AssessmentMethod, MethodUsed, RespondentStratum
from models.needs.sampling import Dimension, Representativeness, Skew, representativeness
from models.parties.unit import AdministrativeUnit, PopulationStratum

LIVING = {"age:25_44": 1000, "age:45_59": 1000, "age:60_79": 1000, "age:80_plus": 1000}


def held_against(
    respondents: dict[str, int], living: dict[str, int] | None = None, participants: int | None = None
) -> Representativeness:
    """The sample of an assessment of a small place."""
    living = LIVING if living is None else living
    asked = sum(respondents.values()) if participants is None else participants
    assessment = Assessment(
        methods=[MethodUsed(method=AssessmentMethod.QUESTIONNAIRE, participants=asked)],
        respondents=[RespondentStratum(stratum=name, respondents=n) for name, n in respondents.items()],
    )
    strata = [PopulationStratum(stratum=name, people=n) for name, n in living.items()]
    return representativeness(assessment, AdministrativeUnit(population=4000, strata=strata))


def skews(found: Representativeness) -> dict[str, Skew]:
    """How every stratum of the first dimension stands."""
    return {row.stratum: row.skew for row in found.dimensions[0].strata}


def test_a_sample_like_the_population_is_not_warned_of() -> None:
    found = held_against({"age:25_44": 25, "age:45_59": 25, "age:60_79": 25, "age:80_plus": 25})
    assert not found.is_skewed
    assert found.dimensions[0].chi_square == 0
    assert not found.dimensions[0].differs


@pytest.mark.parametrize(("count", "skew"), [(50, Skew.FITTING), (51, Skew.OVER)])
def test_more_than_twice_the_share_is_too_many(count: int, skew: Skew) -> None:
    rest = 100 - count
    found = held_against({"age:25_44": count, "age:45_59": rest - 26, "age:60_79": 13, "age:80_plus": 13})
    assert skews(found)["age:25_44"] is skew


@pytest.mark.parametrize(("count", "skew"), [(25, Skew.FITTING), (24, Skew.UNDER)])
def test_less_than_half_the_share_is_too_few(count: int, skew: Skew) -> None:
    found = held_against({"age:25_44": count, "age:45_59": 175 - count, "age:60_79": 25})
    assert found.dimensions[0].n == 200
    assert skews(found)["age:25_44"] is skew


def test_nobody_of_a_stratum_is_too_few_and_lowers_the_coverage() -> None:
    found = held_against({"age:25_44": 40, "age:45_59": 40, "age:60_79": 40})
    assert skews(found)["age:80_plus"] is Skew.UNDER
    assert found.strata_reached == 3
    assert found.coverage == 0.75


@pytest.mark.parametrize(("n", "said"), [(29, False), (30, True)])
def test_below_thirty_only_the_smallness_is_said(n: int, said: bool) -> None:
    sample = held_against({"age:60_79": n}).dimensions[0]
    assert bool(sample.skewed) is said
    assert (sample.chi_square is not None) is said
    assert sample.too_small is not said


def test_the_chi_square_statistic_counts_the_whole_dimension() -> None:
    sample = held_against({"age:25_44": 40, "age:45_59": 30, "age:60_79": 20, "age:80_plus": 10}).dimensions[
        0
    ]
    assert sample.chi_square == pytest.approx(20.0)
    assert sample.degrees == 3
    assert sample.differs
    assert [row.stratum for row in sample.skewed] == ["age:80_plus"]


def test_a_stratum_whose_population_is_unknown_is_shown_and_not_judged() -> None:
    found = held_against({"age:0_13": 60, "age:60_79": 40}, living={"age:60_79": 1000, "age:80_plus": 500})
    assert skews(found) == {
        "age:0_13": Skew.UNKNOWN,
        "age:60_79": Skew.FITTING,
        "age:80_plus": Skew.UNDER,
    }
    assert found.dimensions[0].n == 40


def test_dimensions_nobody_counted_are_left_out() -> None:
    found = held_against(
        {"sex:female": 60, "sex:male": 40}, living={**LIVING, "sex:female": 5, "sex:male": 5}
    )
    assert [each.dimension for each in found.dimensions] == [Dimension.SEX]


def test_a_place_without_known_population_is_shown_without_judgement() -> None:
    found = held_against({"age:60_79": 100}, living={})
    assert found.coverage is None
    assert skews(found) == {"age:60_79": Skew.UNKNOWN}
    assert not found.is_skewed
