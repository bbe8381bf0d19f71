"""Tickets on their page: from the hotline's sheet to a need's evidence or a draft (demand 49)."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.needs.details import EvidenceKind
from models.needs.need import Need, NeedPhase
from models.needs.ticket import Ticket
from tests.conftest import SignInAs
from tests.factories import needs, parties

HEADINGS = ["工单号", "来电时间", "所属街道", "所属居委", "工单内容", "问题类别", "来电人", "联系电话"]
CALL = [
    "SH001",
    "2026-11-18",
    "澄江街道",
    "澄江一村",
    "李阿婆说没人烧饭，老人吃饭难",
    "养老",
    "李某",
    "13812345678",
]


def sheet(*rows: list[str]) -> tuple[BytesIO, str]:
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return BytesIO(out.getvalue()), "工单.xlsx"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_hotline_sheet_becomes_evidence_of_a_need_that_stands(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    parties.place(session)
    need = needs.need(session, NeedPhase.SUBMITTED, title="高龄老人吃饭难")
    session.commit()
    street = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    page = street.get("/import/tickets").form("/import/tickets").fill(file=sheet(CALL)).submit(follow=True)
    assert "13812345678" not in page.html
    page.form(f"{page.path}/confirm").submit(follow=True)
    worker = sign_in_as(Role.COMMUNITY_WORKER, locale=locale)
    home = worker.get("/home")
    assert ("1 张热线" if locale == "zh" else "1 ticket") in home.text
    page = worker.get("/tickets")
    assert "李阿婆" not in page.text
    assert need.title in page.text  # proposed
    made = session.scalars(select(Ticket)).one()
    page = page.form(f"/tickets/{made.id}/count").submit(follow=True)
    assert page.flashes
    session.refresh(need)
    assert EvidenceKind.HOTLINE in {row.kind for row in need.evidence}
    assert ("没有等处理的工单" if locale == "zh" else "No ticket waits") in page.text


def test_a_ticket_becomes_a_draft_with_what_its_words_propose(session: Session, sign_in_as: SignInAs) -> None:
    made = needs.ticket(session, words="独居老人没人烧饭，想有人送餐上门")
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    page = worker.get("/tickets").form(f"/tickets/{made.id}/begin").submit(follow=True)
    assert page.path.endswith("/what")
    need = session.scalars(select(Need)).one()
    assert "EL-01" in {row.term_code for row in need.terms}


def test_a_ticket_is_set_aside_with_words_and_exported_while_it_waits(
    session: Session, sign_in_as: SignInAs
) -> None:
    made = needs.ticket(session, words="路灯不亮", number="SH002")
    session.commit()
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    rows = list(load_workbook(BytesIO(worker.client.get("/tickets?format=xlsx").data)).active.values)
    assert [row[0] for row in rows[1:]] == ["SH002"]
    form = worker.get("/tickets").form(f"/tickets/{made.id}/aside")
    page = form.fill(words="").submit(status=422)
    assert "请写明为什么不用处理" in page.text
    page.form(f"/tickets/{made.id}/aside").fill(words="市政已修").submit(follow=True)
    session.refresh(made)
    assert made.aside_words == "市政已修"


def test_a_number_that_is_no_need_here_is_said_so(session: Session, sign_in_as: SignInAs) -> None:
    made = needs.ticket(session)
    session.commit()
    form = sign_in_as(Role.COMMUNITY_WORKER).get("/tickets").form(f"/tickets/{made.id}/count")
    form.fill(into="XQ-9999").submit(status=422)
    session.refresh(made)
    assert made.settled_at is None
