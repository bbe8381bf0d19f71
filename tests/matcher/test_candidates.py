"""Candidates: all of a small catalogue, and of a large one what the whole product would put first."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import Matcher
from matcher import candidates as module
from matcher.candidates import CandidateIndex, Pairs
from matcher.grams import counts_of_fields
from matcher.retrieve import GramIndex
from tests.matcher.tables import need, needs, service, services, several_needs

WORDS = "老人送餐助浴陪诊垃圾分类电梯反诈急救养犬托管议事调解花园"


def texts(n: int, seed: int = 1) -> list[str]:
    """Texts of few characters, so that many are alike and some are the same."""
    generator = np.random.default_rng(seed)
    return ["".join(generator.choice(list(WORDS), generator.integers(2, 9))) for _ in range(n)]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every catalogue counts as large."""
    monkeypatch.setattr(module, "ALL", 0)
    monkeypatch.setattr(module, "_COMMON", 1.0)  # of a few dozen texts everything is common


@st.composite
def pairs(draw: st.DrawFn) -> tuple[int, Pairs]:
    sizes = draw(st.lists(st.integers(0, 5), max_size=8))
    rows = np.repeat(np.arange(len(sizes)), sizes)
    services = np.concatenate([np.arange(size) for size in sizes]) if sizes else np.empty(0, int)
    return len(sizes), Pairs(rows, services.astype(int))


@given(pairs(), st.integers(1, 12))
def test_parts_hold_every_need_once_and_whole(told: tuple[int, Pairs], most: int) -> None:
    n_needs, whole = told
    parts = list(whole.parts(n_needs, most))
    assert [first for first, _, _ in parts] == [0, *(last for _, last, _ in parts)][: len(parts)]
    assert (parts[-1][1] if parts else 0) == n_needs
    again = [(part.needs + first, part.services) for first, _, part in parts]
    assert np.array_equal(np.concatenate([np.empty(0, int), *(rows for rows, _ in again)]), whole.needs)
    assert np.array_equal(np.concatenate([np.empty(0, int), *(its for _, its in again)]), whole.services)
    assert all(len(part) <= most or last - first == 1 for first, last, part in parts)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("n_needs", [3, 60])
def test_the_most_promising_are_those_of_the_whole_product(n_needs: int) -> None:
    offered, asked = (counts_of_fields([(texts(n, seed), 1.0)]) for n, seed in ((300, 1), (n_needs, 2)))
    codes = np.random.default_rng(3).random((300 + n_needs, 4)).astype(np.float32) ** 6
    index = GramIndex().fit(offered)
    found = (
        CandidateIndex(most=20)
        .fit(index.documents_, codes[:300], index.found_in_)
        .find(index.vectors(asked), codes[300:])
    )
    entries, queries = (
        module._joined(index.documents_, codes[:300]),
        module._joined(index.vectors(asked), codes[300:]),
    )
    product = (queries @ entries.T).toarray()
    assert set(found.needs.tolist()) == set(range(n_needs))
    for row, of_need in found.by_need():
        looked_at = product[row, found.services[of_need]]
        left_out = np.delete(product[row], found.services[of_need])
        assert len(looked_at) >= 20
        assert looked_at.min() >= left_out.max() - 1e-6


@pytest.mark.usefixtures("large")
def test_few_needs_find_what_many_find() -> None:
    offered, asked = (counts_of_fields([(texts(n, seed), 1.0)]) for n, seed in ((300, 1), (60, 2)))
    index = GramIndex().fit(offered)
    none, ask = np.zeros((300, 1), np.float32), np.zeros((60, 1), np.float32)
    candidates = CandidateIndex(most=10).fit(index.documents_, none, index.found_in_)
    together = candidates.find(index.vectors(asked), ask)
    for row, of_need in together.by_need():
        alone = candidates.find(index.vectors(asked[[row]]), ask[[row]])
        assert np.array_equal(alone.services, together.services[of_need])


@pytest.mark.usefixtures("large")
def test_any_number_of_identical_services_come_out_in_order_of_their_ids() -> None:
    same = pd.DataFrame([service(service_id=f"S{number:05}") for number in range(10_000, 0, -1)])
    run = Matcher().fit(same).match(needs(), top=5)
    assert run["service_id"].tolist() == ["S00001", "S00002", "S00003", "S00004", "S00005"]


@pytest.mark.usefixtures("large")
def test_a_block_keeps_to_itself() -> None:
    offered, asked = (counts_of_fields([(texts(n, seed), 1.0)]) for n, seed in ((100, 1), (4, 2)))
    index = GramIndex().fit(offered)
    none, ask = np.zeros((100, 1), np.float32), np.zeros((4, 1), np.float32)
    blocks = [(np.array([0, 2]), np.arange(0, 50)), (np.array([1]), np.arange(50, 100))]
    found = (
        CandidateIndex(most=5)
        .fit(index.documents_, none, index.found_in_)
        .find(index.vectors(asked), ask, blocks)
    )
    assert set(found.services[np.isin(found.needs, [0, 2])].tolist()) <= set(range(50))
    assert set(found.services[found.needs == 1].tolist()) <= set(range(50, 100))
    assert 3 not in found.needs


@pytest.mark.usefixtures("large")
def test_a_large_catalogue_is_ranked_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        service(service_id=f"S{number:03}", title=title, description=rest)
        for number, (title, rest) in enumerate(zip(texts(150, 4), texts(150, 5), strict=True))
    ]
    asked = pd.concat([several_needs(), needs(need(need_id="N9", title=texts(1, 6)[0]))], ignore_index=True)
    found = Matcher().fit(services(*rows)).match(asked, top=10)
    monkeypatch.setattr(module, "ALL", 10**9)
    pd.testing.assert_frame_equal(found, Matcher().fit(services(*rows)).match(asked, top=10))
