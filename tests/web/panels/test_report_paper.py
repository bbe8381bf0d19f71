"""The report as a paper."""

from sqlalchemy.orm import Session

from models.act import Role
from tests.factories import panels
from tests.web.panels.conftest import Clock, Come


def test_there_is_no_report_before_it_is_handed_in(session: Session, come: Come, clock: Clock) -> None:
    panel = panels.drawn(session)
    clock(panels.DRAWN)
    official = come(Role.STREET_OFFICIAL)
    refused = official.get(f"/panels/{panel.id}/report.pdf", status=409)
    assert "评审报告还没有提交" in refused.text
    assert "/report.pdf" not in official.get(f"/panels/{panel.id}").html
