"""No number and no known name is left in an open answer."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.surveys.masking import MASK, mask

PLAIN = st.text(alphabet="服务很好谢谢你们，希望周末也来。送饭准时 ok", max_size=20)
GAPS = st.sampled_from(["", " ", "-", "－", ".", "  ", "·"])
MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINE = st.from_regex(r"(021)?[2-8][0-9]{7}", fullmatch=True)
IDENTITY = st.from_regex(r"310[0-9]{14}[0-9X]", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
SCRIPTS = st.sampled_from([{}, FULL_WIDTH, CHINESE])


@given(PLAIN, MOBILE | LANDLINE | IDENTITY, GAPS, st.integers(3, 6), SCRIPTS, PLAIN)
def test_no_telephone_or_identity_number_is_left(
    before: str, number: str, gap: str, size: int, script: dict[int, int], after: str
) -> None:
    grouped = gap.join(number[at : at + size] for at in range(0, len(number), size)).translate(script)
    found = mask(f"{before}{grouped}{after}")
    assert MASK in found
    assert not re.search(r"[0-9０-９X]|[〇一二三四五六七八九]{3}", found)


@given(PLAIN, st.from_regex(r"[a-z0-9_.]{1,12}@[a-z0-9]{1,8}\.(com|cn)", fullmatch=True), PLAIN)
def test_no_mail_address_is_left(before: str, mail: str, after: str) -> None:
    found = mask(f"{before} {mail} {after}")
    assert "@" not in found
    assert mail not in found


@given(PLAIN, PLAIN, st.lists(st.sampled_from(["张三丰", "12号阿婆", "凌小霄", "欧阳"]), min_size=1))
def test_no_name_of_the_register_is_left(before: str, after: str, names: list[str]) -> None:
    said = before + "和".join(names) + after
    assert not any(name in mask(said, names) for name in names)


@given(PLAIN)
def test_words_without_numbers_and_names_stay_as_they_are(words: str) -> None:
    assert mask(words) == words


@given(st.text(max_size=60))
def test_whatever_is_written_no_seven_digits_are_left(words: str) -> None:
    assert not re.search(r"\d{7}", mask(words))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("每周送3次，很准时。", "每周送3次，很准时。"),
        ("请打 021-6420 1234 找我", f"请打 {MASK} 找我"),
        ("我住3号楼502室", f"我住{MASK}{MASK}"),
        ("弄堂125弄8号", f"弄堂{MASK}{MASK}"),
        ("我叫李阿大，王老师很好", f"我叫{MASK}，{MASK}老师很好"),
        ("打过12345，没有用。", "打过12345，没有用。"),
        ("打①③⑧①⑦⑥⑤④③②①", f"打{MASK}"),
        ("身份证31010119420305123x，谢谢", f"身份证{MASK}，谢谢"),
    ],
)
def test_what_is_masked(said: str, kept: str) -> None:
    assert mask(said) == kept
