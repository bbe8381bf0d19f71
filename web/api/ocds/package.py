"""Packages: what wraps releases and records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.disclosure.process import Process
from web.api.ocds.release import compiled, release
from web.api.ocds.site import Site
from web.api.ocds.values import compact, instant

EXTENSIONS = [
    f"https://raw.githubusercontent.com/open-contracting-extensions/{name}/v1.1.5/extension.json"
    for name in ("ocds_bid_extension", "ocds_enquiry_extension", "ocds_lots_extension")
]
NAME = "对接 Duijie"
UNREGISTERED = "ocid prefix not registered with the Open Contracting Partnership"


def release_package(processes: Sequence[Process], site: Site, *, uri: str, at: datetime) -> dict[str, Any]:
    """A package of releases."""
    return _package(site, uri, at) | {"releases": [release(each, site, at) for each in processes]}


def record_package(processes: Sequence[Process], site: Site, *, uri: str, at: datetime) -> dict[str, Any]:
    """A package of records: each process with its release and the same, compiled."""
    records = [
        {
            "ocid": site.ocid(each.tender),
            "releases": [release(each, site, at)],
            "compiledRelease": compiled(each, site, at),
        }
        for each in processes
    ]
    return _package(site, uri, at) | {"records": records}


def _package(site: Site, uri: str, at: datetime) -> dict[str, Any]:
    name = NAME if site.is_registered else f"{NAME} ({UNREGISTERED})"
    whole: dict[str, Any] = compact(
        {
            "uri": uri,
            "version": "1.1",
            "extensions": EXTENSIONS,
            "publishedDate": instant(at),
            "publisher": {"name": name},
            "publicationPolicy": site.policy,
        }
    )
    return whole
