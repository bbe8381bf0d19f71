"""Configuration: typed, read once in `create_app`. Secrets are generated at first start, never defaulted."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

OCID_PREFIX = "ocds-000000"
"""Nobody's: a prefix is given out by the Open Contracting Partnership, and this one is not registered."""


@dataclass(frozen=True)
class Config:
    """What one running portal needs to know. Without `smtp_url` and `mail_from` no mail is sent."""

    var: Path
    database_url: str
    secret_key: str
    https: bool = False
    trusted_proxies: int = 0
    testing: bool = False
    base_url: str = "http://127.0.0.1:8000"
    ocid_prefix: str = OCID_PREFIX
    smtp_url: str = ""
    mail_from: str = ""

    @classmethod
    def from_environment(cls) -> "Config":
        """Read the variables that docs/operations.md lists."""
        var = Path(os.environ.get("DUIJIE_VAR", "var")).absolute()
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(
            var=var,
            database_url=os.environ.get("DUIJIE_DATABASE_URL", f"sqlite:///{var / 'duijie.db'}"),
            secret_key=secret(var / "secret_key"),
            https=os.environ.get("DUIJIE_HTTPS", "") == "1",
            trusted_proxies=int(os.environ.get("DUIJIE_TRUSTED_PROXIES", "0")),
            base_url=os.environ.get("DUIJIE_BASE_URL", cls.base_url).rstrip("/"),
            ocid_prefix=os.environ.get("DUIJIE_OCID_PREFIX", cls.ocid_prefix),
            smtp_url=os.environ.get("DUIJIE_SMTP_URL", ""),
            mail_from=os.environ.get("DUIJIE_MAIL_FROM", ""),
        )


def secret(path: Path) -> str:
    """The secret in a file only its owner can read; made at the first start."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
    return path.read_text().strip()
