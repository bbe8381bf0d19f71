"""Lists obey the policy: what is listed is what `can()` allows; and the other reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.access.permissions import Permission as P
from models.access.policy import can
from models.act import Role
from models.errors import Conflict, Invalid
from models.needs.need import NeedPhase
from models.paging import EVERYTHING, Paging
from models.rulebook.methods import Method
from models.tenders import queries
from models.tenders.ending import cancel
from models.tenders.notice import NoticeKind
from models.tenders.noticing import note, notices_of
from models.tenders.queries import SORTS, Wanted
from models.tenders.tender import Tender, TenderPhase
from tests.factories import needs, parties, tenders
from tests.factories.parties import DISTRICT, NOON, OTHER_STREET, STREET

PAGE = "http://www.ccgp-shanghai.gov.cn/notice/1"


@pytest.fixture
def three(session: Session) -> list[Tender]:
    """A published one, a draft, and a draft that was dropped."""
    made = [
        tenders.tender(session, title="公开的助餐采购"),
        tenders.draft(session, title="起草的助浴采购"),
        tenders.tender(session, TenderPhase.DRAFT, title="作废的采购"),
    ]
    cancel(session, made[2], tenders.official(session))
    session.flush()
    return made


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.STREET_OFFICIAL, STREET),
        (Role.STREET_OFFICIAL, OTHER_STREET),
        (Role.DISTRICT_OFFICIAL, DISTRICT),
        (Role.COMMUNITY_WORKER, parties.NEIGHBOURHOOD),
        (Role.AUDITOR, DISTRICT),
        (Role.HUB, DISTRICT),
        (None, None),
    ],
)
def test_what_is_listed_is_what_may_be_seen(
    session: Session, three: list[Tender], role: Role | None, unit: str | None
) -> None:
    act = parties.act_as(session, role, unit=unit) if role else parties.nobody()
    listed = {row.tender.id for row in queries.listing(session, act, paging=EVERYTHING).rows}
    assert listed == {each.id for each in three if can(act, P.TENDER_VIEW, each)}
    assert three[0].id in listed
    for each in three:
        assert (queries.tender(session, each.id, act) is not None) == (each.id in listed)


def test_filters_and_sorts(session: Session, three: list[Tender]) -> None:
    act = tenders.official(session)

    def found(**wanted: object) -> set[str]:
        return {row.tender.title for row in queries.listing(session, act, Wanted(**wanted)).rows}  # type: ignore[arg-type]  # by name

    assert found(words="助餐 公开") == {"公开的助餐采购"}
    assert found(words=three[1].reference) == {"起草的助浴采购"}
    assert found(phases={TenderPhase.TENDERING}) == {"公开的助餐采购"}
    assert found(phases={TenderPhase.CANCELLED}) == {"作废的采购"}
    assert found(method=Method.OPEN_TENDER) == set()
    assert found(area=OTHER_STREET) == set()
    for key in (*SORTS, *(f"-{each}" for each in SORTS), "nonsense"):
        assert queries.listing(session, act, sort=key, paging=Paging(size=2)).total == 3


def test_needs_that_are_free(session: Session, three: list[Tender]) -> None:
    act = tenders.official(session)
    free = tenders.need(session)
    needs.need(session, NeedPhase.SUBMITTED)
    dropped = three[2].lots[0].needs[0].need
    assert {need.id for need in queries.ready_needs(session, STREET, act)} == {free.id, dropped.id}
    assert queries.ready_needs(session, STREET, parties.nobody()) == []
    assert queries.ready_needs(session, OTHER_STREET, act) == []


def test_r56_notice_keeps_address_and_day(session: Session, three: list[Tender]) -> None:
    act, tender = tenders.official(session), three[0]
    made = note(
        session, tender, act, kind=NoticeKind.TENDER, url=f" {PAGE} ", published_on=date(2026, 11, 20)
    )
    session.flush()
    assert notices_of(session, tender.id) == [made]
    assert made.url == PAGE


@pytest.mark.parametrize(
    ("url", "day", "code"),
    [
        ("javascript:alert(1)", date(2026, 11, 20), "notice_address"),
        ("http://[", date(2026, 11, 20), "notice_address"),
        ("ccgp.gov.cn", date(2026, 11, 20), "notice_address"),
        ("http://x.cn/" + "x" * 500, date(2026, 11, 20), "notice_address"),
        (PAGE, date(2026, 11, 21), "notice_day"),
        (PAGE, date(1999, 1, 1), "notice_day"),
    ],
)
def test_strange_notices_are_refused(
    session: Session, three: list[Tender], url: str, day: date, code: str
) -> None:
    with pytest.raises(Invalid, match=code):
        note(session, three[0], tenders.official(session), kind=NoticeKind.AWARD, url=url, published_on=day)


def test_r57_only_intent_is_announced_before_publication(session: Session, three: list[Tender]) -> None:
    act, day = tenders.official(session), (NOON - timedelta(days=1)).date()
    note(session, three[1], act, kind=NoticeKind.INTENT, url=PAGE, published_on=day)
    with pytest.raises(Conflict, match="notice_before_publication"):
        note(session, three[1], act, kind=NoticeKind.TENDER, url=PAGE, published_on=day)
