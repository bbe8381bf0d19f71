"""A catalogue on disk answers as the one that was saved, and says so when it cannot."""

import json
import multiprocessing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matcher import Matcher, Vocabulary
from matcher import candidates as module
from matcher.index_file import IndexFileError, load_index, save_index
from tests.matcher.tables import catalogue, several_needs

FITTED = Matcher(stale_after=100).fit(catalogue())


def answers(matcher: Matcher) -> pd.DataFrame:
    return matcher.match(several_needs(), top=99, refused=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_index(FITTED, tmp_path / "index")
    return tmp_path / "index"


def test_what_is_loaded_answers_as_what_was_saved(folder: Path) -> None:
    loaded = load_index(folder)
    pd.testing.assert_frame_equal(loaded.services_, FITTED.services_)
    pd.testing.assert_frame_equal(answers(loaded), answers(FITTED))
    assert loaded.stale_after == 100
    need = several_needs().iloc[0]
    assert loaded.explain(need, "S-meals") == FITTED.explain(need, "S-meals")


def test_of_a_large_catalogue_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALL", 0)
    monkeypatch.setattr(module, "_COMMON", 1.0)
    fitted = Matcher().fit(catalogue())
    save_index(fitted, tmp_path / "index")
    pd.testing.assert_frame_equal(answers(load_index(tmp_path / "index")), answers(fitted))


def test_an_empty_catalogue_is_kept(tmp_path: Path) -> None:
    save_index(Matcher().fit(catalogue().iloc[:0]), tmp_path / "index")
    assert answers(load_index(tmp_path / "index")).empty


def test_any_text_comes_back(tmp_path: Path) -> None:
    odd = ["", "😀𠮷", "\ud800", "a\x00b", "长" * 70_000]
    table = catalogue().iloc[: len(odd)].assign(title=odd, extra=range(len(odd)))
    fitted = Matcher().fit(table)
    save_index(fitted, tmp_path / "index")
    loaded = load_index(tmp_path / "index").services_
    pd.testing.assert_frame_equal(loaded, fitted.services_.drop(columns="extra"))


def test_a_loaded_catalogue_can_change(folder: Path) -> None:
    changed = load_index(folder).change(catalogue().iloc[:0], ["S-meals"])
    expected = Matcher(stale_after=100).fit(catalogue()[lambda table: table["service_id"] != "S-meals"])
    pd.testing.assert_frame_equal(answers(changed), answers(expected))


def test_large_arrays_are_mapped_and_nobody_may_write_them(folder: Path) -> None:
    weights = load_index(folder).topic_.characters_.documents_.data
    assert not weights.flags.owndata
    assert not weights.flags.writeable


def _first(folder: str) -> str:
    return str(answers(load_index(Path(folder)))["service_id"].iat[0])


def test_several_processes_share_one_file(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_first, [str(folder)] * 2) == [answers(FITTED)["service_id"].iat[0]] * 2


def test_an_index_replaces_an_index_while_it_is_in_use(folder: Path) -> None:
    loaded = load_index(folder)
    save_index(Matcher().fit(catalogue().iloc[:2]), folder)
    pd.testing.assert_frame_equal(answers(loaded), answers(FITTED))
    assert len(load_index(folder).services_) == 2
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_what_is_no_index_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    (tmp_path / "holiday.txt").write_text("keep me")
    for use in (load_index, lambda folder: save_index(FITTED, folder)):
        with pytest.raises(IndexFileError) as caught:
            use(tmp_path)
        assert caught.value.code == "not_an_index"
    assert (tmp_path / "holiday.txt").read_text() == "keep me"


@pytest.mark.parametrize("harm", ["gone", "cut", "other", "objects"])
def test_a_damaged_index_says_which_file(folder: Path, harm: str) -> None:
    path = folder / "codes.npy"
    if harm == "gone":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    else:
        np.save(path, np.array([None]) if harm == "objects" else np.zeros(3), allow_pickle=True)
    with pytest.raises(IndexFileError, match=r"codes\.npy") as caught:
        load_index(folder)
    assert caught.value.code == "damaged"


@pytest.mark.parametrize("name", ["format", "model", "vocabulary"])
def test_an_index_of_other_making_is_refused(folder: Path, name: str) -> None:
    about = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**about, name: "older"}))
    with pytest.raises(IndexFileError, match="older") as caught:
        load_index(folder)
    assert caught.value.code == f"other_{name}"


def test_an_edited_vocabulary_is_another(tmp_path: Path) -> None:
    source = Vocabulary().folder
    for path in source.rglob("*.csv"):
        copied = tmp_path / path.relative_to(source)
        copied.parent.mkdir(exist_ok=True)
        copied.write_bytes(path.read_bytes())
    same = Vocabulary(tmp_path).digest
    with (tmp_path / "stop_words.csv").open("a") as words:
        words.write("新词\n")
    assert Vocabulary().digest == same != Vocabulary(tmp_path).digest
