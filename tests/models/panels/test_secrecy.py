"""Who is told what of a panel: members' names until the result, own seats, and one's own area."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.audit.event import AuditEvent
from models.lifecycle import advance
from models.panels import queries
from models.panels.panel import Panel
from models.tenders.lifecycle import TENDER, TenderMove
from tests.factories import panels, parties


@pytest.fixture
def panel(session: Session) -> Panel:
    """A panel that has just been drawn."""
    return panels.drawn(session)


def test_r24_names_are_secret_until_the_result(session: Session) -> None:
    panel = panels.panel_of(session, panels.reported(session))
    official = panels.official(session, panel.tender, panels.RANKED)
    auditor = parties.act_as(session, Role.AUDITOR, at=panels.RANKED)
    assert queries.names_shown(panel, official)
    for act in (auditor, panels.member_act(panel.members[0], panels.RANKED), parties.nobody(panels.RANKED)):
        assert not queries.names_shown(panel, act)
    advance(session, TENDER, panel.tender, TenderMove.DECIDE, official)
    assert queries.names_shown(panel, auditor)
    assert not queries.names_shown(panel, panels.at(auditor, panels.PRICED))
    elsewhere = parties.act_as(session, Role.STREET_OFFICIAL, unit=parties.OTHER_STREET, at=panels.PRICED)
    assert not queries.names_shown(panel, elsewhere)


def test_a_member_knows_the_own_seat_and_no_other(session: Session, panel: Panel) -> None:
    one, other = panel.members[:2]
    act = panels.member_act(one)
    assert queries.seats(session, act) == [one]
    assert queries.seat(session, one.id, act) is one
    assert queries.seat(session, other.id, act) is None
    assert queries.panel(session, panel.id, act) is None
    assert queries.member(session, one.id, act) is None
    assert queries.tender(session, panel.tender_id, act) is None


def test_a_panel_is_seen_in_its_area(session: Session, panel: Panel) -> None:
    for role in (Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.AUDITOR):
        act = parties.act_as(session, role, at=panels.DRAWN)
        assert queries.panel(session, panel.id, act) is panel
        assert [row.panel for row in queries.evaluating(session, act)] == [panel]
    for role, unit in ((Role.STREET_OFFICIAL, parties.OTHER_STREET), (Role.HUB, parties.DISTRICT)):
        act = parties.act_as(session, role, unit=unit, at=panels.DRAWN)
        assert queries.panel(session, panel.id, act) is None
        assert queries.panel_of(session, panel.tender, act) is None
        assert queries.evaluating(session, act) == []


def test_files_and_bids_of_another_tender_are_not_the_panels(session: Session, panel: Panel) -> None:
    strange = panels.opened_bids(session, panels.opened(session))[0]
    assert queries.opened_bid(session, panel, strange.bid_id) is None
    own = panels.opened_bids(session, panel.tender)[0]
    assert queries.opened_bid(session, panel, own.bid_id) is own


def test_the_record_tells_nothing_of_marks_before_all_have_submitted(session: Session) -> None:
    panel = panels.qualified(session)
    before = session.query(AuditEvent).count()
    panels.mark(session, panel.members[0], submit=False)
    assert session.query(AuditEvent).count() == before
    panels.mark(session, panel.members[1])
    (event,) = session.query(AuditEvent).filter(AuditEvent.number > before)
    assert event.action == "panel_member.submit"
    assert set(event.facts) == {"marks", "digest"}
