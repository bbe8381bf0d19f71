"""A draft is filled in from what is known, and its sections are written whole."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.needs.need import NeedPhase
from models.parties.unit import AdministrativeUnit
from models.rulebook.methods import METHODS, Method
from models.tenders import drafting, ending, filling
from models.tenders.content import CriterionContent, Level, LotContent, MilestoneContent
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from models.tenders.terms import RequirementKind
from tests.factories import deliberations, needs, parties, tenders
from tests.factories.parties import ELSEWHERE, NEIGHBOURHOOD, OTHER_STREET, STREET


def unit(session: Session, code: str = STREET) -> AdministrativeUnit:
    parties.place(session)
    return session.get_one(AdministrativeUnit, code)


def test_draft_is_filled_in_from_its_needs(session: Session) -> None:
    first = tenders.need(session, title="一村助餐", budget=Decimal(60000), affected_people=47)
    second = tenders.need(session, title="二片助餐", budget=Decimal("40000.50"), ends_on=date(2027, 10, 31))
    act = tenders.official(session)
    made = drafting.draft(session, unit(session), act, needs=[first, second])
    assert made.budget == Decimal("100000.50")
    assert made.title == "一村助餐等2项服务采购"
    assert first.description in made.description
    assert "预计服务 47 人" in made.description
    assert (made.service_starts_on, made.service_ends_on) == (date(2027, 3, 1), date(2027, 10, 31))
    assert made.method == Method.COMPARISON  # far below the limit (R20)
    assert {row.kind for row in made.requirements} == set(RequirementKind) - {RequirementKind.PARTICULAR}
    assert [row.percent for row in made.milestones] == [30, 40, 30]
    assert made.service_starts_on + timedelta(days=made.milestones[-1].due_days) == made.service_ends_on
    assert made.price_weight + sum(each.weight for each in made.criteria) == 100
    assert {row.need_id for row in made.lots[0].needs} == {first.id, second.id}
    group = next(term.term.name_zh for term in first.terms if term.is_group)
    assert group in made.users_words


def test_draft_names_who_wrote_the_assessment_as_barred_author(session: Session) -> None:
    organisation = parties.organisation(session, name="上海清源调研中心")
    assessment = deliberations.assessment(session, assessor_id=organisation.id, at=needs.LONG_AGO)
    need = needs.need(session, NeedPhase.MATCHED, assessment_id=assessment.id)
    made = drafting.draft(session, unit(session), tenders.official(session), needs=[need])
    assert made.author_organisation_id == organisation.id


@pytest.mark.parametrize("domain", ["EL", "YO", "WF", "DI", "HE", "DM", "GO", "SA", None])
@pytest.mark.parametrize("price", [Decimal(10), Decimal("12.35")])
def test_usual_criteria_share_out_what_the_price_leaves(domain: str | None, price: Decimal) -> None:
    made = list(filling.criteria(domain, 100 - price))
    assert sum(each.weight for each in made) == 100 - price
    assert all(len({level.points for level in each.levels}) > 1 for each in made)
    assert all(level.points <= each.weight for each in made for level in each.levels)


@pytest.mark.parametrize("method", Method)
def test_usual_price_weight_is_within_the_rules(method: Method) -> None:
    weight, rules = filling.price_weight(method), METHODS[method]
    assert rules.price_floor is None or weight >= rules.price_floor.value
    assert rules.price_ceiling is None or weight <= rules.price_ceiling.value


def test_r01_neighbourhood_is_no_purchaser(session: Session) -> None:
    need = tenders.need(session)
    act = parties.act_as(session, parties.Role.STREET_OFFICIAL, unit=STREET)
    with pytest.raises(Invalid, match="purchaser_wrong"):
        drafting.draft(session, unit(session, NEIGHBOURHOOD), act, needs=[need])


def test_worker_may_not_draft(session: Session) -> None:
    with pytest.raises(NotAllowed):
        drafting.draft(session, unit(session), needs.worker(session), needs=[tenders.need(session)])


def test_need_is_in_one_live_tender_only(session: Session) -> None:
    need, act = tenders.need(session), tenders.official(session)
    first = drafting.draft(session, unit(session), act, needs=[need])
    with pytest.raises(Invalid, match="need_in_another_tender") as refused:
        drafting.draft(session, unit(session), act, needs=[need])
    assert refused.value.facts["reference"] == first.reference
    ending.cancel(session, first, act)
    assert drafting.draft(session, unit(session), act, needs=[need]).id != first.id


def test_draft_with_same_id_is_the_same_draft(session: Session) -> None:
    need, act, id_ = tenders.need(session), tenders.official(session), uuid4()
    first = drafting.draft(session, unit(session), act, needs=[need], id=id_)
    assert drafting.draft(session, unit(session), act, needs=[need], id=id_) is first


@pytest.mark.parametrize("phase", [NeedPhase.SUBMITTED, NeedPhase.UNMET, NeedPhase.CLOSED])
def test_need_that_is_not_ready_is_refused(session: Session, phase: NeedPhase) -> None:
    need = needs.need(session, phase)
    with pytest.raises(Invalid, match="need_not_ready"):
        drafting.draft(session, unit(session), tenders.official(session), needs=[need])


def test_need_of_another_street_is_refused(session: Session) -> None:
    need = tenders.need(session, unit=ELSEWHERE)
    with pytest.raises(Invalid, match="need_of_another_area"):
        drafting.draft(session, unit(session), tenders.official(session), needs=[need])
    act = tenders.official(session, unit=OTHER_STREET)
    assert drafting.draft(session, unit(session, OTHER_STREET), act, needs=[need]).unit_code == OTHER_STREET


def test_budget_is_asked_only_where_no_need_has_one(session: Session) -> None:
    need, act = tenders.need(session, budget=None), tenders.official(session)
    with pytest.raises(Invalid, match="tender_budget_unknown"):
        drafting.draft(session, unit(session), act, needs=[need])
    assert drafting.draft(session, unit(session), act, needs=[need], budget=Decimal(8000)).budget == 8000


def test_edit_writes_and_says_what(session: Session) -> None:
    made = tenders.draft(session)
    act = tenders.official(session)
    before = made.revision
    drafting.edit(session, made, act, basics=tenders.basics(made, title="助餐服务", price_weight=Decimal(20)))
    session.flush()
    assert (made.title, made.price_weight) == ("助餐服务", 20)
    assert made.revision > before


def test_edit_of_a_stale_form_is_refused(session: Session) -> None:
    made, act = tenders.draft(session), tenders.official(session)
    seen = made.revision
    drafting.set_criteria(session, made, act, criteria=[CriterionContent("方案", Decimal(90))])
    session.flush()
    with pytest.raises(Conflict, match="stale"):
        drafting.edit(session, made, act, basics=tenders.basics(made, title="别的"), revision=seen)


def test_published_tender_is_not_edited(session: Session) -> None:
    made = tenders.tender(session)
    with pytest.raises(Conflict, match="wrong_phase"):
        drafting.edit(session, made, tenders.official(session), basics=tenders.basics(made, title="改"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "tender_title_missing"),
        ({"price_weight": Decimal("100.01")}, "weight_out_of_range"),
        ({"price_weight": Decimal("-1")}, "weight_out_of_range"),
        ({"service_ends_on": date(2026, 1, 1)}, "tender_ends_before_start"),
        ({"surveyed_respondents": -1}, "survey_negative"),
        ({"author_organisation_id": uuid4()}, "organisation_unknown"),
        ({"contract_words": "长" * 4001}, "words_too_long"),
    ],
)
def test_impossible_basics_are_refused(session: Session, changes: dict[str, object], code: str) -> None:
    made = tenders.draft(session)
    with pytest.raises(DomainError, match=code):
        drafting.edit(session, made, tenders.official(session), basics=tenders.basics(made, **changes))


def test_lots_sum_to_the_budget_and_the_ceiling(session: Session) -> None:
    made, act = tenders.draft(session, lots=2), tenders.official(session)
    one, two = (lot.needs[0].need_id for lot in made.lots)
    kept = made.lots[0].id
    lots = [
        LotContent("甲包", Decimal(300000), (two,), ceiling=Decimal(280000)),
        LotContent("乙包", Decimal(200000), (one,)),
    ]
    drafting.set_lots(session, made, act, lots=lots)
    session.flush()
    session.expire_all()
    assert (made.budget, made.ceiling) == (500000, 480000)
    assert made.lots[0].id == kept
    assert [lot.needs[0].need_id for lot in made.lots] == [two, one]
    drafting.set_lots(session, made, act, lots=[LotContent("全部", Decimal(500000), (one, two))])
    session.flush()
    assert (len(made.lots), made.ceiling) == (1, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"budget": Decimal(0)}, "lot_amount_out_of_range"),
        ({"budget": Decimal("1E+11")}, "lot_amount_out_of_range"),
        ({"budget": Decimal("0.001")}, "amount_in_fen"),
        ({"ceiling": Decimal(500001)}, "ceiling_above_budget"),
        ({"title": ""}, "lot_title_missing"),
        ({"needs": ()}, "lot_without_needs"),
        ({"quantity": 0}, "quantity_out_of_range"),
    ],
)
def test_impossible_lots_are_refused(session: Session, changes: dict[str, object], code: str) -> None:
    made = tenders.draft(session)
    lot = LotContent("包", Decimal(500000), (made.lots[0].needs[0].need_id,))
    with pytest.raises(Invalid, match=code):
        drafting.set_lots(session, made, tenders.official(session), lots=[replace(lot, **changes)])  # type: ignore[arg-type]  # by name


def test_need_is_not_in_two_lots(session: Session) -> None:
    made = tenders.draft(session)
    lot = LotContent("包", Decimal(500000), (made.lots[0].needs[0].need_id,))
    with pytest.raises(Invalid, match="need_in_two_lots"):
        drafting.set_lots(session, made, tenders.official(session), lots=[lot, lot])


def test_levels_stand_highest_first(session: Session) -> None:
    made = tenders.draft(session)
    levels = (Level("少", Decimal(10)), Level("多", Decimal(90)))
    drafting.set_criteria(
        session, made, tenders.official(session), criteria=[CriterionContent("方案", Decimal(90), levels)]
    )
    session.flush()
    session.expire_all()
    assert [level.words for level in made.criteria[0].levels] == ["多", "少"]


@pytest.mark.parametrize("points", [Decimal("-1"), Decimal("100.01"), Decimal("1.005")])
def test_points_out_of_range_are_refused(session: Session, points: Decimal) -> None:
    made, act = tenders.draft(session), tenders.official(session)
    with pytest.raises(Invalid, match="weight_out_of_range"):
        drafting.set_criteria(session, made, act, criteria=[CriterionContent("方案", points)])
    with pytest.raises(Invalid, match="weight_out_of_range"):
        drafting.set_milestones(session, made, act, milestones=[MilestoneContent("期", 3, points)])


@pytest.mark.parametrize("phase", [TenderPhase.DRAFT, TenderPhase.CANCELLED, TenderPhase.FAILED])
def test_factory_reaches_phase(session: Session, phase: TenderPhase) -> None:
    assert phase_at(tenders.tender(session, phase), tenders.CLOSES) == phase
