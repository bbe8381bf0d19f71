"""Asking for the same as a good project (demand 46): on its result, on its need, and seen on the overview."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.act import Role
from models.evaluations.evaluation import Evaluation
from models.needs.details import NeedModel
from models.needs.need import Need
from tests.conftest import SignInAs
from tests.factories import records
from tests.factories.parties import ELSEWHERE, NOON, OTHER_STREET
from tests.page import PageClient

BUTTON = {"zh": "我们也想要这样的服务", "en": "Ask for the same here"}


@pytest.fixture
def model(session: Session) -> tuple[Evaluation, Need]:
    """A good project and the need it met."""
    final = records.delivered(session)
    session.commit()
    return final, final.contract.award.lot.needs[0].need


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_worker_begins_a_draft_from_the_public_need_of_a_good_project(
    session: Session, sign_in_as: SignInAs, model: tuple[Evaluation, Need], locale: str
) -> None:
    _final, need = model
    pages = sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE, locale=locale)
    page = pages.get(f"/needs/{need.id}").form(f"/needs/{need.id}/same").submit(BUTTON[locale], follow=True)
    assert page.path.endswith("/what")
    made = session.get_one(Need, session.scalars(select(NeedModel.need_id)).one())
    assert (made.unit_code, made.description) == (ELSEWHERE, need.description)
    assert f"/needs/{need.id}" in {link.href for link in pages.get(f"/needs/{made.id}").links}


def test_the_published_result_offers_it_to_workers_and_to_nobody_else(
    sign_in_as: SignInAs, visitor: PageClient, model: tuple[Evaluation, Need]
) -> None:
    final, need = model
    where, button = f"/evaluations/{final.id}", f"照“{need.heading}”起草"
    page = sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE).get(where)
    assert page.form(f"/needs/{need.id}/same").submit(button, follow=True).path.endswith("/what")
    assert button not in visitor.get(where).text
    assert button not in sign_in_as(Role.COMMUNITY_WORKER).get(where).text  # its own need


def test_everybody_sees_on_the_need_that_it_went_well(
    visitor: PageClient, model: tuple[Evaluation, Need]
) -> None:
    final, need = model
    page = visitor.get(f"/needs/{need.id}")
    assert "终期评估等级：良好。" in page.text
    assert f"/evaluations/{final.id}" in {link.href for link in page.links}
    assert BUTTON["zh"] not in page.text
    visitor.post(f"/needs/{need.id}/same", status=403)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_official_sees_which_projects_are_asked_for_elsewhere(
    session: Session, sign_in_as: SignInAs, model: tuple[Evaluation, Need], locale: str
) -> None:
    final, need = model
    pages = sign_in_as(Role.COMMUNITY_WORKER, unit=ELSEWHERE)
    pages.get(f"/needs/{need.id}").form(f"/needs/{need.id}/same").submit(follow=True)
    made = session.scalars(select(NeedModel.need_id)).one()
    session.execute(update(Need).where(Need.id == made).values(submitted_at=NOON))
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL, unit=OTHER_STREET, locale=locale).get("/overview")
    assert {f"/evaluations/{final.id}", f"/needs/{made}"} <= {link.href for link in page.links}
    said = "1 个居民区照着提了需求" if locale == "zh" else "1 neighbourhood asks for the same"
    assert said in page.text
