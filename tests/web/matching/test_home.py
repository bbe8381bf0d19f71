"""What matching brings to the home pages."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.matching import operations
from models.matching.gap import GapCause, GapRemedy
from tests.conftest import SignInAs
from tests.factories import matching, needs


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_official_is_told_what_each_need_waits_for(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    services, by = matching.services(session), matching.official(session)
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    need = needs.need(session, title="三号楼老人吃饭")
    session.commit()
    verbs = (
        ("找服务", "审核推荐", "完成匹配")
        if locale == "zh"
        else ("Find services for", "Review matches for", "Settle the match")
    )
    assert verbs[0] in pages.get("/home").text
    run = matching.run(session, need, by=by)
    session.commit()
    assert verbs[1] in pages.get("/home").text
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    session.commit()
    page = pages.get("/home")
    assert verbs[2] in page.text
    assert page.click(verbs[2]).path == f"/needs/{need.id}/matching"
    operations.conclude(session, need, by)
    session.commit()
    assert "三号楼老人吃饭" not in pages.get("/home").text


def test_an_organisation_is_told_of_needs_that_fit(session: Session, sign_in_as: SignInAs) -> None:
    services = matching.services(session)
    needs.need(session, title="三号楼老人吃饭")
    session.commit()
    fits = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["meals"].organisation)
    assert "三号楼老人吃饭" in fits.get("/home").text
    kept = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["dear"].organisation)
    assert "三号楼老人吃饭" not in kept.get("/home").text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.HUB])
def test_those_who_watch_an_area_see_its_gaps(session: Session, sign_in_as: SignInAs, role: Role) -> None:
    pages = sign_in_as(role)
    pages.get("/home")
    need = needs.need(session, title="没有人做陪诊")
    operations.declare_unmet(
        session, need, matching.official(session), cause=GapCause.NO_SUPPLIER, remedy=GapRemedy.INCUBATE
    )
    session.commit()
    page = pages.get("/home")
    assert "没有人做陪诊" in page.text
    assert page.click("供给缺口").h1 == "供给缺口"
