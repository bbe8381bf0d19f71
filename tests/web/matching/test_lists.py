"""The gap ledger, and what fits an organisation."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.matching import operations
from models.matching.gap import GapCause, GapRemedy
from models.needs.need import Need
from tests.conftest import SignInAs
from tests.factories import matching, needs, parties
from tests.page import PageClient


def gap(session: Session, *, unit: str = parties.NEIGHBOURHOOD, code: str = "EL-02", words: str = "") -> Need:
    made = needs.need(session, unit=unit, codes=[code], title=f"没有人做 {code}")
    by = matching.official(session, unit[:9])
    operations.declare_unmet(session, made, by, cause=GapCause.NOT_HERE, remedy=GapRemedy.INVITE, words=words)
    session.commit()
    return made


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("role", [Role.STREET_OFFICIAL, Role.DISTRICT_OFFICIAL, Role.AUDITOR, Role.HUB])
def test_the_ledger_is_read_by_those_who_can_close_gaps(
    session: Session, sign_in_as: SignInAs, role: Role, locale: str
) -> None:
    pages = sign_in_as(role, locale=locale)
    pages.get("/gaps")  # empty: says what would be here
    near = gap(session)
    gap(session)
    far = gap(session, unit=parties.ELSEWHERE, code="DM-01")
    page = pages.get("/gaps")
    assert near.reference in page.text
    assert (far.reference in page.text) == (role != Role.STREET_OFFICIAL)


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.PANEL_MEMBER])
def test_the_ledger_is_nobody_elses(sign_in_as: SignInAs, visitor: PageClient, role: Role) -> None:
    sign_in_as(role).get("/gaps", status=403)
    assert "/sign-in" in (visitor.get("/gaps", status=303).location or "")


def test_the_ledger_is_filtered_sorted_and_exported_as_shown(session: Session, sign_in_as: SignInAs) -> None:
    bath = gap(session, words="=HYPERLINK(1)")
    mediation = gap(session, unit=parties.ELSEWHERE, code="DM-01")
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    for query, seen, unseen in [
        ("domain=EL", bath, mediation),
        (f"street={parties.OTHER_STREET}", mediation, bath),
        ("state=closed", None, bath),
        ("cause=no_capacity", None, bath),
        ("domain=nonsense&sort=nonsense&page=-3&street=%25", bath, None),
    ]:
        page = pages.get(f"/gaps?{query}")
        assert seen is None or seen.reference in page.text
        assert unseen is None or unseen.reference not in page.text
    answer = pages.get("/gaps?domain=EL&sort=people&format=xlsx").response
    sheet = load_workbook(BytesIO(answer.data)).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[1]][:2] == [bath.reference, bath.title]
    assert len(rows) == 2
    assert all(cell.data_type != "f" for row in rows for cell in row)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_organisation_sees_what_fits_and_what_keeps_it_from_others(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    services, need = matching.services(session), needs.need(session)
    fits = sign_in_as(
        Role.ORGANISATION_STAFF, organisation=services["meals"].organisation, locale=locale
    ).get("/fitting")
    assert need.reference in fits.text
    assert ("很合适" if locale == "zh" else "Fits very well") in fits.text
    kept = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["away"].organisation, locale=locale).get(
        "/fitting"
    )
    assert ("差一点就适合" if locale == "zh" else "Almost fitting") in kept.text
    assert need.reference in kept.text
    names = {service.organisation.name for service in services.values()}
    for page, own in ((fits, "meals"), (kept, "away")):
        others = names - {services[own].organisation.name}
        assert not [name for name in others if name in page.html]
        assert "0." not in page.text  # no score, in figures, for those who are ranked


def test_an_organisation_without_services_is_told_how_to_start(
    session: Session, sign_in_as: SignInAs
) -> None:
    own = parties.organisation(session, name="上海新来社会服务中心")
    page = sign_in_as(Role.ORGANISATION_STAFF, organisation=own).get("/fitting")
    assert "您还没有发布服务" in page.text


def test_a_decision_is_told_when_the_review_is_concluded_and_not_before(
    session: Session, sign_in_as: SignInAs
) -> None:
    services, by = matching.services(session), matching.official(session)
    run = matching.run(session, by=by)
    matching.accept(session, matching.match_of(run, services["meals"]), by)
    session.commit()
    pages = sign_in_as(Role.ORGANISATION_STAFF, organisation=services["meals"].organisation)
    assert "已采纳" not in pages.get("/fitting").text
    operations.conclude(session, run.need, by)
    session.commit()
    assert "已采纳" in pages.get("/fitting").text


def test_what_fits_is_for_organisations(sign_in_as: SignInAs, visitor: PageClient) -> None:
    sign_in_as(Role.STREET_OFFICIAL).get("/fitting", status=403)
    assert "/sign-in" in (visitor.get("/fitting", status=303).location or "")
