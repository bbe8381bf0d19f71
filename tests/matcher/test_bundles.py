"""Bundles: needs for one tender, every two of which could be bought together."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.bundles import BUNDLE_COLUMNS, bundles
from tests.matcher.tables import need, needs

PLAIN: dict[str, object] = {"service_codes": "EL-01", "beneficiary_codes": "B03", "months": 3}
NEXT = [("临江街道", "滨河街道")]
STREETS = ("甲街", "乙街", "丙街")
SIDES = [("甲街", "乙街"), ("乙街", "丙街")]


def two(first: dict[str, object], second: dict[str, object]) -> pd.DataFrame:
    """Two needs that differ from one plain need in what is given."""
    return needs(need(need_id="N1", **{**PLAIN, **first}), need(need_id="N2", **{**PLAIN, **second}))


def together(first: dict[str, object], second: dict[str, object], *neighbours: tuple[str, str]) -> bool:
    found = bundles(two(first, second), neighbours=neighbours)
    return found["bundle_id"].tolist() == ["B-N1", "B-N1"]


def test_a_bundle_tells_what_it_asks_for() -> None:
    second = {"street": "滨河街道", "start_month": 5, "beneficiary_codes": "B03;B12", "affected_people": ""}
    found = bundles(two({"budget_yuan": 500.5}, second), neighbours=NEXT)
    assert tuple(found.columns) == BUNDLE_COLUMNS
    told = found.drop(columns=["need_id", "coherence"]).to_dict("records")
    assert found["need_id"].tolist() == ["N1", "N2"]
    assert told[0] == told[1]
    assert told[0] == {
        "bundle_id": "B-N1",
        "alone": "",
        "service_codes": ["EL-01"],
        "beneficiary_codes": ["B03", "B12"],
        "streets": sorted(["临江街道", "滨河街道"]),
        "months": [4, 5, 6, 7],
        "people": 30,
        "people_unknown": 1,
        "budget_yuan": 20500.5,
        "budget_unknown": 0,
    }
    # Half of the groups, two of three months, the next street.
    assert found["coherence"].tolist() == pytest.approx([(1 / 2 + 2 / 3 + 1 / 2) / 3] * 2)


def test_needs_alike_in_all_are_as_coherent_as_can_be() -> None:
    assert bundles(two({}, {}))["coherence"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"service_codes": "EL-02"},
        {"service_codes": "EL-01;EL-02"},
        {"beneficiary_codes": "B06"},
        {"beneficiary_codes": "B03;B06;B12"},
        {"beneficiary_codes": "B01"},
        {"street": "滨河街道"},
        {"district": "河东区"},
        {"start_month": 8},
    ],
)
def test_other_things_people_places_or_months_are_not_bought_together(other: dict[str, object]) -> None:
    assert together({}, {})
    assert not together({}, other)
    found = bundles(two({}, other))
    assert found["bundle_id"].isna().all()
    assert found["alone"].tolist() == ["no_partner", "no_partner"]
    assert found["coherence"].isna().all()


def test_streets_are_neighbours_within_one_district_where_somebody_says_so() -> None:
    there: dict[str, object] = {"street": "滨河街道"}
    assert not together({}, there)
    assert together({}, there, *NEXT)
    assert together({}, there, ("滨河街道", "临江街道"))
    assert not together({}, {**there, "district": "河东区"}, *NEXT)
    assert not together({}, {"street": "湖畔街道"}, *NEXT)


def test_without_names_the_code_of_the_unit_tells_the_street() -> None:
    unnamed = {"street": "", "district": ""}
    here, there = ({**unnamed, "unit_code": code} for code in ("310190001002", "310190002001"))
    assert together(here, {**here, "unit_code": "310190001009"})
    assert not together(here, there)
    assert together(here, there, ("310190001", "310190002"))


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((4, 3), (6, 1), True),
        ((4, 3), (7, 1), True),
        ((4, 3), (8, 1), False),
        ((12, 1), (1, 1), True),
        ((11, 3), (2, 1), True),
        ((11, 3), (3, 1), False),
        ((4, ""), (5, ""), True),
        ((4, ""), (6, ""), False),
    ],
)
def test_months_meet_or_follow_one_another(
    first: tuple[int, object], second: tuple[int, object], meet: bool
) -> None:
    start, later = ({"start_month": month, "months": length} for month, length in (first, second))
    assert together(start, later) is together(later, start) is meet


@pytest.mark.parametrize(
    ("starts", "meet"),
    [("2026-07-01", True), ("2026-07-31", True), ("2026-08-01", False), ("2027-04-01", False)],
)
def test_days_tell_the_years_apart(starts: str, meet: bool) -> None:
    first = {"starts_on": "2026-04-01", "ends_on": "2026-06-30"}
    assert together(first, {"starts_on": starts, "ends_on": "2027-12-31", "months": 12}) is meet
    assert together({"starts_on": starts, "ends_on": "2027-12-31", "months": 12}, first) is meet


@pytest.mark.parametrize(
    ("lacking", "why"),
    [
        ({"service_codes": "", "title": "", "description": "", "beneficiary_group": ""}, "no_code"),
        ({"beneficiary_codes": "", "title": "", "description": "", "beneficiary_group": ""}, "no_people"),
        ({"start_month": ""}, "no_month"),
        ({"street": ""}, "no_place"),
        ({"district": ""}, "no_place"),
    ],
)
def test_what_is_not_known_agrees_with_nothing(lacking: dict[str, object], why: str) -> None:
    assert bundles(two(lacking, lacking))["alone"].tolist() == [why, why]


def test_where_nobody_picked_a_code_the_text_is_read() -> None:
    unpicked = {"service_codes": "", "beneficiary_codes": ""}
    found = bundles(two(unpicked, {**unpicked, "description": "几位老人吃饭难，想有人送午饭。"}))
    assert found["bundle_id"].tolist() == ["B-N1", "B-N1"]
    assert found["service_codes"].iat[0] == ["EL-01"]


def test_a_chain_of_neighbouring_streets_is_no_bundle() -> None:
    chain = needs(*(need(need_id=f"N{at}", **PLAIN, street=name) for at, name in enumerate(STREETS)))
    found = bundles(chain, neighbours=SIDES)
    assert found["bundle_id"].notna().sum() == 2
    assert found["alone"].tolist() == ["", "", "no_partner"]


ROW = st.fixed_dictionaries(
    {
        "service_codes": st.sampled_from(["EL-01", "EL-02"]),
        "beneficiary_codes": st.sampled_from(["B03", "B03;B12", "B12", "B03;B06;B12"]),
        "street": st.sampled_from(STREETS),
        "start_month": st.integers(1, 12),
        "months": st.integers(1, 6),
    }
)


def compatible(a: dict[str, object], b: dict[str, object]) -> bool:
    """Whether two needs could be bought together, from what the rule says."""
    mine, theirs = (set(str(row["beneficiary_codes"]).split(";")) for row in (a, b))
    runs, other = (
        {(int(str(row["start_month"])) + step) % 12 for step in range(int(str(row["months"])))}
        for row in (a, b)
    )
    streets = (a["street"], b["street"])
    return (
        a["service_codes"] == b["service_codes"]
        and 2 * len(mine & theirs) >= len(mine | theirs)
        and bool({(month + step) % 12 for month in runs for step in (-1, 0, 1)} & other)
        and (a["street"] == b["street"] or streets in SIDES or streets[::-1] in SIDES)
    )


@settings(max_examples=50)
@given(st.lists(ROW, max_size=12))
def test_every_two_of_a_bundle_are_compatible_and_no_two_left_alone_are(
    rows: list[dict[str, object]],
) -> None:
    table = (
        needs(*(need(need_id=f"N{at:02}", **row) for at, row in enumerate(rows)))
        if rows
        else needs().iloc[:0]
    )
    said = {f"N{at:02}": row for at, row in enumerate(rows)}
    before = table.copy()
    found = bundles(table, neighbours=SIDES)
    pd.testing.assert_frame_equal(table, before)
    assert sorted(found["need_id"]) == sorted(said)
    for bundle_id, members in found.groupby("bundle_id"):
        ids = members["need_id"].tolist()
        assert len(ids) > 1
        assert bundle_id == f"B-{ids[0]}"
        assert all(compatible(said[a], said[b]) for a, b in combinations(ids, 2))
        assert members["people"].tolist() == [30 * len(ids)] * len(ids)
        assert members["coherence"].between(0, 1).all()
    alone = found.loc[found["bundle_id"].isna(), "need_id"]
    assert not any(compatible(said[a], said[b]) for a, b in combinations(alone, 2))
    again = bundles(table.sample(frac=1, random_state=len(rows)), neighbours=SIDES)
    pd.testing.assert_frame_equal(again, found)
