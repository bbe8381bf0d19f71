"""One need on the desk: every decision through its form, and what is refused."""

from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.needs import operations
from models.needs.deliberation import Outcome
from models.needs.details import IndicatorCode
from models.needs.lifecycle import phase_at
from models.needs.need import ClosedReason, Need, NeedPhase
from tests.conftest import SignInAs
from tests.factories import deliberations, needs
from tests.factories.parties import ELSEWHERE, NEXT_DOOR, NOON, OTHER_STREET, neighbourhoods
from tests.page import Page, PageClient


def desk(need: Need) -> str:
    """The address of a need's desk."""
    return f"/needs/{need.id}/handling"


def reread(session: Session, need: Need) -> Need:
    """The need as it is in the database."""
    session.refresh(need)
    return need


def now(session: Session, need: Need) -> NeedPhase:
    """The phase in the database."""
    session.refresh(need)
    return phase_at(need, NOON)


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("phase", [phase for phase in NeedPhase if phase is not NeedPhase.DRAFT])
def test_a_need_of_any_phase_can_be_looked_at(
    session: Session, sign_in_as: SignInAs, phase: NeedPhase, locale: str
) -> None:
    need = needs.need(session, phase)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL, locale=locale).get(desk(need))
    assert page.h1 == need.heading
    assert needs.WORDS in page.text


def test_standardising_takes_over_what_the_need_says(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("standard")
    assert form.values["standard-codes"] == ["EL-01"]
    assert form.values["standard-groups"] == ["B03"]
    assert form.values["standard-n5"] == "3"
    form.fill({"standard-n3": "3", "standard-note_n3": "15分钟内没有助餐点", "standard-other_group": "B02"})
    page = form.submit("完成标准化", follow=True)
    assert page.flashes == ["需求已标准化，接下来可以匹配服务。"]
    assert now(session, need) is NeedPhase.STANDARDISED
    assert [row.term_code for row in need.terms] == ["EL-01", "B03", "B02"]
    assert {row.code.value: (row.value, row.note) for row in need.indicators}["N3"] == (
        3,
        "15分钟内没有助餐点",
    )


@pytest.mark.parametrize(
    ("others", "said", "value"),
    [
        (3, "另外 5 个“老公房、售后公房”居民区里，1 个提过同类需求，1 个已经办成，1 ÷ 5 = 20%", "1"),
        (2, "只有 4 个，不到 5 个，比不出来", ""),
    ],
)
def test_like_neighbourhoods_propose_n4_with_the_arithmetic(
    session: Session, sign_in_as: SignInAs, others: int, said: str, value: str
) -> None:
    neighbourhoods(session, others)
    need = needs.need(session, NeedPhase.SUBMITTED)
    needs.need(session, NeedPhase.CLOSED, unit=NEXT_DOOR)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL).get(desk(need))
    assert said in page.text
    form = page.form("standard")
    assert form.values["standard-n4"] == value
    form.fill({"standard-n4": "4"}).submit("完成标准化", follow=True)
    assert {row.code: row.value for row in reread(session, need).indicators}[IndicatorCode.N4] == 4


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standard-title": " "}, "请填写标题"),
        ({"standard-affected_people": "约四十"}, "不是整数"),
        ({"standard-affected_people": "-1"}, "人数要在"),
        ({"standard-codes": []}, "请至少选一个服务类别"),
        ({"standard-groups": []}, "请至少选一类服务对象"),
    ],
)
def test_a_standard_form_that_is_not_whole_comes_back_with_what_was_written(
    session: Session, sign_in_as: SignInAs, changes: dict[str, object], said: str
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("standard")
    form.fill({"standard-note_n1": "写了很久的依据"}).fill(changes)
    page = form.submit("完成标准化", status=422)
    assert said in " ".join(page.errors)
    assert page.form("standard").values["standard-note_n1"] == "写了很久的依据"
    assert now(session, need) is NeedPhase.SUBMITTED


def test_full_width_digits_are_read(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("standard")
    form.fill({"standard-affected_people": "６０"}).submit("完成标准化")
    session.refresh(need)
    assert need.affected_people == 60


def test_a_deliberating_need_asks_for_a_reason_while_no_meeting_supports_it(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    deliberations.meeting(session, need, held=True, outcome=Outcome.NOT_SUPPORTED)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL).get(desk(need))
    assert "最近一次会议没有支持" in page.text
    page = page.form("standard").submit("完成标准化", status=422)
    assert page.errors == ["最近一次会议没有支持这项需求。要继续，请写明理由。"]
    page.form("standard").fill({"standard-words": "场地已另行解决。"}).submit("完成标准化")
    assert now(session, need) is NeedPhase.STANDARDISED


def test_return_resubmit_and_standardise(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    official = sign_in_as(Role.STREET_OFFICIAL)
    form = official.get(desk(need)).form("return")
    refused = form.submit("退回", status=422)
    assert len(refused.errors) == 2
    refused.form("return").fill({"return-reason": "unclear", "return-words": "请写明几户。"}).submit("退回")
    assert now(session, need) is NeedPhase.RETURNED
    operations.submit(session, need, needs.worker(session, at=NOON))
    session.commit()
    official.get(desk(need)).form("standard").submit("完成标准化")
    assert now(session, need) is NeedPhase.STANDARDISED


def test_the_same_thing_is_merged_into_the_need_that_was_found(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    into = needs.need(session, NeedPhase.SUBMITTED, unit=NEXT_DOOR, title="二村老人助餐")
    session.commit()
    official = sign_in_as(Role.STREET_OFFICIAL)
    page = official.get(f"{desk(need)}?merge=二村")
    page.form("merge").fill({"merge-into": str(into.id)}).submit("并入")
    session.refresh(need)
    assert need.merged_into_id == into.id
    assert need.closed_reason is ClosedReason.MERGED
    assert need.heading in official.get(desk(into)).text


def test_merging_into_what_is_not_there_is_refused(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    needs.need(session, NeedPhase.SUBMITTED, unit=NEXT_DOOR)
    hidden = needs.need(session, NeedPhase.SUBMITTED, unit=ELSEWHERE)
    session.commit()
    official = sign_in_as(Role.STREET_OFFICIAL)
    for target in ("", "nonsense", str(hidden.id), str(uuid4())):
        sent = {"merge-into": target, "merge-revision": str(need.revision)}
        official.get(desk(need))
        page = official.post(f"{desk(need)}/merge", sent, status=422)
        assert page.errors == ["请选要并入的需求。"]
    page = official.post(
        f"{desk(need)}/merge", {"merge-into": str(need.id), "merge-revision": "x"}, status=422
    )
    assert page.errors == ["不能并入它自己，请另选一项需求。"]
    assert now(session, need) is NeedPhase.SUBMITTED


def test_what_is_no_organisations_work_is_routed(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("route")
    form.fill({"route-route_code": "X1", "route-words": "门禁由物业修。"}).submit("转办")
    session.refresh(need)
    assert (need.suitable, need.route_code) == (False, "X1")


def test_a_need_is_taken_into_deliberation_and_a_meeting_comes_next(
    session: Session, sign_in_as: SignInAs
) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    page = sign_in_as(Role.STREET_OFFICIAL).get(desk(need))
    page = page.form("先列入议事，会期以后再定").submit(follow=True)
    assert now(session, need) is NeedPhase.DELIBERATING
    assert page.click("公示一次会议").h1 == "公示一次会议"


def test_a_settled_need_is_closed(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.UNMET)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("settle")
    form.fill({"settle-words": "隔壁食堂已能送餐。"}).submit("登记为已解决")
    assert now(session, need) is NeedPhase.CLOSED


def test_a_stale_page_decides_nothing(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("return")
    operations.edit(session, need, needs.official(session, at=NOON), title="别人刚改过")
    session.commit()
    page = form.fill({"return-reason": "unclear", "return-words": "请写明几户。"}).submit("退回", status=409)
    assert "别人已经修改过" in page.errors[0]
    assert now(session, need) is NeedPhase.SUBMITTED


def test_a_second_click_is_told_how_things_stand(session: Session, sign_in_as: SignInAs) -> None:
    need = needs.need(session, NeedPhase.SUBMITTED)
    session.commit()
    form = sign_in_as(Role.STREET_OFFICIAL).get(desk(need)).form("route")
    form.fill({"route-route_code": "X1", "route-words": "门禁由物业修。"}).submit("转办")
    form.submit("转办", status=409)
    assert now(session, need) is NeedPhase.CLOSED


PATHS = ["", "/standardise", "/return", "/merge", "/route", "/settle", "/deliberate"]


@pytest.mark.parametrize("path", PATHS)
def test_another_streets_need_is_not_there_and_its_public_one_is_not_mine(
    session: Session, sign_in_as: SignInAs, path: str
) -> None:
    hidden = needs.need(session, NeedPhase.SUBMITTED)
    public = needs.need(session, NeedPhase.DELIBERATING)
    session.commit()
    stranger = sign_in_as(Role.STREET_OFFICIAL, unit=OTHER_STREET)
    for need, status in ((hidden, 404), (public, 403)):
        ask(stranger, f"{desk(need)}{path}", status)
    worker = sign_in_as(Role.COMMUNITY_WORKER)
    ask(worker, f"{desk(hidden)}{path}", 403)


def ask(pages: PageClient, address: str, status: int) -> Page:
    """Look at a page, or press its button."""
    return pages.get(address, status) if address.endswith("handling") else pages.post(address, {}, status)


def test_a_visitor_decides_nothing(session: Session, visitor: PageClient) -> None:
    need = needs.need(session, NeedPhase.DELIBERATING)
    session.commit()
    assert "/sign-in" in (visitor.get(desk(need), status=303).location or "")
    visitor.post(f"{desk(need)}/return", {}, status=303)
    assert now(session, need) is NeedPhase.DELIBERATING
