"""Checks before publication: each rule with the value just inside it and just outside."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rulebook.checks import before_publication
from models.rulebook.draft import Condition, Criterion, Draft, Survey
from models.rulebook.finding import Finding, FindingCode, Severity
from models.rulebook.gating import GatingKind, gates
from models.rulebook.methods import Method
from models.rulebook.picker import ServiceKind

ISSUED = date(2026, 11, 20)
HUNDREDTH = Decimal("0.01")
DAY = timedelta(days=1)


def criterion(weight: str | Decimal = "90", **more: Any) -> Criterion:
    weight = Decimal(weight)
    levels = (("每周上门三次，有记录", weight), ("每周上门一次", weight / 2))
    return Criterion(**{"id": "c1", "title": "服务方案", "weight": weight, "levels": levels} | more)


SOUND = Draft(
    method=Method.OPEN_TENDER,
    amount=Decimal(480_000),
    issued=ISSUED,
    price_weight=Decimal(10),
    bid_deadline=date(2026, 12, 10),
    documents_until=date(2026, 11, 27),
    clarified=date(2026, 11, 25),
    criteria=(criterion(),),
    conditions=(Condition("k1", "具有履行合同所必需的设备和专业技术能力"),),
    survey=Survey(date(2025, 11, 20), 3, public_asked=True),
    specification_authors=frozenset({"author"}),
    invited=frozenset({"other"}),
)


def found(**changes: Any) -> list[Finding]:
    return before_publication(replace(SOUND, **changes))


def codes(**changes: Any) -> set[tuple[FindingCode, str]]:
    return {(each.code, each.rule) for each in found(**changes)}


def test_a_sound_draft_has_no_findings() -> None:
    assert found() == []


@pytest.mark.parametrize("weight", ["89.99", "90.01"])
def test_r26_weights_that_miss_100_by_a_hundredth_are_refused(weight: str) -> None:
    (only,) = found(criteria=(criterion(weight),))
    assert (only.code, only.rule, only.severity) == (FindingCode.WEIGHTS_NOT_100, "R26", Severity.REFUSES)
    assert only.facts == {"total": Decimal(10) + Decimal(weight)}


@given(st.lists(st.decimals("0.01", "100", places=2), max_size=6))
def test_r26_weights_sum_in_any_order(weights: list[Decimal]) -> None:
    criteria = tuple(criterion(weight, id=str(n)) for n, weight in enumerate(weights))
    wrong = (FindingCode.WEIGHTS_NOT_100, "R26") in codes(criteria=criteria)
    assert wrong == (sum(weights) != 90)
    assert wrong == ((FindingCode.WEIGHTS_NOT_100, "R26") in codes(criteria=criteria[::-1]))


@pytest.mark.parametrize("method", [Method.SINGLE_SOURCE, Method.FRAMEWORK_CALL_OFF, Method.COMPARISON])
def test_where_no_rule_asks_for_scores_none_are_needed(method: Method) -> None:
    assert codes(method=method, criteria=(), price_weight=Decimal(0)) == set()
    assert (FindingCode.WEIGHTS_NOT_100, "R26") in codes(method=method, price_weight=Decimal("9.99"))


def test_a_weight_of_nothing_is_refused() -> None:
    nothing = criterion("0", id="c2", levels=(("有", Decimal(0)), ("无", Decimal(-1))))
    assert (FindingCode.WEIGHT_NOT_POSITIVE, "R26") in codes(criteria=(criterion(), nothing))


def weighed(price: Decimal, method: Method) -> set[tuple[FindingCode, str]]:
    return codes(price_weight=price, criteria=(criterion(100 - price),), method=method)


def test_r25_a_tenders_price_weighs_ten_at_least_and_has_no_ceiling() -> None:
    below = (FindingCode.PRICE_WEIGHT_BELOW_FLOOR, "R25")
    assert below in weighed(10 - HUNDREDTH, Method.OPEN_TENDER)
    assert weighed(Decimal(10), Method.OPEN_TENDER) == set()
    assert weighed(Decimal(60), Method.OPEN_TENDER) == set()


def test_r41_a_consultations_price_weighs_ten_to_thirty() -> None:
    method = Method.COMPETITIVE_CONSULTATION
    assert weighed(10 - HUNDREDTH, method) == {(FindingCode.PRICE_WEIGHT_BELOW_FLOOR, "R41")}
    assert weighed(Decimal(10), method) == set()
    assert weighed(Decimal(30), method) == set()
    assert weighed(30 + HUNDREDTH, method) == {(FindingCode.PRICE_WEIGHT_ABOVE_CEILING, "R41")}


def test_r25_r41_a_fixed_price_is_not_scored() -> None:
    scored = (FindingCode.FIXED_PRICE_SCORED, "R25")
    assert codes(fixed_price=True) == {scored}
    assert codes(fixed_price=True, price_weight=Decimal(0), criteria=(criterion("100"),)) == set()


def test_r44_a_negotiation_scores_nothing() -> None:
    assert (FindingCode.LOWEST_PRICE_WINS, "R44") in codes(method=Method.NEGOTIATION)
    assert codes(method=Method.NEGOTIATION, criteria=(), price_weight=Decimal(0)) == set()


def test_r09_a_criterion_needs_two_grades_that_differ() -> None:
    unquantified = (FindingCode.CRITERION_NOT_QUANTIFIED, "R09")
    for levels in ((), (("有方案", Decimal(90)),), (("甲", Decimal(9)), ("乙", Decimal(9)))):
        assert codes(criteria=(criterion(levels=levels),)) == {unquantified}


def test_r09_adjectives_are_no_grades() -> None:
    levels = (("优秀", Decimal(90)), ("良 好", Decimal(60)), ("一般", Decimal(30)))
    assert codes(criteria=(criterion(levels=levels),)) == {(FindingCode.CRITERION_VAGUE, "R09")}
    told = (("优秀：每周三次", Decimal(90)), *levels[1:])
    assert codes(criteria=(criterion(levels=told),)) == set()


def test_r27_no_grade_scores_more_than_its_weight() -> None:
    for most, wrong in ((Decimal(90), False), (90 + HUNDREDTH, True)):
        levels = (("每周三次", most), ("每周一次", Decimal(30)))
        assert bool(codes(criteria=(criterion(levels=levels),))) == wrong


def test_r27_a_condition_is_not_scored_as_well() -> None:
    text = SOUND.conditions[0].text
    assert codes(criteria=(criterion(text=f" {text} "),)) == {(FindingCode.CONDITION_SCORED, "R27")}


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("须在本区合格机构名录库内", GatingKind.GATING_LIST, "R48"),
        ("列入本市社会组织推荐目录的得 5 分", GatingKind.GATING_LIST, "R48"),
        ("供应商须在本区注册", GatingKind.LOCALITY, "R49"),
        ("办公地点位于本街道", GatingKind.LOCALITY, "R49"),
        ("近三年本区同类项目业绩，每个 2 分", GatingKind.REGIONAL_RECORD, "R49"),
        ("仅限社会组织参加", GatingKind.ORGANISATIONAL_FORM, "R49"),
        ("成立满三年", GatingKind.YEARS_IN_BUSINESS, "R49"),
        ("成立 ３ 年以上", GatingKind.YEARS_IN_BUSINESS, "R49"),
        ("注册资金不低于 50 万元", GatingKind.SIZE, "R49"),
    ],
)
def test_r48_r49_wordings_that_keep_suppliers_out_are_found(text: str, kind: GatingKind, rule: str) -> None:
    assert (kind, rule) in {(gate.kind, gate.rule) for gate in gates(text)}
    for changes in (
        {"conditions": (Condition("k1", text),)},
        {"criteria": (criterion(text=text),)},
        {"criteria": (criterion(levels=((text, Decimal(90)), ("没有", Decimal(0)))),)},
    ):
        refused = [each for each in found(**changes) if each.severity == Severity.REFUSES]
        assert (FindingCode.GATING_WORDS, rule) in {(each.code, each.rule) for each in refused}
        assert refused[0].where in {"k1", "c1"}


@pytest.mark.parametrize(
    "text",
    [
        "不得以注册资本作为条件",
        "不要求在本区注册",
        "项目负责人从事社区服务 3 年以上",
        "服务在本街道进行，服务对象为本区居民",
        "持有社会工作者证书的人员不少于 3 人",
        "合同签订后 1 年内完成",
    ],
)
def test_r49_wordings_about_the_work_itself_are_left_alone(text: str) -> None:
    assert gates(text) == []


def test_r20_below_the_limit_gating_words_are_only_told() -> None:
    findings = found(method=Method.COMPARISON, conditions=(Condition("k1", "成立满 3 年"),))
    assert [(each.code, each.severity) for each in findings] == [(FindingCode.GATING_WORDS, Severity.WARNS)]


def test_r54_the_author_of_the_specification_is_not_invited() -> None:
    barred = found(invited=frozenset({"author", "other"}))
    assert [(each.code, each.rule, each.where) for each in barred] == [
        (FindingCode.SPECIFICATION_AUTHOR_INVITED, "R54", "author")
    ]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("bid_deadline", FindingCode.DEADLINE_TOO_EARLY),
        ("documents_until", FindingCode.DOCUMENTS_TOO_SHORT),
    ],
)
def test_r21_r22_a_period_one_day_short_is_refused(field: str, code: FindingCode) -> None:
    on = getattr(SOUND, field)
    assert code in {each.code for each in found(**{field: on - DAY})}
    assert code not in {each.code for each in found(**{field: on})}


def test_r22_a_late_clarification_moves_the_deadline() -> None:
    assert codes(clarified=ISSUED + 6 * DAY) == {(FindingCode.CLARIFICATION_TOO_LATE, "R22")}
    assert codes(clarified=ISSUED + 6 * DAY, bid_deadline=date(2026, 12, 11)) == set()


def test_r39_r44_other_methods_have_their_own_periods() -> None:
    early = {"bid_deadline": date(2026, 11, 27), "clarified": None}
    assert (FindingCode.DEADLINE_TOO_EARLY, "R39") in codes(method=Method.COMPETITIVE_CONSULTATION, **early)
    quick = {"method": Method.NEGOTIATION, "criteria": (), "price_weight": Decimal(0), "clarified": None}
    assert codes(**quick, bid_deadline=date(2026, 11, 25)) == set()
    assert codes(**quick, bid_deadline=date(2026, 11, 24)) == {(FindingCode.DEADLINE_TOO_EARLY, "R44")}


def test_r37_a_date_in_a_year_without_holidays_is_said_to_be_provisional() -> None:
    late = found(
        issued=date(2026, 12, 20), bid_deadline=date(2027, 2, 1), documents_until=None, clarified=None
    )
    assert (FindingCode.DATE_PROVISIONAL, Severity.WARNS) in {(each.code, each.severity) for each in late}


def test_r08_the_survey_is_there_and_a_year_old_at_most() -> None:
    assert codes(survey=None) == {(FindingCode.SURVEY_MISSING, "R08")}
    assert codes(survey=Survey(ISSUED.replace(year=2025) - DAY, 3, True)) == {
        (FindingCode.SURVEY_TOO_OLD, "R08")
    }
    assert codes(survey=Survey(ISSUED, 2, True)) == {(FindingCode.SURVEY_TOO_FEW, "R08")}
    assert codes(survey=None, kind=ServiceKind.OWN_USE) == set()
    assert codes(survey=None, kind=ServiceKind.OWN_USE, amount=Decimal(10_000_000)) != set()


def test_r07_the_public_was_asked() -> None:
    assert codes(survey=Survey(ISSUED, 3, False)) == {(FindingCode.PUBLIC_NOT_ASKED, "R07")}


def test_what_refuses_stands_before_what_warns() -> None:
    late = found(issued=date(2026, 12, 20), bid_deadline=date(2027, 1, 4), survey=None, clarified=None)
    severities = [each.severity for each in late]
    assert severities == sorted(severities)
    assert set(severities) == set(Severity)
