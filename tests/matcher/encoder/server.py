"""A small server on this machine that speaks the embeddings API, well or badly, as its path says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

KEY = "kept-apart"


def vector(text: str) -> list[float]:
    return [float(len(text)), 0.5, -1.0]


def _good(texts: list[str]) -> list[dict[str, Any]]:
    """Last text first: the API gives each its index, and promises no order."""
    return [{"index": place, "embedding": vector(text)} for place, text in enumerate(texts)][::-1]


def _answers(texts: list[str]) -> dict[str, object]:
    one = _good(texts)[0]
    return {
        "good": {"data": _good(texts), "model": "small"},
        "fewer": {"data": _good(texts)[1:]},
        "twice": {"data": [one] * len(texts)},
        "ragged": {"data": [*_good(texts)[1:], one | {"embedding": [1.0]}]},
        "by-size": {"data": [each | {"embedding": [1.0] * len(texts)} for each in _good(texts)]},
        "flat": {"data": [each | {"embedding": 1.0} for each in _good(texts)]},
        "empty": {"data": [each | {"embedding": []} for each in _good(texts)]},
        "words": {"data": [each | {"embedding": ["1", "2"]} for each in _good(texts)]},
        "nan": {"data": [each | {"embedding": [float("nan"), 1.0]} for each in _good(texts)]},
        "huge": {"data": [each | {"embedding": [1e39, 1.0]} for each in _good(texts)]},
        "no-index": {"data": [{"embedding": [1.0]} for _ in texts]},
        "no-data": {"error": "none"},
        "a-list": [],
    }


_RAW = {"not-json": b"<html>", "not-text": b"\xff\xfe", "nothing": b"", "deep": b"[" * 100_000}


class Server(ThreadingHTTPServer):
    """Keeps what it was asked; `answered` lets the slow path go on."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.keys: list[str | None] = []
        self.go_on = Event()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.removeprefix("/").removesuffix("/embeddings")
        self.server.asked.append((self.path, body))
        self.server.keys.append(self.headers["Authorization"])
        if path == "slow":
            self.server.go_on.wait()
        elif path == "redirect":
            self._send(307, b"", Location=self.server.at("good/embeddings"))
        elif path == "broken":
            self._send(500, b'{"data": []}')
        elif path == "short":
            self._send(200, b"{", **{"Content-Length": "9"})
        else:
            content = _RAW.get(path)
            self._send(
                200, json.dumps(_answers(body["input"])[path]).encode() if content is None else content
            )

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(content))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.go_on.set()
            server.shutdown()
            thread.join()
