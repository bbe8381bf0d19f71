"""What people get wrong while writing a need: a clear sentence, the right status, nothing half-written."""

from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit.record import verify
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import needs
from tests.factories.parties import NOON

TOLD = "三楼到六楼十几户高龄独居老人没人烧饭，吃饭难，已经一年多了。"


def only(session: Session) -> Need:
    """The one need there is, as it stands in the database now."""
    session.expire_all()
    return session.scalars(select(Need)).one()


def test_a_double_click_makes_one_need(session: Session, sign_in_as: SignInAs) -> None:
    client = sign_in_as()
    form = client.get("/needs/new").form("what").fill(description=TOLD)
    first, second = form.submit("下一步"), form.submit("下一步")
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Need)) == 1


def test_submitting_twice_finds_it_submitted(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    client = sign_in_as()
    form = client.get(f"/needs/{need.id}/check").form("提交给街道")
    assert form.submit().location == form.submit().location == f"/needs/{need.id}/submitted"


def test_a_stale_form_is_refused_and_the_words_stay_on_the_page(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    mine, theirs = sign_in_as(), sign_in_as()
    form = mine.get(f"/needs/{need.id}/what").form("what")
    theirs.get(f"/needs/{need.id}/what").form("what").fill(title="同事先改了").submit("下一步")
    page = form.fill(title="我后改的").submit("下一步", status=409)
    assert "别人已经修改过" in page.errors[0]
    assert page.form("what").values["title"] == "我后改的"
    assert only(session).title == "同事先改了"


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("when", {"budget": "-1"}, "预算不能小于 0"),
        ("when", {"budget": "十万"}, "不是金额"),
        ("when", {"budget": "1e9"}, "不是金额"),
        ("when", {"starts": "2027-08", "ends": "2027-03"}, "结束日期不能早于开始日期"),
        ("when", {"budget": "100", "budget_unknown": True}, "就不要再勾"),
        ("who", {"affected_people": "0"}, "人数要在 1 到"),
        ("who", {"affected_people": "很多"}, "不是整数"),
        ("who", {"affected_people": "99999999999999"}, "人数要在 1 到"),
        ("who", {"evidence": ["visit"], "count_visit": "-3"}, "数量要在 0 到"),
        ("what", {"description": "长" * 4001}, "最多写 4000 个字"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    session: Session, sign_in_as: SignInAs, path: str, typed: dict[str, object], said: str
) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    form = sign_in_as().get(f"/needs/{need.id}/{path}").form(path)
    before = verify(session).events
    page = form.fill(typed).submit(status=422)
    assert said in page.errors[0]
    assert verify(session).events == before
    assert only(session).revision == need.revision


def test_signs_of_four_bytes_and_marks_of_pages_stay_what_they_are(
    session: Session, sign_in_as: SignInAs
) -> None:
    words = "𠮷家弄堂🍚 <b>吃饭</b>难 {{ 7*7 }} %(x)s；' OR 1=1 --"
    form = sign_in_as().get("/needs/new").form("what").fill(description=words)
    form.submit("看看建议", follow=True, skip=["nothing_left_over"])
    assert only(session).description == words


def test_everything_missing_is_listed_once_with_the_page_where_it_is_filled_in(
    session: Session, sign_in_as: SignInAs
) -> None:
    client = sign_in_as()
    client.get("/needs/new").form("what").fill(description="难").submit("下一步")
    need = only(session)
    page = client.get(f"/needs/{need.id}/check")
    assert len(page.errors) == 8
    assert page.link("请选一个词，说明有多急。") == f"/needs/{need.id}/who"
    page = client.post(f"/needs/{need.id}/submit", {}, status=422)
    assert len(page.errors) == 8
    assert phase_at(only(session), NOON) is NeedPhase.DRAFT


def test_a_file_of_the_wrong_kind_or_content_is_refused_and_the_words_stay(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.DRAFT)
    session.commit()
    client = sign_in_as()
    for name, content, said in (
        ("病毒.exe", b"MZ", "不能上传"),
        ("照片.png", b"GIF89a", "内容与扩展名不符"),
        ("空.pdf", b"", "空文件"),
        ("大.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "超过 10 MB"),
    ):
        form = client.get(f"/needs/{need.id}/what").form("what")
        form.fill(title="改过的标题", file=(BytesIO(content), name))
        page = form.submit(status=422, content_type="multipart/form-data")
        page.response.request.environ["wsgi.input"].close()  # a large body waits on the disk
        assert said in page.errors[0]
        assert page.form("what").values["title"] == "改过的标题"
    assert only(session).title == "澄江一村高龄老人助餐"


def test_a_need_sent_back_from_deliberation_is_handed_in_again_once(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    needs.take(session, need, needs.official(session, at=NOON), needs.NeedMove.RETURN)
    session.commit()
    form = sign_in_as().get(f"/needs/{need.id}/check").form("提交给街道")
    assert form.submit().location == form.submit().location == f"/needs/{need.id}/submitted"
    assert "工作日" in form.submit(follow=True).text
    assert phase_at(only(session), NOON) is NeedPhase.DELIBERATING
