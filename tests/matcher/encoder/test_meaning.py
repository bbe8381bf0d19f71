"""The signal is a centred cosine between 0 and 1, the same for a pair whatever stands beside it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matcher.candidates import Pairs
from matcher.encoder import EncoderError, LocalEncoder, MeaningIndex, joined_meanings, read_meaning
from matcher.encoder.protocol import Rows, unit
from tests.matcher.encoder import tiny

WIDTH = 5
SMALL = st.integers(-8, 8)


def rows(least: int = 1) -> st.SearchStrategy[Rows]:
    return st.integers(least, 7).flatmap(lambda n: arrays(np.float32, (n, WIDTH), elements=SMALL)).map(unit)


def grid(n_needs: int, n_services: int) -> Pairs:
    needs, services = np.indices((n_needs, n_services))
    return Pairs(needs.ravel(), services.ravel())


def test_the_cosine_is_taken_from_the_mean_of_the_services() -> None:
    services = unit(np.array([[3, 1, 0], [3, -1, 0]], dtype=np.float32))
    index = MeaningIndex().fit(services)
    mean = 3 / np.sqrt(10)
    assert index.mean_ == pytest.approx([mean, 0, 0])
    assert index.rows_ == pytest.approx(np.array([[0, 1, 0], [0, -1, 0]]), abs=1e-6)
    needs = unit(np.array([[7, 7, 0], [1, 0, 0]], dtype=np.float32))
    left = np.array([np.sqrt(0.5) - mean, np.sqrt(0.5)])
    expected = left[1] / np.linalg.norm(left)
    assert index.cosines(index.vectors(needs), grid(2, 2)) == pytest.approx([expected, 0, 0, 0], abs=1e-6)


@given(services=rows(), needs=rows())
def test_the_signal_lies_between_0_and_1_and_a_pair_stands_alone(services: Rows, needs: Rows) -> None:
    n, m = len(needs), len(services)
    index = MeaningIndex().fit(services)
    together = index.cosines(index.vectors(needs), grid(n, m))
    assert ((together >= 0) & (together <= 1)).all()
    for pair in range(n * m):
        need, service = divmod(pair, m)
        alone = index.cosines(index.vectors(needs[need : need + 1]), Pairs.of_one([service]))
        assert alone[0] == together[pair]


@given(row=arrays(np.float32, (1, WIDTH), elements=st.floats(-1, 1, width=32)), n=st.integers(1, 50))
def test_services_that_are_all_alike_are_near_to_nothing(row: Rows, n: int) -> None:
    index = MeaningIndex().fit(np.repeat(unit(row), n, axis=0))
    asked = index.vectors(np.eye(WIDTH, dtype=np.float32))
    assert not index.cosines(asked, grid(WIDTH, n)).any()


def test_a_service_is_nearest_to_its_own_text(tmp_path: Path) -> None:
    encoder = LocalEncoder(tiny.folder(tmp_path / "tiny"))
    texts = read_meaning(encoder, ["老人助餐送饭", "修灯", "社区的楼道", "workers, cafe"])
    index = MeaningIndex().fit(texts)
    found = index.cosines(index.vectors(texts), grid(4, 4)).reshape(4, 4)
    assert found.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert found.diagonal() == pytest.approx(1)


def test_without_an_encoder_nothing_is_near_anything() -> None:
    services, needs = read_meaning(None, ["老人", "灯"]), read_meaning(None, ["老人"])
    assert (services.shape, needs.shape) == ((2, 0), (1, 0))
    index = MeaningIndex().fit(services)
    assert index.cosines(index.vectors(needs), grid(1, 2)).tolist() == [0, 0]


@given(services=rows(), needs=rows())
def test_no_services_and_no_needs_are_no_fault(services: Rows, needs: Rows) -> None:
    nothing = read_meaning(None, [])
    empty = MeaningIndex().fit(nothing)
    assert empty.cosines(empty.vectors(needs), grid(len(needs), 0)).shape == (0,)
    full = MeaningIndex().fit(services)
    assert full.cosines(full.vectors(nothing), grid(0, len(services))).shape == (0,)
    assert np.array_equal(
        joined_meanings([nothing, services, nothing, needs]), np.concatenate([services, needs])
    )
    assert joined_meanings([nothing, nothing]).shape == (0, 0)


@given(services=rows())
def test_vectors_of_another_width_are_refused(services: Rows) -> None:
    other = services[:, 1:]
    with pytest.raises(EncoderError, match="differ in length"):
        MeaningIndex().fit(services).vectors(other)
    with pytest.raises(EncoderError, match="differ in length"):
        joined_meanings([services, other])
