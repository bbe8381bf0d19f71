"""R45 (74 art 38): a single source at the threshold of tenders is announced for five working days first."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.calendar.clocks import start_of
from models.parties.unit import AdministrativeUnit
from models.rulebook.finding import FindingCode
from models.rulebook.methods import Method
from models.rulebook.thresholds import ThresholdKind, set_threshold
from models.tenders import noticing, publishing
from models.tenders.checking import TaskCode
from models.tenders.lifecycle import phase_at
from models.tenders.notice import Notice, NoticeKind
from models.tenders.tender import Tender, TenderPhase
from tests.factories import parties, tenders

TICK = timedelta(microseconds=1)
ANNOUNCED = date(2026, 11, 26)  # a Thursday: the fifth working day after it is Thursday, 3 December
LAST = date(2026, 12, 3)
OVER = start_of(LAST + timedelta(days=1))
UNTIL = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)


def draft(session: Session, threshold: Decimal) -> Tender:
    """A single source for 500 000 yuan, where tenders begin at the threshold."""
    made = tenders.draft(session, method=Method.SINGLE_SOURCE)
    district = session.get_one(AdministrativeUnit, parties.DISTRICT)
    registrar = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    for kind in ThresholdKind:
        day = date(2026, 1, 1)
        amount = threshold if kind is ThresholdKind.OPEN_TENDER else Decimal(1000)
        source = "区财政局通知"
        set_threshold(session, district, registrar, kind=kind, amount=amount, valid_from=day, source=source)
    return made


def announce(session: Session, tender: Tender, day: date) -> Notice:
    act = by(session, tender, OVER)
    url = "http://www.ccgp-shanghai.gov.cn/notice/7"
    return noticing.note(session, tender, act, kind=NoticeKind.SINGLE_SOURCE, url=url, published_on=day)


def by(session: Session, tender: Tender, at: datetime) -> Act:
    return tenders.official(session, at, unit=tender.unit_code)


def refused(session: Session, tender: Tender, at: datetime) -> set[str]:
    with pytest.raises(publishing.NotReady) as found:
        publishing.publish(session, tender, by(session, tender, at), bids_until=UNTIL)
    return {each.code for each in (*found.value.tasks, *found.value.findings) if each.rule == "R45"}


def test_r45_at_the_threshold_nothing_is_published_without_a_notice(session: Session) -> None:
    tender = draft(session, tenders.BUDGET)
    assert refused(session, tender, OVER) == {TaskCode.SINGLE_SOURCE_NOTICE_MISSING}


def test_r45_the_notice_has_stood_for_five_working_days(session: Session) -> None:
    tender = draft(session, tenders.BUDGET)
    notice = announce(session, tender, ANNOUNCED)
    assert noticing.notice_ends(notice) == LAST
    assert refused(session, tender, OVER - TICK) == {FindingCode.NOTICE_TOO_SHORT}
    publishing.publish(session, tender, by(session, tender, OVER), bids_until=UNTIL)
    assert phase_at(tender, OVER) == TenderPhase.TENDERING


def test_r45_a_notice_that_was_put_right_is_counted_anew(session: Session) -> None:
    tender = draft(session, tenders.BUDGET)
    announce(session, tender, ANNOUNCED)
    announce(session, tender, ANNOUNCED + timedelta(days=1))
    assert refused(session, tender, OVER) == {FindingCode.NOTICE_TOO_SHORT}


def test_r45_below_the_threshold_no_notice_is_asked_for(session: Session) -> None:
    tender = draft(session, tenders.BUDGET + Decimal("0.01"))
    publishing.publish(session, tender, by(session, tender, OVER), bids_until=UNTIL)
    assert phase_at(tender, OVER) == TenderPhase.TENDERING


def test_other_notices_end_no_such_period(session: Session) -> None:
    tender = tenders.draft(session)
    notice = announce(session, tender, ANNOUNCED)
    assert noticing.notice_ends(notice) is None
