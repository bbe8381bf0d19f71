"""What a sentence suggests while it is still being written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import Proposer

PROPOSER = Proposer()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("我们楼里几个老太太烧不动饭了", "EL-01"),
        ("三号楼电梯老是坏，上礼拜关了个人", "SA-04"),
        ("放暑假了，双职工家里孩子没人看", "WF-02"),
        ("独居阿婆三天没开门了", "EL-04"),
        ("老伴痴呆，一刻也離不開人", "EL-05"),
        ("楼上半夜拖椅子，吵得睡不着，天天吵架", "DM-01"),
        ("reader wanted: a wheelchair ramp for our door", "DI-03"),
    ],
)
def test_the_first_code_is_what_the_sentence_is_about(text: str, code: str) -> None:
    assert PROPOSER.propose(text).codes[0].code == code


def test_a_code_without_a_known_wording_can_be_proposed_by_likeness() -> None:
    found = {
        suggestion.code: suggestion.hits
        for suggestion in PROPOSER.propose("孩子爸妈都坐牢了，跟奶奶过").codes
    }
    assert found.get("WF-05") == ()


def test_groups_are_proposed_too() -> None:
    groups = [suggestion.code for suggestion in PROPOSER.propose("失能老人没人洗澡").groups]
    assert set(groups) >= {"B02", "B03"}


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("路灯不亮好几个月，物业不管", "X1"),
        ("隔壁群租，还搭违章", "X2"),
        ("要办居住证，不知道去哪里", "X3"),
        ("燃气泄漏了", "X6"),
        ("想找月嫂", "X7"),
    ],
)
def test_what_is_not_an_organisations_work_is_hinted_at_with_its_words(text: str, route: str) -> None:
    first = PROPOSER.propose(text).routes[0]
    assert first.code == route
    assert all(text[hit.start : hit.end] for hit in first.hits)
    assert first.hits


def test_what_is_not_needed_is_not_proposed() -> None:
    codes = [suggestion.code for suggestion in PROPOSER.propose("想量血压，不需要送餐").codes]
    assert "HE-01" in codes
    assert "EL-01" not in codes


def test_places_count_over_title_and_text() -> None:
    title, text = "老人吃飯難", "想請人送餐"
    whole = f"{title}\n{text}"
    hits = PROPOSER.propose(text, title=title).codes[0].hits
    assert {whole[hit.start : hit.end] for hit in hits} == {"吃飯難", "送餐"}


@pytest.mark.parametrize("text", ["", " \n", "你好", "asdf", "😀𠮷", "，。！", "0"])
def test_nothing_is_suggested_by_nothing(text: str) -> None:
    proposal = PROPOSER.propose(text)
    assert (proposal.codes, proposal.groups, proposal.routes) == ((), (), ())


def test_a_megabyte_is_read_by_its_beginning() -> None:
    text = "老人没人做饭。" + "楼道堆物。" * 200_000
    proposal = PROPOSER.propose(text)
    assert "EL-01" in {suggestion.code for suggestion in proposal.codes}
    assert max(hit.end for suggestion in proposal.codes for hit in suggestion.hits) <= 5000


@given(st.text(max_size=200))
def test_any_text_has_an_answer_with_scores_in_order(text: str) -> None:
    proposal = PROPOSER.propose(text)
    for suggestions in (proposal.codes, proposal.groups, proposal.routes):
        scores = [suggestion.score for suggestion in suggestions]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 + 1e-9 for score in scores)
