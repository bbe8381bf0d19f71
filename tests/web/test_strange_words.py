"""Whatever somebody types into a search, the answer is a page: also what a database would not store."""

from io import BytesIO

import pytest
from flask import Flask, request

from tests.page import PageClient

STRANGE = {
    "null": "%00",
    "null inside": "%E9%80%81%00%E9%A4%90",
    "half a character": "%E9%80",
    "lone surrogate": "%ED%A0%80",
    "four bytes": "%F0%9F%98%80%F0%A0%AE%B7",
    "wildcards": "%25_%5C",
    "quotes": "%27%22%3B--",
    "right to left": "%E2%80%AE%D8%A7",
    "ten thousand signs": "%E9%95%BF" * 3300,
}


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("path", ["/services", "/organisations", "/needs", "/search"])
def test_strange_words_find_nothing_and_break_nothing(visitor: PageClient, path: str, words: str) -> None:
    visitor.get(f"{path}?q={words}")


KEYS = (
    "street",
    "place",
    "area",
    "code",
    "group",
    "domain",
    "phase",
    "month",
    "budget",
    "price",
    "type",
    "grade",
)


@pytest.mark.parametrize("value", ["%00", "x", "%25", "-1", "9" * 40, "%F0%9F%98%80"])
@pytest.mark.parametrize("path", ["/services", "/organisations", "/needs"])
def test_strange_choices_are_left_unheard(visitor: PageClient, path: str, value: str) -> None:
    asked = "&".join(f"{key}={value}" for key in (*KEYS, "lists", "sort", "page", "size", "format"))
    visitor.get(f"{path}?{asked}")


def test_a_form_loses_its_control_characters_and_keeps_its_lines(app: Flask) -> None:
    typed = {"words": "午\x00饭\x07\r\n第二行\t😀", "na\x00me": "x"}
    with app.test_request_context("/?q=a%00b", method="POST", data=typed):
        assert request.form["words"] == "午饭\r\n第二行\t😀"
        assert request.form["name"] == "x"
        assert request.args.getlist("q") == ["ab"]


def test_a_file_stays_as_it_was_sent(app: Flask) -> None:
    sent = {"file": (BytesIO(b"\x00\x01"), "a.png"), "words": "x"}
    with app.test_request_context("/", method="POST", data=sent, content_type="multipart/form-data"):
        assert request.files["file"].read() == b"\x00\x01"
        assert request.form["words"] == "x"
