"""An encoder behind a server that speaks OpenAI's embeddings API."""

import http.client
import json
import re
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from matcher.encoder.protocol import EncoderError, Rows

_PLAIN = re.compile(r"[!-~]+")
_MOST_BYTES = 2**26  # of one answer


class HttpEncoder:
    """POST {url}/embeddings, a batch at a time; EncoderError for any answer that is not one vector a text.

    Parameters
    ----------
    url : str
        http or https, up to and without "/embeddings"; neither user, query nor fragment.
    model : str
        The model's name as the server knows it. With the url it is the encoder's name: a server that puts
        another model behind the same name has to be given another one here too.
    key : str, optional
        Sent as a bearer token, and to no other host: redirects are refused.
    timeout : float
        Seconds without a byte from the server.
    batch : int
        Texts sent in one go.
    """

    def __init__(
        self, url: str, model: str, *, key: str | None = None, timeout: float = 30, batch: int = 64
    ) -> None:
        _check(url)
        if key and not (key.isascii() and key.isprintable()):
            raise EncoderError("bad_key")
        self.url = f"{url.rstrip('/')}/embeddings"
        self.model = model
        self.name = f"{url.rstrip('/')}#{model}"
        self.timeout = timeout
        self.batch = batch
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"

    def encode(self, texts: Sequence[str]) -> Rows:
        """One vector a text, shape (n_texts, width); width 0 where there are no texts."""
        starts = range(0, len(texts), self.batch)
        parts = [self._batch(texts[at : at + self.batch]) for at in starts]
        if len({part.shape[1] for part in parts}) > 1:
            raise EncoderError("bad_answer", url=self.url, because="vectors of different lengths")
        return np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)

    def _batch(self, texts: Sequence[str]) -> Rows:
        try:
            return _vectors(json.loads(self._post(texts)), len(texts))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise EncoderError("bad_answer", url=self.url, because=str(error)) from error

    def _post(self, texts: Sequence[str]) -> bytes:
        body = json.dumps({"model": self.model, "input": list(texts), "encoding_format": "float"})
        request = urllib.request.Request(self.url, body.encode(), self._headers)  # noqa: S310 - checked above
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=self.timeout) as answer:
                content: bytes = answer.read(_MOST_BYTES + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise EncoderError("refused", url=self.url, status=error.code) from error
        except TimeoutError as error:
            raise EncoderError("too_slow", url=self.url, seconds=self.timeout) from error
        except (OSError, http.client.HTTPException) as error:
            raise EncoderError("unreachable", url=self.url, because=str(error)) from error
        if len(content) > _MOST_BYTES:
            raise EncoderError("bad_answer", url=self.url, because="too long")
        return content


def _check(url: str) -> None:
    """Raise EncoderError, without what might be a password, for what is no plain web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise EncoderError("bad_url", because="neither host nor port can be read") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise EncoderError("bad_url", scheme=parts.scheme, known="http, https")
    if parts.username is not None or parts.query or parts.fragment or not _PLAIN.fullmatch(url):
        raise EncoderError("bad_url", host=parts.hostname, because="more than host and path")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would take the texts and the key to a host that nobody has named."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _vectors(answer: Any, n_texts: int) -> Rows:
    """The vectors in order of the texts; ValueError, KeyError or TypeError where they are not."""
    items = {item["index"]: item["embedding"] for item in answer["data"]}
    if sorted(items) != list(range(n_texts)) or len(answer["data"]) != n_texts:
        raise ValueError("not one vector a text")
    rows = np.array([items[place] for place in range(n_texts)])
    if rows.ndim != 2 or rows.dtype.kind not in "if" or not rows.shape[1]:
        raise ValueError("not vectors of numbers, all of one length")
    with np.errstate(over="ignore"):
        single = rows.astype(np.float32)
    if not np.isfinite(single).all():
        raise ValueError("a number that is not finite")
    return single
