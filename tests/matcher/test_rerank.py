"""The newcomers' floor: held where it can be, at the least cost, and told."""

import math
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import Matcher
from matcher.metrics import ndcg
from matcher.rerank import rerank
from tests.matcher.tables import catalogue, several_needs

# Sixteenths add up exactly, so that two sums can be compared as they are.
SCORE = st.integers(0, 16).map(lambda sixteenths: sixteenths / 16)
LIST = st.lists(st.tuples(SCORE, st.booleans(), st.booleans()), min_size=1, max_size=8)
FLOOR = st.sampled_from([0.0, 0.2, 0.25, 1 / 3, 0.5, 1.0])


def made_run(*lists: list[tuple[float, bool, bool]]) -> tuple[pd.DataFrame, set[str]]:
    """A run of needs N0, N1 ..., each of (score, newcomer, refused), and the newcomers' services."""
    parts, newcomers = [], set()
    for number, rows in enumerate(lists):
        ids = [f"{'new' if new else 'old'}-{at}" for at, (_, new, _) in enumerate(rows)]
        newcomers |= {service_id for service_id in ids if service_id.startswith("new")}
        verdicts = ["refused" if refused else "eligible" for *_, refused in rows]
        scores = [score for score, *_ in rows]
        part = pd.DataFrame(
            {"need_id": f"N{number}", "service_id": ids, "score": scores, "verdict": verdicts}
        )
        part = part.sort_values(["score", "service_id"], ascending=[False, True])
        parts.append(part.assign(rank=part.groupby("verdict").cumcount() + 1))
    return pd.concat(parts, ignore_index=True), newcomers


def ranked(*letters: str) -> tuple[pd.DataFrame, set[str]]:
    """One need; each letter a service, n of a newcomer, o of another, in falling order of score."""
    return made_run([(1 - at / 32, letter == "n", False) for at, letter in enumerate(letters)])


def first(run: pd.DataFrame, k: int) -> list[str]:
    return run.sort_values("rank").loc[lambda table: table["rank"] <= k, "service_id"].tolist()


@given(LIST, FLOOR, st.integers(1, 5), SCORE)
def test_the_floor_is_held_and_no_choice_that_holds_it_has_more_score(
    rows: list[tuple[float, bool, bool]], floor: float, k: int, least: float
) -> None:
    run, newcomers = made_run(rows)
    made = rerank(run, newcomers, floor, k, least_score=least).run
    may_choose = [(score, new and score >= least) for score, new, refused in rows if not refused]
    owed = min(math.ceil(round(floor * k, 9)), sum(liftable for _, liftable in may_choose))
    sums = [
        sum(score for score, _ in chosen)
        for chosen in combinations(may_choose, min(k, len(may_choose)))
        if sum(liftable for _, liftable in chosen) >= owed
    ]
    top = made[(made["rank"] <= k) & (made["verdict"] != "refused")]
    lifted = top[top["old_rank"] > k]
    assert top["score"].sum() == max(sums)
    assert (top["service_id"].isin(newcomers) & (top["score"] >= least)).sum() >= owed
    assert lifted["service_id"].isin(newcomers).all()
    assert (lifted["score"] >= least).all()


@given(st.lists(LIST, min_size=1, max_size=3), FLOOR, st.integers(1, 5))
def test_every_row_stays_and_needs_are_ranked_each_for_itself(
    lists: list[list[tuple[float, bool, bool]]], floor: float, k: int
) -> None:
    run, newcomers = made_run(*lists)
    before = run.copy()
    made = rerank(run, newcomers, floor, k)
    pd.testing.assert_frame_equal(run, before)
    pair = ["need_id", "service_id"]
    old = made.run.drop(columns="rank").rename(columns={"old_rank": "rank"}).sort_values(pair)
    pd.testing.assert_frame_equal(
        old[run.columns].reset_index(drop=True), run.sort_values(pair, ignore_index=True)
    )
    for (_, verdict), rows in made.run.groupby(["need_id", "verdict"]):
        assert rows["rank"].tolist() == list(range(1, len(rows) + 1))
        assert verdict != "refused" or (rows["rank"] == rows["old_rank"]).all()
    alone = [rerank(rows, newcomers, floor, k) for _, rows in run.groupby("need_id")]
    pd.testing.assert_frame_equal(made.run, pd.concat([each.run for each in alone], ignore_index=True))
    shuffled = rerank(run.sample(frac=1, random_state=len(run)), newcomers, floor, k)
    pd.testing.assert_frame_equal(shuffled.run, made.run)
    pd.testing.assert_frame_equal(shuffled.costs, made.costs)


@given(LIST, FLOOR, st.integers(1, 5))
def test_a_second_time_changes_nothing(rows: list[tuple[float, bool, bool]], floor: float, k: int) -> None:
    run, newcomers = made_run(rows)
    once = rerank(run, newcomers, floor, k)
    twice = rerank(once.run, newcomers, floor, k)
    pd.testing.assert_frame_equal(twice.run.drop(columns="old_rank"), once.run.drop(columns="old_rank"))


def test_newcomers_take_the_last_places_of_the_lowest_others() -> None:
    run, newcomers = ranked("o", "o", "n", "o", "o", "n", "o", "n")
    made = rerank(run, newcomers, 0.5, 4)
    assert first(made.run, 8) == ["old-0", "old-1", "new-2", "new-5", "old-3", "old-4", "old-6", "new-7"]
    assert made.run["old_rank"].tolist() == [1, 2, 3, 6, 4, 5, 7, 8]
    assert made.costs.to_dict("records")[0]["before"] == 1
    assert made.costs.to_dict("records")[0]["after"] == made.asked == 2
    assert made.score_lost == 2 / 32 / 4
    assert made.short == 0


@pytest.mark.parametrize(
    ("floor", "k", "asked"), [(0.2, 10, 2), (0.25, 10, 3), (0.28, 25, 7), (0, 10, 0), (1, 3, 3)]
)
def test_the_floor_is_rounded_up_to_whole_places(floor: float, k: int, asked: int) -> None:
    run, newcomers = ranked(*"o" * k, *"n" * k)
    made = rerank(run, newcomers, floor, k, least_score=0)
    assert made.asked == made.costs["after"].iat[0] == asked


def test_nobody_refused_or_below_the_least_score_is_lifted_and_the_need_is_told_short() -> None:
    run, newcomers = made_run(
        [(0.9, False, False), (0.8, False, False), (0.7, True, True), (0.5, True, False)]
    )
    assert (
        first(rerank(run, newcomers, 0.5, 2, least_score=0.5).run.query("verdict != 'refused'"), 2)[1]
        == "new-3"
    )
    made = rerank(run, newcomers, 0.5, 2, least_score=0.51)
    assert (made.run["rank"] == made.run["old_rank"]).all()
    assert (made.short, made.score_lost) == (1, 0)


def test_the_cost_in_ndcg_is_that_of_the_needs_with_grades() -> None:
    lists = [(1 - at / 32, at == 3, False) for at in range(4)]
    run, newcomers = made_run(lists, lists, lists)
    grades = {"N0": {"old-0": 3, "old-1": 2, "new-3": 1}, "N1": {"old-0": 0}}
    made = rerank(run, newcomers, 0.5, 2, grades=grades)
    lost = ndcg([3, 2], [3, 2, 1], 2) - ndcg([3, 1], [3, 2, 1], 2)
    assert made.costs["ndcg_lost"].iat[0] == pytest.approx(lost)
    assert made.costs["ndcg_lost"].isna().tolist() == [False, True, True]
    assert made.ndcg_lost == pytest.approx(lost)
    assert math.isnan(rerank(run, newcomers).ndcg_lost)


def test_a_run_of_the_matcher_keeps_its_columns() -> None:
    run = Matcher().fit(catalogue()).match(several_needs(), top=8)
    unchanged = rerank(run, {"S-dogs"}, 0, 3).run.drop(columns="old_rank")
    pd.testing.assert_frame_equal(unchanged, run)
    made = rerank(run, {"S-dogs"}, 0.2, 3, least_score=0)
    assert (made.run.loc[made.run["service_id"] == "S-dogs", "rank"] <= 3).all()


def test_a_run_of_nothing_stays_so() -> None:
    run, newcomers = ranked("o", "n")
    made = rerank(run.iloc[:0], newcomers)
    assert (len(made.run), len(made.costs), made.score_lost, made.short) == (0, 0, 0, 0)


@pytest.mark.parametrize(("floor", "k"), [(-0.1, 10), (1.1, 10), (math.nan, 10), (0.2, 0)])
def test_a_floor_that_is_no_share_is_refused(floor: float, k: int) -> None:
    run, newcomers = ranked("o", "n")
    with pytest.raises(ValueError, match="floor"):
        rerank(run, newcomers, floor, k)
