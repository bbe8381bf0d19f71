"""Who raised a need, on its form, its page, the board and in workbooks (demand 30)."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.need import NeedPhase
from models.needs.raiser import Raiser, RaiserKind
from tests.conftest import SignInAs
from tests.factories import needs
from tests.factories.parties import NOON
from tests.page import PageClient

GROUP = {
    "raiser_kind": "building",
    "raiser_name": "三号楼组",
    "raiser_covers": "3号楼、5号楼",
    "raiser_households": "４８",
}


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_building_group_raises_a_need_and_everybody_reads_it(
    session: Session, sign_in_as: SignInAs, visitor: PageClient, locale: str
) -> None:
    draft, public = needs.need(session, NeedPhase.DRAFT), needs.need(session, NeedPhase.STANDARDISED)
    public.raisers = [
        Raiser(kind=RaiserKind.BUILDING, name="三号楼组", covers="3号楼", households=48, added_at=NOON)
    ]
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    button = "保存草稿" if locale == "zh" else "Save the draft"
    worker.get(f"/needs/{draft.id}/who").form("who").fill(GROUP).submit(button, follow=True)
    form = worker.get(f"/needs/{draft.id}/who").form("who")
    assert (form.values["raiser_name"], form.values["raiser_households"]) == ("三号楼组", "48")
    for words in ("三号楼组", "3号楼、5号楼"):
        assert words in worker.get(f"/needs/{draft.id}/check").text
    for where in (f"/needs/{public.id}", "/needs"):
        assert "楼组 三号楼组 · 3号楼 · 48 户" in visitor.get(where).text
    rows = load_workbook(BytesIO(visitor.client.get("/needs?format=xlsx").data)).active.values
    assert "楼组 三号楼组 · 3号楼 · 48 户" in next(row for row in rows if row[0] == public.reference)


def test_a_group_without_a_name_comes_back_to_its_field(session: Session, sign_in_as: SignInAs) -> None:
    draft = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get(f"/needs/{draft.id}/who").form("who")
    page = form.fill({**GROUP, "raiser_name": ""}).submit("保存草稿", status=422)
    assert any("请填写小组名称" in error for error in page.errors)
    session.refresh(draft)
    assert draft.raisers == []
