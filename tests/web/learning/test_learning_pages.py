"""Training, deciding and switching off in the browser; who is seen; how gaps could be closed."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Role
from models.matching.gap import GapCause, GapEntry, GapRemedy
from models.matching.learning import LearningRun, MatchingRule
from models.needs.need import NeedPhase
from tests.conftest import SignInAs
from tests.factories import catalogue, learning, needs, parties
from tests.factories.parties import NOON, OTHER_STREET


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_run_with_too_few_reviews_says_so_and_offers_no_adoption(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    learning.reviewed(session, learning.services(session), 2)
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL, locale=locale)
    pages.get("/learning")
    button = "用现有的审核训练一次" if locale == "zh" else "Train on the reviews so far"
    page = pages.get("/learning").form(button).submit(follow=True)
    assert ("在后台进行" if locale == "zh" else "in the background") in page.text
    page = pages.get("/learning")
    page = page.form(button).submit(follow=True)  # asked again meanwhile: it is the same
    learning.finished(session)
    session.commit()
    page = pages.get(page.path)
    assert ("审核太少，没有学到" if locale == "zh" else "Too few reviews to learn from") in page.text
    (made,) = session.scalars(select(LearningRun))
    assert not made.learned
    token = pages.post(f"/learning/{made.id}/adopt", status=409)
    assert ("至少要 20 条" if locale == "zh" else "it takes 20") in token.text


def test_a_run_is_adopted_and_withdrawn(session: Session, sign_in_as: SignInAs) -> None:
    made = learning.trained_row(session)
    session.commit()
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    page = pages.get(f"/learning/{made.id}")
    assert "0.612 变为 0.745" in page.text
    assert page.rows("各部分的权重")[2] == ["服务类别", "50%", "100%"]
    page = page.form("adopt-form").fill(words="检验更好。").submit(follow=True)
    assert "已采用" in page.flashes[0]
    assert "现在按它计算" in page.text
    assert "现在按它计算" in pages.get("/learning").text
    page = pages.post(f"/learning/{made.id}/withdraw", follow=True)
    assert "已撤回" in page.flashes[0]
    assert "现在按它计算" not in page.text
    for deed in ("adopt", "withdraw"):  # pressed again on a page that is out of date
        assert "已撤回" in pages.post(f"/learning/{made.id}/{deed}", status=409).text


def test_records_are_switched_off_with_a_reason(session: Session, sign_in_as: SignInAs) -> None:
    parties.place(session)
    pages = sign_in_as(Role.DISTRICT_OFFICIAL)
    form = pages.get("/learning").form("保存").fill(counts_records=False, words="")
    assert "请写明为什么要改。" in form.submit(status=422).errors
    page = pages.get("/learning").form("保存").fill(counts_records=False, words="试行。").submit(follow=True)
    assert "已改" in page.flashes[0]
    assert page.rows("改动记录")[1][1:] == ["不计入", "计入", "试行。"]
    (rule,) = session.scalars(select(MatchingRule))
    assert (rule.counts_records, rule.counts_learning) == (False, True)


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("role", [Role.CITY_OFFICIAL, Role.AUDITOR])
def test_others_read_what_was_learned_and_decide_nothing(
    session: Session, sign_in_as: SignInAs, role: Role, locale: str
) -> None:
    made = learning.trained_row(session)
    session.commit()
    pages = sign_in_as(role, unit="31" if role is Role.CITY_OFFICIAL else None, locale=locale)
    page = pages.get(f"/learning/{made.id}")
    assert "adopt" not in page.html
    assert '<form method="post" action="/learning' not in pages.get("/learning").html
    pages.client.get("/learning?format=xlsx")


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_exposure_page_tells_figures_and_exports_them(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    pages.get("/exposure")  # empty: says what would be here
    offered = learning.services(session)
    learning.reviewed(session, offered, 2)
    session.commit()
    page = pages.get("/exposure")
    rows = page.rows("按街道" if locale == "zh" else "By street")
    assert [row[1] for row in rows[1:]] == ["2"]
    sheet = load_workbook(BytesIO(pages.client.get("/exposure?format=xlsx").data)).active
    assert sheet.max_row == 1 + 1 + 2 + 1  # the heading, a street, two codes, nobody said who founded it


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_page_of_gaps_names_who_could_close_them(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(Role.STREET_OFFICIAL, locale=locale)
    pages.get("/gaps/closing")
    need = needs.need(session, NeedPhase.UNMET)
    told = {"cause": GapCause.NOT_HERE, "remedy": GapRemedy.INVITE, "opened_at": NOON}
    session.add(GapEntry(need=need, unit_code=need.unit_code, term_code="EL-01", **told))
    outside = parties.organisation(session, name="上海外街服务中心")
    catalogue.service(session, organisation=outside, areas=(OTHER_STREET,))
    session.commit()
    page = pages.get("/gaps").click("看怎样补上" if locale == "zh" else "See how to close them")
    assert "上海外街服务中心" in page.text
    rows = list(load_workbook(BytesIO(pages.client.get("/gaps/closing?format=xlsx").data)).active.values)
    assert any("上海外街服务中心" in str(cell) for cell in rows[1])
