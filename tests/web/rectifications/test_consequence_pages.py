"""A decision with its reasons, the appeal and somebody else's answer; what is excellent, in the profile."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from models.act import Role
from models.evaluations.evaluation import Evaluation
from models.rectifications.consequence import ConsequenceKind
from tests.factories import agencies, contracts, evaluations, parties, rectifications
from tests.factories.parties import NOON
from tests.web.rectifications.conftest import Come

LOCALES = pytest.mark.parametrize("locale", ["zh", "en"])


@LOCALES
def test_a_decision_an_appeal_and_its_answer(
    session: Session, evaluation: Evaluation, come: Come, locale: str
) -> None:
    district = parties.act_as(session, Role.DISTRICT_OFFICIAL)
    pages = come(district, locale=locale)
    where = f"/evaluations/{evaluation.id}/consequence"
    form = pages.get(where).form(where)
    assert form.submit(status=422).errors
    said = {"kind": "reduced_payment", "reasons": "服务量不足。", "amount": "999999999"}
    assert pages.get(where).form(where).fill(said).submit(status=422).errors
    page = pages.get(where).form(where).fill(said, terms="合同第九条").submit(status=422)
    assert "450,000.00" in page.text
    page = page.form(where).fill(amount="１，０００").submit(follow=True)
    made = page.path
    assert "1,000.00" in page.text

    page = come(rectifications.staff(session, evaluation), locale=locale).get("/consequences")
    page = page.click({"zh": "按合同扣减款项", "en": "Reduced payment under the contract"}[locale])
    page = page.click({"zh": "提出申诉", "en": "Appeal"}[locale])
    assert page.form(page.path).submit(status=422).errors
    page.form(page.path).fill(words="服务量已补足。").submit(follow=True)

    page = come(district, locale=locale).get(f"{made}/review")
    answer = {"lifted": "yes", "words": "补足属实。"}
    assert page.form(page.path).fill(answer).submit(status=403).errors
    other = come(parties.act_as(session, Role.DISTRICT_OFFICIAL), locale=locale)
    line = {"zh": "决定申诉", "en": "Decide the appeal"}[locale]
    page = other.get("/home").click(line).click(line)
    page = page.form(page.path).fill(answer).submit(follow=True)
    assert {"zh": "申诉后撤销", "en": "Lifted on appeal"}[locale] in page.text


def test_an_excellent_project_is_noted_in_the_profile_once_it_is_published(
    session: Session, come: Come
) -> None:
    contract = agencies.running(session)
    evaluations.final(session, contract, score="95.00", at=NOON)
    title = contract.award.lot.tender.title
    where = f"/organisations/{contract.organisation_id}"
    assert "评估优秀的项目" in come(replace(parties.nobody(), at=NOON)).get(where).text
    page = come(replace(parties.nobody(), at=NOON - evaluations.DAY)).get(where)
    assert "评估优秀的项目" not in page.text
    assert title not in page.text


def test_a_contract_is_decided_to_end_once(session: Session, evaluation: Evaluation, come: Come) -> None:
    rectifications.consequence(session, evaluation, kind=ConsequenceKind.TERMINATION)
    page = come(contracts.official(session)).get(f"/evaluations/{evaluation.id}/consequence")
    assert "不能恢复" in page.text
    twice = {"kind": "termination", "reasons": "严重违约。", "terms": "合同第十条"}
    assert page.form(page.path).fill(twice).submit(status=409).errors
