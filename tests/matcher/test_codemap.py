"""The map from words to codes, and the utterances that teach it."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from matcher import default_vocabulary
from matcher.codemap import CodeMap, labels
from matcher.codes import code_reader
from matcher.grams import columns_of, counts_of_fields
from matcher.utterances import read_utterances

HEADER = "codes,groups,side,polarity,text\n"


def grams(*texts: str) -> object:
    return counts_of_fields([(list(texts), 1.0)])


def fitted() -> CodeMap:
    said = ["送餐上门", "送饭到家", "上门洗澡", "助浴"]
    return CodeMap().fit(grams(*said), labels([{"A"}, {"A"}, {"B"}, {"B"}], {"A": 0, "B": 1}))


def test_a_text_is_read_by_the_words_it_shares_with_the_lesson() -> None:
    evidence = fitted().decision_function(grams("老人要送餐", "浴室洗澡", "天气"))
    assert evidence[0].argmax() == 0
    assert evidence[1].argmax() == 1
    assert (evidence[2] == 0).all()


def test_what_carried_a_code_adds_up_to_the_evidence() -> None:
    learned, text = fitted(), grams("上门送餐")
    columns, added = learned.carried(text, 0)
    assert added.sum() == pytest.approx(learned.decision_function(text)[0, 0])
    assert columns[added.argmax()] in columns_of(["送", "餐", "送餐"])


def test_a_text_is_read_the_same_in_any_company() -> None:
    learned, texts = fitted(), ["上门送餐", "洗澡", "", "送"]
    together = learned.decision_function(grams(*texts))
    assert all(
        (learned.decision_function(grams(text))[0] == together[at]).all() for at, text in enumerate(texts)
    )


def test_nothing_is_read_before_the_lesson() -> None:
    with pytest.raises(NotFittedError):
        CodeMap().decision_function(grams("送餐"))


def test_a_picked_code_outweighs_what_the_words_say() -> None:
    reader = code_reader(default_vocabulary(), "service")
    read = reader.read(["老人送餐"] * 2, [""] * 2, ["", "EN-03;ZZ-99"])
    assert reader.codes[int(read[0].argmax())] == "EL-01"
    assert reader.codes[int(read[1].argmax())] == "EN-03"
    assert (np.linalg.norm(read, axis=1) <= 1 + 1e-9).all()


def test_an_utterance_that_only_looks_like_a_code_has_none(tmp_path: Path) -> None:
    rows = [
        "EL-01,B02,need,-,食堂招临时工",
        "EM-01,B10,need,+,食堂招临时工",
        "EL-01;EL-04,B03,need,+,没人做饭",
        "",
    ]
    (tmp_path / "EL.csv").write_text(HEADER + "\n".join(rows), encoding="utf-8")
    first, second = read_utterances(tmp_path)
    assert (first.text, first.codes, first.groups) == ("食堂招临时工", {"EM-01"}, {"B02", "B10"})
    assert (second.text, second.codes) == ("没人做饭", {"EL-01", "EL-04"})


@pytest.mark.parametrize(
    "row", ["EL-01,B02,neither,+,没人做饭", "EL-01,B02,need,?,没人做饭", "EL-01,B02,need,+,"]
)
def test_a_row_that_is_no_utterance_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "EL.csv").write_text(f"{HEADER}EL-01,B02,need,+,没人做饭\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"EL\.csv, line 3"):
        read_utterances(tmp_path)


def test_the_bank_tells_every_code_on_both_sides() -> None:
    vocabulary = default_vocabulary()
    told = {
        side: Counter(code for each in vocabulary.utterances if each.side == side for code in each.codes)
        for side in ("need", "service")
    }
    known = set(vocabulary.service_codes)
    assert set(told["need"]) == set(told["service"]) == known
    assert min(told["need"].values()) >= 30
    assert min(told["service"].values()) >= 8
    groups = {group for each in vocabulary.utterances for group in each.groups}
    assert groups <= set(vocabulary.beneficiary_groups)
