"""The mail server: `smtp://user:password@host:587` (STARTTLS where it is offered), or `smtps://host:465`."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

TIMEOUT = 30
PORTS = {"smtp": 25, "smtps": 465}


def is_server(url: str) -> bool:
    """Whether the address is one of a mail server."""
    try:
        parts = urlsplit(url)
        return parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


@contextmanager
def connected(url: str) -> Iterator[smtplib.SMTP]:
    """A connection to the server of the address; a password goes over an encrypted line only."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if parts.username:
            if not isinstance(server.sock, ssl.SSLSocket):
                message = "the server offers no encryption: the password was not sent"
                raise smtplib.SMTPNotSupportedError(message)
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
