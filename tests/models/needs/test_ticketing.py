"""Tickets of the hotline and the grid: masked, each number once, counted as expressed need (demand 49)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.errors import Conflict, Invalid, NotAllowed
from models.exchange.batch import SheetKind
from models.exchange.importing import Report, confirm, upload
from models.needs.details import EvidenceKind
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.needs.ticket import Ticket
from models.needs.ticketing import (
    begin_need,
    count_for,
    how_many_wait,
    need_named,
    set_aside,
    ticket,
    waiting,
)
from tests.factories import needs
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, NEXT_DOOR, NOON, STREET, act_as, place

ROW = {
    "number": "SH20261118001",
    "ticket_words": "张阿姨（13812345678）反映三号楼502室楼上漏水，身份证310104195001011234",
    "received_on": "2026-11-18 09:30",
    "street": "澄江街道",
    "community": "澄江一村",
    "category": "物业",
    "姓名": "张桂芳",
    "联系电话": "13812345678",
}


def street(session: Session) -> Act:
    place(session)
    return act_as(session, Role.STREET_OFFICIAL, unit=STREET)


def brought(session: Session, act: Act, *rows: dict[str, Any]) -> Report:
    """The sheet as uploaded and confirmed."""
    batch = upload(
        session, act, kind=SheetKind.TICKETS, file_name="工单.xlsx", headings=list(ROW), rows=list(rows)
    )
    assert "13812345678" not in str(batch.rows)
    assert "张桂芳" not in str(batch.rows)
    return confirm(session, batch, act)


def test_a_sheet_becomes_tickets_without_callers(session: Session) -> None:
    assert len(brought(session, street(session), ROW).good) == 1
    (made,) = session.scalars(select(Ticket)).all()
    assert (made.channel, made.number, made.unit_code) == (EvidenceKind.HOTLINE, ROW["number"], NEIGHBOURHOOD)
    assert made.received_on == date(2026, 11, 18)
    for secret in ("张阿姨", "13812345678", "502", "310104195001011234"):
        assert secret not in made.words
    assert "漏水" in made.words


def test_a_second_upload_adds_nothing(session: Session) -> None:
    act = street(session)
    more = ROW | {"number": "SH20261118002"}
    brought(session, act, ROW)
    report = brought(session, act, ROW, more)
    assert [cells["number"] for _number, cells in report.good] == ["SH20261118002"]
    assert [fault.error.code for fault in report.faults] == ["ticket_known"]
    with pytest.raises(Invalid, match="batch_has_nothing_good"):
        brought(session, act, ROW, more)
    assert len(session.scalars(select(Ticket)).all()) == 2
    grid = brought(session, act, ROW | {"source": "网格"})  # another system's number
    assert len(grid.good) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": ""}, "cell_missing"),
        ({"ticket_words": ""}, "cell_missing"),
        ({"community": "没有这个居民区"}, "unit_unknown"),
        ({"community": "望湖花园", "street": ""}, "not_allowed"),
        ({"source": "微信群"}, "cell_unknown"),
        ({"received_on": "昨天"}, "cell_not_a_date"),
        ({"received_on": "2026-11-21"}, "ticket_in_future"),
        ({"number": "9" * 61}, "words_too_long"),
    ],
)
def test_a_row_that_cannot_be_is_refused(session: Session, changes: dict[str, str], code: str) -> None:
    report = brought(session, street(session), ROW | {"number": "OK"}, ROW | changes)
    assert [fault.error.code for fault in report.faults] == [code]
    assert len(session.scalars(select(Ticket)).all()) == 1


def heard(need: Need) -> list[tuple[EvidenceKind, int | None]]:
    return [(row.kind, row.count) for row in need.evidence if row.kind is EvidenceKind.HOTLINE]


def test_calls_count_for_an_open_need_once_each(session: Session) -> None:
    need, act = needs.need(session, NeedPhase.STANDARDISED), needs.worker(session, at=NOON)
    before = dict(heard(need)).get(EvidenceKind.HOTLINE) or 0
    one, two = needs.ticket(session), needs.ticket(session)
    for each in (one, two):
        count_for(session, each, act, need=need)
    assert dict(heard(need))[EvidenceKind.HOTLINE] == before + 2
    with pytest.raises(Conflict, match="ticket_settled"):
        count_for(session, one, act, need=need)
    assert how_many_wait(session, act) == 0


def test_a_ticket_begins_a_draft_with_its_words_and_evidence(session: Session) -> None:
    act, each, key = needs.worker(session, at=NOON), needs.ticket(session), uuid4()
    need = begin_need(session, each, act, id=key, codes=["EL-01"], groups=["B03"])
    assert (need.description, phase_at(need, NOON)) == (each.words, NeedPhase.DRAFT)
    assert heard(need) == [(EvidenceKind.HOTLINE, 1)]
    assert begin_need(session, each, act, id=key, codes=[], groups=[]) is need  # pressed twice
    with pytest.raises(Conflict, match="ticket_settled"):
        begin_need(session, each, act, id=uuid4(), codes=[], groups=[])


def test_a_ticket_is_set_aside_with_a_reason(session: Session) -> None:
    act, each = needs.worker(session, at=NOON), needs.ticket(session)
    with pytest.raises(Invalid, match="ticket_aside_words"):
        set_aside(session, each, act, words=" ")
    set_aside(session, each, act, words="物业已修好")
    assert waiting(session, act).rows == []


def test_a_closed_need_or_one_of_another_neighbourhood_takes_no_calls(session: Session) -> None:
    each, act = needs.ticket(session), act_as(session, Role.STREET_OFFICIAL, unit=STREET)
    for need in (needs.need(session, NeedPhase.CLOSED), needs.need(session, unit=NEXT_DOOR)):
        with pytest.raises(Conflict, match="ticket_need_not_open"):
            count_for(session, each, act, need=need)
        session.refresh(each)
        assert each.settled_at is None
    with pytest.raises(Invalid, match="ticket_need_unknown"):
        need_named(session, each, "XQ-NONE", act)


def test_tickets_are_for_their_own_area(session: Session) -> None:
    each = needs.ticket(session, received_on=date(2026, 9, 1))
    later = needs.ticket(session, received_on=date(2026, 9, 2))
    mine, other = needs.worker(session, at=NOON), needs.worker(session, ELSEWHERE, at=NOON)
    assert waiting(session, mine).rows == [each, later]
    assert waiting(session, other).rows == []
    assert ticket(session, each.id, other) is None
    with pytest.raises(NotAllowed):
        set_aside(session, each, other, words="不是我们的")
    for role in (Role.AUDITOR, Role.HUB):
        assert waiting(session, act_as(session, role, at=NOON + timedelta(hours=1))).rows == []
