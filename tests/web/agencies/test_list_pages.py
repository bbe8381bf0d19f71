"""The list of agencies, an entry with its ties and papers, rotation, suspension and appeal."""

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.agencies import queries
from models.agencies.agency import Agency
from models.agencies.rotation import rotation_at
from tests.factories import agencies, parties
from tests.factories.parties import DISTRICT, NOON
from tests.web.agencies.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


def test_a_registrar_lists_an_agency_and_notes_what_it_has_shown(
    session: Session, come: Come, listed: list[Agency]
) -> None:
    organisation = parties.organisation(session, name="上海新芽评估中心")
    page = come().get("/agencies").click("加一家评估机构")
    assert page.form().submit(status=422).errors == ["请选择一家机构。"]
    page = page.form().fill(organisation_id=organisation.id, words="养老领域。").submit(follow=True)
    assert page.h1 == "上海新芽评估中心"
    assert "缺少资质，不会抽到：独立法人、专业人员、内部管理制度、三年内没有重大违法记录。" in page.text
    page = page.click("登记资质")
    said = {
        "kind": "legal_body",
        "words": "登记证书。",
        "issued_on": "2026-01-01",
        "expires_on": "2025-01-01",
    }
    assert page.form().fill(said).submit(status=422).errors == ["到期日应晚于生效日。"]
    page = page.form().fill({**said, "expires_on": ""}).submit(follow=True)
    assert "不会抽到：专业人员、内部管理制度、三年内没有重大违法记录。" in page.text


def test_a_tie_is_noted_and_its_end(session: Session, come: Come, listed: list[Agency]) -> None:
    other = parties.organisation(session, name="上海别家服务中心")
    pages = come()
    page = pages.get(f"/agencies/{listed[0].organisation_id}").click("登记利害关系")
    said = {"organisation_id": other.id, "kind": "paid_work", "began_on": "2022-03-01"}
    page = page.form().fill(said).submit(follow=True)
    assert page.rows("利害关系")[1][:3] == [
        "上海别家服务中心",
        "为承接机构做过有偿的工作",
        "2022年3月1日 起2026年11月20日 12:00 登记",
    ]
    page = page.click("记下结束").form().fill(on="2023-11-19").submit(follow=True)
    assert page.rows("利害关系")[1][3] == "不用回避"


@LOCALES
def test_everybody_who_may_reads_the_list_and_the_entry(
    session: Session, come: Come, listed: list[Agency], locale: str
) -> None:
    agencies.suspended(session, listed[1])
    session.commit()
    where = f"/agencies/{listed[0].organisation_id}"
    for who in (Role.DISTRICT_OFFICIAL, Role.CITY_OFFICIAL, Role.AUDITOR, listed[0]):
        pages = come(who, locale=locale)
        assert pages.get("/agencies").status == 200
        assert pages.get(where).status == 200
        assert pages.get("/rotation").status == 200
        assert pages.get("/agencies?format=xlsx").status == 200
    for who in (Role.STREET_OFFICIAL, Role.HUB, listed[1]):
        assert come(who, locale=locale).get(where, status=404).status == 404


def test_a_rule_of_rotation_is_set_from_a_day_on_and_kept(
    session: Session, come: Come, listed: list[Agency]
) -> None:
    page = come().get("/rotation")
    assert "默认，本地区没有另作规定" in page.text
    page = page.click("制定新的规则")
    assert page.form().fill(effective_on="2026-11-19").submit(status=422).errors == [
        "新的规则从今天或以后起算，不改变已经抽取的结果。"
    ]
    page = (
        page.form()
        .fill(effective_on="2026-11-20", most_consecutive="1", rescore_share="20")
        .submit(follow=True)
    )
    assert page.rows("历次规则")[1][1:5] == ["1", "3", "20%", "10"]
    assert rotation_at(session, DISTRICT, NOON.date()).most_consecutive == 1
    assert "制定新的规则" not in come(Role.AUDITOR).get("/rotation").text


def test_a_suspension_is_appealed_against_and_decided_by_another(
    session: Session, come: Come, listed: list[Agency]
) -> None:
    first, own = come(), come(listed[0])
    page = first.get(f"/agencies/{listed[0].organisation_id}").click("暂停抽取")
    page = page.form().fill(reasons="复评差距多次超过 10 分。", until_on="2027-02-18").submit(follow=True)
    where = page.path
    (told,) = (
        link for link in own.get("/home").links if "贵机构被暂停抽取，到 2027年2月18日 为止" in link.text
    )
    assert (own.get(told.href, status=303).location or "").endswith(where)
    page = (
        own.get(where).click("提出申诉").form().fill(words="两次差距都由补交材料引起。").submit(follow=True)
    )
    assert "申诉待处理" in page.text
    page = first.get(where).click("处理申诉").form().fill(upheld="no", words="同意。").submit(status=403)
    assert page.errors == ["申诉由别人处理：作出暂停的人不能决定对它的申诉。"]
    second = come()
    page = second.get("/home").click("处理暂停的申诉 " + listed[0].organisation.name)
    page = page.click("处理申诉").form().fill(upheld="no", words="申诉成立。").submit(follow=True)
    assert "已解除" in page.text
    assert queries.suspended(session, NOON, [listed[0].organisation_id]) == set()
