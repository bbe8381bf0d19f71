"""One release: a procurement as it stands. The tables hold what is, so a release says no less and no more.

A process has one release at a time. Each change makes a new one, whose id names exactly this content; what
was changed when is in its amendments, dates and documents.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from models.disclosure.process import Process
from web.api.ocds.awards import awards
from web.api.ocds.bids import bids
from web.api.ocds.contracts import contracts
from web.api.ocds.documents import LANGUAGE
from web.api.ocds.parties import Parties
from web.api.ocds.site import Site
from web.api.ocds.tender import planning, tender
from web.api.ocds.values import compact, instant

DIGITS = 16


def release(process: Process, site: Site, at: datetime) -> dict[str, Any]:
    """The release of a process."""
    parties = Parties()
    made = {
        "ocid": site.ocid(process.tender),
        "date": instant(process.date),
        "tag": tags(process, at),
        "initiationType": "tender",
        "language": LANGUAGE,
        "buyer": parties.purchaser(process.tender.unit, "buyer"),
        "planning": planning(process, site),
        "tender": tender(process, site, parties),
        "bids": bids(process, parties),
        "awards": awards(process, parties, at),
        "contracts": contracts(process, parties, at),
        "relatedProcesses": _failed_before(process, site),
    }
    made["parties"] = parties.listed()
    whole: dict[str, Any] = compact(made)
    return {"ocid": whole.pop("ocid"), "id": _id(process, whole), **whole}


def compiled(process: Process, site: Site, at: datetime) -> dict[str, Any]:
    """The compiled release of a record: there being one release, it is that one."""
    made = release(process, site, at)
    return {**made, "id": f"{made['ocid']}-{made['date']}", "tag": ["compiled"]}


def tags(process: Process, at: datetime) -> list[str]:
    """Every stage the release tells of."""
    it = process.tender
    found = ["planning", "tender"]
    found += ["tenderAmendment"] if process.amendments else []
    found += ["tenderCancellation"] if it.cancelled_at or it.failed_at else []
    found += ["award"] if process.awards else []
    found += ["awardCancellation"] if any(each.cancelled_at for each in process.awards) else []
    found += ["contract"] if process.contracts else []
    found += ["contractAmendment"] if any(_changed(each.changes, at) for each in process.contracts) else []
    milestones = [each for contract in process.contracts for each in contract.milestones]
    found += ["implementation"] if any(each.accepted_at for each in milestones) else []
    ended = any(each.completed_at or each.terminated_at for each in process.contracts)
    return [*found, "contractTermination"] if ended else found


def _changed(changes: list[Any], at: datetime) -> bool:
    return any(each.agreed_at is not None and each.agreed_at <= at for each in changes)


def _id(process: Process, whole: dict[str, Any]) -> str:
    content = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    return f"{process.tender.reference}-{hashlib.sha256(content).hexdigest()[:DIGITS]}"


def _failed_before(process: Process, site: Site) -> list[dict[str, Any]]:
    """Tenders for the same needs that came to nothing."""
    return [
        {
            "id": str(number),
            "relationship": ["unsuccessfulProcess"],
            "title": failed.title,
            "scheme": "ocid",
            "identifier": site.ocid(failed),
            "uri": site.package(site.ocid(failed)),
        }
        for number, failed in enumerate(process.failed_before, 1)
    ]
