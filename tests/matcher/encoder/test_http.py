"""A server's vectors are taken when they are what was asked for, and one error says why not."""

import socket
from collections.abc import Iterator

import numpy as np
import pytest

from matcher.encoder import EncoderError, HttpEncoder
from tests.matcher.encoder.server import KEY, Server, running, vector

TEXTS = ["老人", "助餐送饭", "", "灯", "a" * 9]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with running() as started:
        yield started


def test_vectors_come_in_order_of_the_texts_batch_by_batch(server: Server) -> None:
    found = HttpEncoder(server.at("good/"), "small", batch=2).encode(TEXTS)
    assert found.dtype == np.float32
    assert found.tolist() == [vector(text) for text in TEXTS]
    assert [path for path, _ in server.asked] == ["/good/embeddings"] * 3
    assert [body["input"] for _, body in server.asked] == [TEXTS[:2], TEXTS[2:4], TEXTS[4:]]
    assert {body["model"] for _, body in server.asked} == {"small"}


def test_no_texts_ask_nothing(server: Server) -> None:
    assert HttpEncoder(server.at("good"), "small").encode([]).shape == (0, 0)
    assert server.asked == []


def test_the_key_is_sent_and_stands_in_no_name_and_no_error(server: Server) -> None:
    encoder = HttpEncoder(server.at("broken"), "small", key=KEY)
    with pytest.raises(EncoderError) as raised:
        encoder.encode(TEXTS)
    assert server.keys == [f"Bearer {KEY}"]
    assert KEY not in f"{encoder.name}{raised.value}{raised.value.facts}"
    with pytest.raises(EncoderError, match=r"^bad key$"):
        HttpEncoder(server.at("good"), "small", key=f"{KEY}\n")


BAD = """
    fewer twice ragged flat empty words nan huge no-index no-data a-list not-json not-text nothing deep short
"""


@pytest.mark.parametrize("path", BAD.split())
def test_an_answer_that_is_not_one_vector_a_text_is_refused(server: Server, path: str) -> None:
    with pytest.raises(EncoderError) as raised:
        HttpEncoder(server.at(path), "small").encode(TEXTS)
    assert raised.value.code == "bad_answer"
    assert raised.value.facts["url"] == server.at(f"{path}/embeddings")


def test_batches_of_different_lengths_are_refused(server: Server) -> None:
    with pytest.raises(EncoderError, match="different lengths"):
        HttpEncoder(server.at("by-size"), "small", batch=2).encode(TEXTS)


def test_a_server_error_is_told_with_its_status(server: Server) -> None:
    with pytest.raises(EncoderError) as raised:
        HttpEncoder(server.at("broken"), "small").encode(TEXTS)
    assert (raised.value.code, raised.value.facts["status"]) == ("refused", 500)


def test_no_redirect_is_followed(server: Server) -> None:
    with pytest.raises(EncoderError) as raised:
        HttpEncoder(server.at("redirect"), "small").encode(TEXTS)
    assert (raised.value.code, raised.value.facts["status"]) == ("refused", 307)
    assert [path for path, _ in server.asked] == ["/redirect/embeddings"]


def test_a_server_that_does_not_answer_is_given_up(server: Server) -> None:
    with pytest.raises(EncoderError) as raised:
        HttpEncoder(server.at("slow"), "small", timeout=0.05).encode(TEXTS)
    assert (raised.value.code, raised.value.facts["seconds"]) == ("too_slow", 0.05)


def test_a_server_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(EncoderError, match="unreachable"):
            HttpEncoder(url, "small").encode(TEXTS)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://127.0.0.1/v1",
        "127.0.0.1/v1",
        "http:///v1",
        "http://[bad/v1",
        "http://127.0.0.1:port/v1",
        "http://127.0.0.1/服务",
        f"http://user:{KEY}@127.0.0.1/v1",
        f"httpx://user:{KEY}@127.0.0.1/v1",
        f"http://user:{KEY}@127.0.0.1:{KEY}/v1",
        f"http://127.0.0.1/v1?key={KEY}",
        f"http://127.0.0.1/v1#{KEY}",
        "http://127.0.0.1/v 1",
    ],
)
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(EncoderError) as raised:
        HttpEncoder(url, "small")
    assert raised.value.code == "bad_url"
    assert KEY not in str(raised.value)
