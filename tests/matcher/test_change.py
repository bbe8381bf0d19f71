"""A changed catalogue answers as one that was fitted anew."""

from copy import copy

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Matcher, SheetError
from matcher import candidates as module
from tests.matcher.tables import catalogue, services, several_needs

WHOLE = catalogue()
IDS = WHOLE["service_id"].tolist()
BEGUN = Matcher().fit(WHOLE)


def refitted(added: pd.DataFrame, removed: list[str]) -> tuple[Matcher, pd.DataFrame]:
    gone = {*removed, *added["service_id"]}
    table = pd.concat([WHOLE[~WHOLE["service_id"].isin(gone)], added], ignore_index=True)
    return Matcher().fit(table), table


@given(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)), st.integers(0, 3))
@settings(max_examples=25)
def test_a_changed_catalogue_is_the_refitted_one(changed: set[str], removed: set[str], new: int) -> None:
    told = WHOLE[WHOLE["service_id"].isin(changed - removed)]
    told = told.assign(description=told["description"] + "，夜里也来", unit_price_yuan=5.0)
    fresh = WHOLE.iloc[:new].assign(service_id=[f"A-{at}" for at in range(new)], title="陪老人去医院")
    added = pd.concat([told, fresh], ignore_index=True)
    expected, table = refitted(added, sorted(removed))
    found = copy(BEGUN).change(added, sorted(removed))
    assert found.services_["service_id"].tolist() == sorted(table["service_id"])
    runs = [matcher.match(several_needs(), top=99, refused=True) for matcher in (found, expected)]
    pd.testing.assert_frame_equal(*runs)


def test_of_a_large_catalogue_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALL", 0)
    monkeypatch.setattr(module, "_COMMON", 1.0)
    begun = Matcher().fit(WHOLE)
    expected, _ = refitted(WHOLE.iloc[:0], IDS[:2])
    found = begun.change(WHOLE.iloc[:0], IDS[:2])
    pd.testing.assert_frame_equal(
        found.match(several_needs(), top=99, refused=True),
        expected.match(several_needs(), top=99, refused=True),
    )
    assert np.array_equal(found.topic_.candidates_.entry_of_, expected.topic_.candidates_.entry_of_)


def test_a_copy_goes_on_as_it_was() -> None:
    before = BEGUN.match(several_needs())
    copy(BEGUN).change(WHOLE.iloc[:0], IDS)
    pd.testing.assert_frame_equal(BEGUN.match(several_needs()), before)


def test_everything_may_go() -> None:
    assert copy(BEGUN).change(WHOLE.iloc[:0], IDS).match(several_needs()).empty


def test_what_is_not_there_cannot_go() -> None:
    with pytest.raises(KeyError, match="S-none"):
        copy(BEGUN).change(WHOLE.iloc[:0], ["S-none"])


def test_a_bad_row_changes_nothing() -> None:
    matcher = copy(BEGUN)
    bad = services(WHOLE.iloc[0].to_dict()).assign(unit_price_yuan="dear")
    with pytest.raises(SheetError, match="unit_price_yuan"):
        matcher.change(bad)
    assert matcher.services_ is BEGUN.services_
