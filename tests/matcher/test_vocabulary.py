"""The controlled vocabulary: complete, editable, and found in texts as people write them."""

import csv
import re
import shutil
from pathlib import Path

import pytest

import matcher
from matcher import default_vocabulary
from matcher.vocabulary import Vocabulary, Wordings

FOLDER = Path(matcher.__file__).parent / "vocabulary"
VOCABULARY = default_vocabulary()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(text: str, kind: str = "service") -> set[str]:
    return {hit.code for hit in VOCABULARY.find(text) if hit.kind == kind and not hit.negated}


def test_all_codes_are_there() -> None:
    assert len(VOCABULARY.service_codes) == 72
    assert list(VOCABULARY.beneficiary_groups) == [f"B{number:02}" for number in range(1, 21)]
    assert list(VOCABULARY.community_types) == [f"C{number}" for number in range(1, 8)]
    assert list(VOCABULARY.routes) == [f"X{number}" for number in range(1, 8)]
    assert all(term.zh and term.en for term in VOCABULARY.service_codes.values())


@pytest.mark.parametrize(
    ("name", "known", "least"),
    [
        ("service_wordings.csv", VOCABULARY.service_codes, 30),
        ("beneficiary_wordings.csv", VOCABULARY.beneficiary_groups, 3),
        ("route_wordings.csv", VOCABULARY.routes, 10),
    ],
)
def test_every_code_has_wordings_and_every_wording_a_code(
    name: str, known: dict[str, object], least: int
) -> None:
    pairs = [(row["code"], row["wording"]) for row in rows(name)]
    assert len(pairs) == len(set(pairs))
    assert {code for code, _ in pairs} == set(known)
    assert all(wording == wording.strip() and wording for _, wording in pairs)
    assert min([code for code, _ in pairs].count(code) for code in known) >= least


def test_a_code_is_found_under_its_own_name() -> None:
    for code, term in VOCABULARY.service_codes.items():
        assert code in codes(term.zh), term


def test_no_variant_is_replaced_twice() -> None:
    variants = {row["variant"]: row["standard"] for row in rows("variants.csv")}
    for variant, standard in variants.items():
        assert VOCABULARY.standardise(variant).text == standard
        assert VOCABULARY.standardise(standard).text == standard


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("老太太汏浴難", "EL-02"),
        ("ＡＥＤ没人会用", "HE-03"),
        ("小囡放学没人管", "WF-02"),
        ("電瓶車飛線充電", "EN-05"),
        ("a wheelchair ramp at our door", "DI-03"),
    ],
)
def test_a_wording_is_found_in_any_writing(text: str, code: str) -> None:
    assert code in codes(text)


def test_one_text_may_speak_of_several_codes() -> None:
    assert {"EL-01", "EL-02"} <= codes("老人吃饭难，洗澡难")


def test_the_longest_wording_wins() -> None:
    wordings = Wordings([("A", "助残"), ("B", "助残员"), ("C", "残")])
    assert wordings.find("上门助残员残") == [("助残员", 2, 5), ("残", 5, 6)]


def test_a_latin_wording_is_not_found_inside_a_word() -> None:
    wordings = Wordings([("A", "cat")])
    assert wordings.find("education cats cat") == [("cat", 15, 18)]
    assert wordings.find("养cat的") == [("cat", 1, 4)]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("楼道堆物", False),
        ("楼道堆物已解决", True),
        ("楼道堆物问题已经解决", True),
        ("楼道堆物还没解决", False),
        ("不需要清理楼道堆物", True),
        ("不需要送餐，楼道堆物要清", False),
        ("楼道堆物要清，送餐不需要", False),
    ],
)
def test_a_negation_reaches_no_further_than_its_clause(text: str, negated: bool) -> None:
    polarity = {hit.negated for hit in VOCABULARY.find(text) if hit.code == "EN-04"}
    assert polarity == {negated}


def test_a_hit_stands_where_the_writer_put_it() -> None:
    text = "😀三樓老太太汏浴難，没人帮"
    hit = next(hit for hit in VOCABULARY.find(text) if hit.code == "EL-02")
    assert text[hit.start : hit.end] == "汏浴難"


def test_a_social_worker_can_add_a_wording(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "service_wordings.csv").open("a", encoding="utf-8") as file:
        file.write("EN-02,梧桐絮满天飞\n")
    text = "四月里梧桐絮满天飞"
    assert [hit.code for hit in Vocabulary(tmp_path).find(text, ["service"])] == ["EN-02"]
    assert "EN-02" not in codes(text)


def test_no_service_is_found_by_a_person_who_may_only_be_telling_the_story() -> None:
    people = ["老人", "孩子", "妈妈", "爸爸", "奶奶", "媳妇", "婆婆", "老公", "邻居", "阿姨", "书记", "居民"]
    assert [person for person in people if codes(person)] == []


def test_no_wording_is_a_bare_stop_word() -> None:
    stop_words = {row["word"] for row in rows("stop_words.csv")}
    wordings = {row["wording"] for row in rows("service_wordings.csv")}
    assert not wordings & stop_words
    assert not [word for word in wordings if re.fullmatch(r"\W+", word)]
