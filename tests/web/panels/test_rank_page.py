"""The page that computes a ranking again, for a visitor, in both languages."""

from io import BytesIO

import pytest

from models.panels.ranking.report import recompute
from tests.conftest import SignInAs
from tests.factories.ranking import bid, content, written
from tests.page import Page, PageClient
from web.panels.forms import KILOBYTES

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])
COMPUTE = {"zh": "重算", "en": "Compute"}


def computed(pages: PageClient, given: object, *, locale: str = "zh", status: int = 200) -> Page:
    text = given if isinstance(given, str) else written(given).decode()
    return pages.get("/rank").form().fill(text=text).submit(COMPUTE[locale], status=status)


def test_it_is_open_to_visitors(visitor: PageClient) -> None:
    page = computed(visitor, content())
    assert page.h1 == "重算评审排名"
    assert "已排出名次" in page.text


@LOCALES
def test_the_ranking_says_ranks_scores_and_why_a_bid_is_invalid(sign_in_as: SignInAs, locale: str) -> None:
    pages = sign_in_as(locale=locale)
    given = content(bid("芦花社工", "80", "90"), bid("b2", "100"), bid("b3", "125"), bid("b4", "150.01"))
    page = computed(pages, given, locale=locale)
    for shown in ("芦花社工", "91.0000", "84.5000", "82.9000", "150.01", "R23", "R26"):
        assert shown in page.text
    assert ("报价超过预算" if locale == "zh" else "Price is over the budget") in page.text
    assert page.text.index("芦花社工") < page.text.index("b2") < page.text.index("b3") < page.text.index("b4")


@LOCALES
def test_a_low_price_a_tie_and_a_failure_are_said(sign_in_as: SignInAs, locale: str) -> None:
    pages = sign_in_as(locale=locale)
    page = computed(pages, content(bid("b1", "30"), bid("b2", "90"), bid("b3", "90")), locale=locale)
    assert ("名次是暂定的" if locale == "zh" else "The ranking is provisional") in page.text
    assert ("低于次低报价的 50%" if locale == "zh" else "Below 50% of the second lowest price") in page.text
    assert ("并列" if locale == "zh" else "Equal rank") in page.text
    page = computed(pages, content(bid("b1", "80")), locale=locale)
    assert ("不足三家" if locale == "zh" else "Fewer than three bids are valid") in page.text


def test_the_download_is_what_the_command_line_writes(visitor: PageClient) -> None:
    data = written(content())
    form = visitor.get("/rank").form().fill(file=(BytesIO(data), "ranking.json"))
    answer = form.submit("下载结果（JSON）", status=200).response
    assert answer.data == recompute(data)
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_uploaded_file_can_be_corrected_on_the_page(visitor: PageClient) -> None:
    data = written(content(budget="1e9"))
    form = visitor.get("/rank").form().fill(file=(BytesIO(data), "ranking.json"))
    page = form.submit("重算", status=422)
    assert "budget" in page.errors[0]
    again = page.form()
    again.fill(text=again.values["text"].replace("1e9", "150"))
    assert "已排出名次" in again.submit("重算", status=200).text


@LOCALES
@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ("", "请选择文件，或者把 JSON 贴在这里。", "Choose a file, or paste the JSON here."),
        ("{", "line 1, column 2：从这里起不是 JSON。", "line 1, column 2: from here on this is not JSON."),
        (content(budget="<b>"), 'budget："<b>" 不是金额', 'budget: "<b>" is not an amount'),
        ("x" * (KILOBYTES * 1000 + 1), "内容超过 400 KB", "This is more than 400 KB"),
        ("[" * 100_000, "嵌套太深", "nested too deep"),
    ],
    ids=["nothing", "broken", "amount", "large", "deep"],
)
def test_bad_input_is_one_sentence_at_the_field(
    sign_in_as: SignInAs, locale: str, given: object, zh: str, en: str
) -> None:
    page = computed(sign_in_as(locale=locale), given, locale=locale, status=422)
    assert len(page.errors) == 1
    assert (zh if locale == "zh" else en) in page.errors[0]
    assert 'id="text-error"' in page.html


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "请选择文件"), (b"\xff{}", "byte 1：从这里起不是 UTF-8 文本"), (b"x\x00", "从这里起不是 JSON")],
    ids=["empty", "not utf-8", "zero byte"],
)
def test_a_bad_file_is_one_sentence_at_the_file(visitor: PageClient, data: bytes, said: str) -> None:
    form = visitor.get("/rank").form().fill(file=(BytesIO(data), "ranking.json"))
    page = form.submit("重算", status=422)
    assert said in page.errors[0]
    assert 'id="file-error"' in page.html


def test_words_that_are_no_unicode_are_refused(visitor: PageClient) -> None:
    sent = {"text": b"\xed\xa0\x80", "csrf_token": visitor.token("/rank")}
    assert "不是 JSON" in visitor.post("/rank", sent, status=422).errors[0]
