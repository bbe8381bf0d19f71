"""Drafts are hidden at rest, and keys can be renewed."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Invalid
from models.sealing.drafts import DraftKeeper, draft_keys

OLD, NEW = bytes(32), bytes(range(32))
DRAFT, OTHER = UUID(int=1), UUID(int=2)
KEEPER = DraftKeeper([OLD])
HIDDEN = KEEPER.hide("报价 480000.00".encode(), draft_id=DRAFT)


def refuse(keeper: DraftKeeper, hidden: bytes, draft_id: UUID = DRAFT) -> None:
    with pytest.raises(Invalid, match="draft_unreadable"):
        keeper.show(hidden, draft_id=draft_id)


@given(plaintext=st.binary(max_size=500))
def test_what_is_hidden_is_shown_again(plaintext: bytes) -> None:
    hidden = KEEPER.hide(plaintext, draft_id=DRAFT)
    assert KEEPER.show(hidden, draft_id=DRAFT) == plaintext
    assert len(plaintext) < 4 or plaintext not in hidden


def test_the_same_draft_saved_twice_looks_different() -> None:
    assert KEEPER.hide(b"same", draft_id=DRAFT) != KEEPER.hide(b"same", draft_id=DRAFT)


@given(place=st.integers(0, len(HIDDEN) - 1), mask=st.integers(1, 255))
def test_any_changed_byte_is_refused(place: int, mask: int) -> None:
    altered = bytearray(HIDDEN)
    altered[place] ^= mask
    refuse(KEEPER, bytes(altered))


@given(end=st.integers(0, len(HIDDEN) - 1))
def test_a_cut_draft_is_refused(end: int) -> None:
    refuse(KEEPER, HIDDEN[:end])


def test_a_draft_put_in_the_place_of_another_is_refused() -> None:
    refuse(KEEPER, HIDDEN, OTHER)


def test_after_a_new_key_old_drafts_are_read_and_new_ones_need_it() -> None:
    both = DraftKeeper([NEW, OLD])
    assert both.show(HIDDEN, draft_id=DRAFT) == KEEPER.show(HIDDEN, draft_id=DRAFT)
    written = both.hide(b"later", draft_id=DRAFT)
    assert DraftKeeper([NEW]).show(written, draft_id=DRAFT) == b"later"
    refuse(KEEPER, written)


def test_a_key_taken_away_destroys_what_it_hid() -> None:
    refuse(DraftKeeper([NEW]), HIDDEN)


def test_a_keeper_needs_a_key() -> None:
    with pytest.raises(ValueError, match="no key"):
        DraftKeeper([])


def test_the_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "draft_keys"
    (key,) = draft_keys(path)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert draft_keys(path) == (key,)
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_start_together_read_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(draft_keys, [tmp_path / "draft_keys"] * 32))
    assert len(found) == 1


def test_a_line_put_in_front_is_the_new_key(tmp_path: Path) -> None:
    path = tmp_path / "draft_keys"
    (old,) = draft_keys(path)
    path.write_text(f"{NEW.hex()}\n{old.hex()}\n")
    assert draft_keys(path) == (NEW, old)


@pytest.mark.parametrize("text", ["", "\n", "00" * 31, "no key", f"{'00' * 32}\n00"])
def test_a_damaged_key_file_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "draft_keys"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"key|hexadecimal"):
        draft_keys(path)
