"""Nothing sealed or private is in any byte, and each thing becomes public at its own instant, not before."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.contracts import awarding, contracting
from models.tenders.tender import Tender
from tests.conftest import SignInAs
from tests.factories import bids, contracts, disclosure, tenders
from tests.factories.contracts import DECIDED, NOTICE_OVER, NOTICED, SIGNED, URL
from tests.factories.disclosure import MARK
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES
from tests.web.api.ocds.conftest import Get

TICK = timedelta(microseconds=1)
ADDRESSES = ("/ocds/releases", "/ocds/records", "/ocds/package.json")
PRICES = ("431234", "430777", "431777", "432777")


def one(get: Get, at: Any) -> dict[str, Any]:
    """The only release there is at an instant."""
    (release,) = get("/ocds/releases", at=at)["releases"]
    return dict(release)


@pytest.mark.parametrize("scene", [disclosure.tendering, disclosure.opened])
def test_no_byte_holds_what_is_sealed_or_private(session: Session, get: Get, scene: Any) -> None:
    tender = scene(session)
    for path in (*ADDRESSES, f"/ocds/ocds-000000-{tender.reference}"):
        said = json.dumps(get(path), ensure_ascii=False)
        assert tender.reference in said
        assert MARK not in said
        assert not [price for price in PRICES if price in said]


@pytest.mark.parametrize("scene", [disclosure.priced, disclosure.running])
def test_no_byte_holds_the_words_of_bids_reports_or_people(session: Session, get: Get, scene: Any) -> None:
    made = scene(session)
    tender = made if isinstance(made, Tender) else made.tender
    for path in (*ADDRESSES, f"/ocds/ocds-000000-{tender.reference}"):
        said = json.dumps(get(path), ensure_ascii=False)
        assert tender.reference in said
        assert MARK not in said
        assert not [name for name in ("王小明", "李秀英", "王丽萍") if name in said]  # workers, officials


def test_a_question_appears_with_its_answer_and_never_with_its_asker(session: Session, get: Get) -> None:
    tender = tenders.tender(session)
    disclosure.asked(session, tender, NOON)
    answered = NOON + timedelta(hours=1)
    assert "enquiries" not in one(get, answered - TICK)["tender"]
    (enquiry,) = one(get, answered)["tender"]["enquiries"]
    assert set(enquiry) == {"id", "date", "description", "answer", "dateAnswered"}
    assert enquiry["answer"] == "包括。"


def test_before_the_opening_not_even_the_number_of_bids_is_there(session: Session, get: Get) -> None:
    tender = disclosure.sealed(session, tenders.tender(session))
    bids.opened(session, tender)
    assert "bids" not in one(get, CLOSES - TICK)
    found = one(get, CLOSES)["bids"]
    assert [each["value"] for each in found["statistics"]] == [3]
    assert "details" not in found  # the panel marks without names


def test_names_come_with_the_prices_opening_and_findings_with_the_decision(
    session: Session, get: Get
) -> None:
    tender = contracts.reported(session)
    assert tender.priced_at is not None
    assert "details" not in one(get, tender.priced_at - TICK)["bids"]
    priced = one(get, tender.priced_at)["bids"]["details"]
    assert len(priced) == 3
    assert all("value" not in each and each["status"] == "pending" for each in priced)
    contracts.award(session, tender)
    before, after = (one(get, at)["bids"]["details"] for at in (DECIDED - TICK, DECIDED))
    assert {each["status"] for each in before} == {"pending"}
    assert {each["status"] for each in after} == {"valid"}


def test_only_the_winners_price_is_public_from_the_notice_on_as_on_the_result_page(
    session: Session, get: Get
) -> None:
    """R33: what a loser offered is told to it alone."""
    award = contracts.award(session)
    assert all("value" not in each for each in one(get, NOTICED - TICK)["bids"]["details"])
    noticed = one(get, NOTICED)
    assert [each.get("value", {}).get("amount") for each in noticed["bids"]["details"]] == [
        450000,
        None,
        None,
    ]
    assert {each["value"] for each in noticed["bids"]["statistics"]} == {3}
    awarding.withdraw(session, award, contracts.official(session, SIGNED), words="成交人放弃。")
    assert all("value" not in each for each in one(get, SIGNED)["bids"]["details"])


def test_an_award_is_public_from_its_notice_and_active_when_that_has_run(session: Session, get: Get) -> None:
    contracts.award(session)
    assert "awards" not in one(get, NOTICED - TICK)
    assert one(get, NOTICED)["awards"][0]["status"] == "pending"
    assert one(get, NOTICE_OVER - TICK)["awards"][0]["status"] == "pending"
    active = one(get, NOTICE_OVER)
    assert active["awards"][0]["status"] == "active"
    assert active["date"] == "2026-12-18T00:00:00+08:00"


def test_an_award_that_is_taken_back_stays_and_says_so(session: Session, get: Get) -> None:
    award = contracts.award(session)
    act = contracts.official(session, SIGNED)
    awarding.withdraw(session, award, act, words=f"{MARK}：成交人放弃。")
    release = one(get, SIGNED)
    assert release["awards"][0]["status"] == "cancelled"
    assert "awardCancellation" in release["tag"]
    assert MARK not in json.dumps(release, ensure_ascii=False)


def test_a_contract_is_public_from_its_publication(session: Session, get: Get) -> None:
    made = contracts.contract(session)
    published = SIGNED + timedelta(hours=1)
    act = contracts.official(session, published)
    contracting.publish(session, made, act, url=URL, published_on=contracts.date(2026, 12, 29))
    assert "contracts" not in one(get, published - TICK)
    (contract,) = one(get, published)["contracts"]
    assert contract["status"] == "active"
    assert contract["awardID"] == one(get, published)["awards"][0]["id"]
    assert [each["status"] for each in contract["milestones"]] == ["scheduled"] * 3


def test_a_running_contract_shows_what_was_met_paid_and_changed(session: Session, get: Get) -> None:
    disclosure.running(session)
    release = one(get, SIGNED)
    (contract,) = release["contracts"]
    assert [each["status"] for each in contract["milestones"]] == ["met", "scheduled", "scheduled"]
    (payment,) = contract["implementation"]["transactions"]
    assert payment["value"] == {"amount": 135000, "currency": "CNY"}
    assert contract["value"]["amount"] == 451000
    assert [each["description"] for each in contract["amendments"]] == ["增加一个服务点。"]
    assert {"contract", "contractAmendment", "implementation"} <= set(release["tag"])


def test_a_failed_tender_is_unsuccessful_and_its_repetition_says_so(session: Session, get: Get) -> None:
    first, again = disclosure.failed_and_repeated(session)
    found = {each["ocid"].removeprefix("ocds-000000-"): each for each in get("/ocds/releases")["releases"]}
    assert found[first.reference]["tender"]["status"] == "unsuccessful"
    assert "relatedProcesses" not in found[first.reference]
    (related,) = found[again.reference]["relatedProcesses"]
    assert related["identifier"] == f"ocds-000000-{first.reference}"
    assert related["relationship"] == ["unsuccessfulProcess"]


def test_a_consortium_is_named_whole(session: Session, get: Get) -> None:
    tender = tenders.tender(session)
    lead, other = (bids.bidder(session, name=name) for name in ("上海牵头社", "上海联合社"))
    bids.consortium(session, tender.lots[0], lead, other)
    bids.bid(session, tender.lots[0], lead)
    disclosure.sealed(session, tender)
    bids.opened(session, tender, prices=True)
    names = [[each["name"] for each in bid["tenderers"]] for bid in one(get, CLOSES)["bids"]["details"]]
    assert ["上海牵头社", "上海联合社"] in names


def test_words_are_chinese_whoever_reads(session: Session, sign_in_as: SignInAs) -> None:
    tenders.tender(session)
    session.commit()
    said = sign_in_as(None, locale="en").client.get("/ocds/releases").get_json()
    assert said["releases"][0]["tender"]["procurementMethodDetails"] == "竞争性磋商"


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_page_for_people_says_what_it_is_and_what_is_not_registered(
    session: Session, sign_in_as: SignInAs, locale: str
) -> None:
    pages = sign_in_as(None, locale=locale)
    pages.get("/ocds/")
    tender = tenders.tender(session)
    session.commit()
    said = pages.get("/ocds/").text
    assert "ocds-000000" in said
    assert tender.reference in said
    words = {"zh": "没有在开放合同伙伴组织（OCP）登记", "en": "not registered with the Open Contracting"}
    assert words[locale] in said
