"""Documents of a process: our own pages, and the notices of the official site, which prevails (R56)."""

from typing import Any

from models.disclosure.process import Process
from models.tenders.notice import Notice, NoticeKind
from web.api.ocds.site import Site
from web.api.ocds.values import day, instant
from web.labels import label

LANGUAGE = "zh"
TYPES = {
    NoticeKind.INTENT: "plannedProcurementNotice",
    NoticeKind.TENDER: "tenderNotice",
    NoticeKind.AMENDMENT: "clarifications",
    NoticeKind.SINGLE_SOURCE: "tenderNotice",
    NoticeKind.AWARD: "awardNotice",
    NoticeKind.FAILURE: "cancellationDetails",
    NoticeKind.CONTRACT: "contractNotice",
    NoticeKind.ACCEPTANCE: "completionCertificate",
}
OF_AWARD, OF_CONTRACT = {NoticeKind.AWARD}, {NoticeKind.CONTRACT, NoticeKind.ACCEPTANCE}


def of_planning(process: Process, site: Site) -> list[dict[str, Any]]:
    """The assessments that the needs rest on (R07, R08)."""
    return [
        {
            "id": each.reference,
            "documentType": "needsAssessment",
            "title": each.title,
            "url": site.page("assessment", each.id),
            "datePublished": instant(each.completed_at),
            "format": "text/html",
            "language": LANGUAGE,
        }
        for each in process.assessments
    ]


def of_tender(process: Process, site: Site) -> list[dict[str, Any]]:
    """The tender's own page, and what was announced of it."""
    tender = process.tender
    page = {
        "id": tender.reference,
        "documentType": "biddingDocuments",
        "title": tender.title,
        "url": site.page("tender", tender.id),
        "datePublished": instant(tender.published_at),
        "format": "text/html",
        "language": LANGUAGE,
    }
    return [page, *_notices(process, set(NoticeKind) - OF_AWARD - OF_CONTRACT)]


def of_awards(process: Process) -> list[dict[str, Any]]:
    """The notices of results."""
    return _notices(process, OF_AWARD)


def of_contracts(process: Process) -> list[dict[str, Any]]:
    """The notices of contracts and acceptances."""
    return _notices(process, OF_CONTRACT)


def _notices(process: Process, kinds: set[NoticeKind]) -> list[dict[str, Any]]:
    return [_notice(each) for each in process.notices if each.kind in kinds]


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": str(notice.id),
        "documentType": TYPES[notice.kind],
        "title": label(notice.kind),
        "url": notice.url,
        "datePublished": day(notice.published_on),
        "language": LANGUAGE,
    }
