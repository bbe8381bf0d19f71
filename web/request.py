"""Requests without control characters: PostgreSQL refuses NUL, HTML forbids the rest, nobody typed them."""

import unicodedata
from io import BytesIO
from typing import IO, Any

import flask
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items

KEPT = "\n\r\t"


def printable(value: Any) -> Any:
    """Text without control characters; anything else, such as a file, as it is."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return "".join(c for c in value if c in KEPT or unicodedata.category(c) != "Cc")


class Typed(ImmutableMultiDict[str, Any]):
    """What was typed, made printable once, at the door."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = iter_multi_items(mapping) if mapping is not None else ()
        super().__init__([(printable(key), printable(value)) for key, value in pairs])


class Request(flask.Request):
    """A request whose address and forms hold printable text."""

    parameter_storage_class = Typed

    def _get_file_stream(self, *_sizes: Any, **_names: Any) -> IO[bytes]:
        """Uploads stay in memory: a part of a bid never lies in plain words on a disk, not even in /tmp."""
        return BytesIO()
