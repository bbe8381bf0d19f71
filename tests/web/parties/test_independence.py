"""The statement of independence on the profile and the public page, and its figures on /exposure (D45)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.parties.independence import IndependenceStatement
from tests.conftest import SignInAs
from tests.factories import learning, matching, needs, parties
from tests.factories.parties import NOON
from tests.page import PageClient

SAID = {"founded_by": "yes", "founder": "澄江街道办事处", "government_share": "９０"}


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_organisation_states_it_and_everybody_reads_it_with_year_and_source(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    services, need = matching.services(session), needs.need(session)
    ours = services["meals"].organisation
    learning.match_run(session, need, NOON - timedelta(days=1), [services["meals"].id])
    session.commit()
    where = f"/organisations/{ours.id}"
    assert "没有声明" in visitor.get(where).text
    staff = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours, locale=locale)
    staff.get(f"{where}/profile").form().fill({"description": "送餐十年", **SAID}).submit(follow=True)
    page = visitor.get(where)
    for words in ("半官方", "澄江街道办事处", "2025 年 90%", "机构自行声明，2026年11月20日"):
        assert words in page.text
    form = staff.get(f"{where}/profile").form()
    assert (form.values["founded_by"], form.values["government_share"]) == ("yes", "90")
    official = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    assert ("半官方机构" if locale == "zh" else "Semi-official") in official.get("/exposure").text
    assert official.client.get("/exposure?format=xlsx").status_code == 200


def test_a_registrar_sees_no_such_fields(session: Session, sign_in_as: SignInAs) -> None:
    ours = parties.organisation(session)
    session.commit()
    form = sign_in_as(Role.DISTRICT_OFFICIAL).get(f"/organisations/{ours.id}/profile").form()
    assert "founded_by" not in form.values
    form.fill(description="登记机关更正").submit(follow=True)
    assert session.scalars(select(IndependenceStatement)).all() == []


@pytest.mark.parametrize("wrong", [{"founder": ""}, {"government_share": ""}, {"government_share": "101"}])
def test_a_statement_with_a_hole_comes_back_to_its_field(
    session: Session, sign_in_as: SignInAs, wrong: dict[str, str]
) -> None:
    ours = parties.organisation(session)
    session.commit()
    form = sign_in_as(Role.ORGANISATION_STAFF, organisation=ours).get(f"/organisations/{ours.id}/profile")
    page = form.form().fill({"description": "送餐十年", **SAID, **wrong}).submit(status=422)
    assert len(page.errors) == 1
    assert session.scalars(select(IndependenceStatement)).all() == []
    session.refresh(ours)
    assert ours.description != "送餐十年"  # nothing half-written
