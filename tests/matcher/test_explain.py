"""Explanations: what is marked is there, and what adds up adds up."""

import json
import math

import pytest

from matcher import SIGNALS, Explanation, Matcher
from matcher.explain import Mark
from tests.matcher.tables import catalogue, need, needs, service, services

ASKED = need(
    title="三樓老太太汏浴難",
    description="😀浴缸跨不进，想请人上门助浴。不需要送餐。",
    beneficiary_group="失能老人",
)


def explain(one_need: dict[str, object], service_id: str, *, rules: bool = True) -> Explanation:
    return Matcher().fit(catalogue()).explain(one_need, service_id, rules=rules)


def marked(record: dict[str, object], marks: tuple[Mark, ...]) -> set[str]:
    return {str(record[mark.field])[mark.start : mark.end] for mark in marks}


def test_marks_stand_on_the_words_as_they_were_written() -> None:
    why = explain(ASKED, "S-bath")
    offered = catalogue().set_index("service_id").loc["S-bath"].to_dict()
    bathing = next(match for match in why.codes if match.need_code == match.service_code == "EL-02")
    assert {"汏浴難", "助浴"} <= marked(ASKED, bathing.need)
    assert "上门助浴" in marked(offered, bathing.service) or "助浴" in marked(offered, bathing.service)
    assert any(
        "老太太" in marked(ASKED, match.need) or "失能" in marked(ASKED, match.need) for match in why.groups
    )


def test_shared_words_are_marked_on_both_sides() -> None:
    why = explain(ASKED, "S-bath")
    offered = catalogue().set_index("service_id").loc["S-bath"].to_dict()
    assert why.words
    for match in (*why.words, *why.characters):
        assert match.need
        assert match.service
        assert all(text for text in marked(ASKED, match.need) | marked(offered, match.service))
    assert math.fsum(match.weight for match in why.words) == pytest.approx(1)
    assert [match.weight for match in why.words] == sorted(
        (match.weight for match in why.words), reverse=True
    )


def test_characters_are_those_in_none_of_the_shared_words() -> None:
    why = explain(ASKED, "S-bath")
    words = [match.word for match in why.words]
    assert not [match.word for match in why.characters if any(match.word in word for word in words)]


def test_what_is_negated_is_not_marked() -> None:
    why = explain(ASKED, "S-meals")
    assert not [match for match in why.codes if "送餐" in marked(ASKED, match.need)]


def test_contributions_are_those_of_the_match() -> None:
    fitted = Matcher().fit(catalogue())
    from_match = fitted.match(needs(ASKED), top=8).set_index("service_id")
    for service_id in catalogue()["service_id"]:
        why = fitted.explain(ASKED, service_id)
        row = from_match.loc[service_id]
        assert dict(why.contributions) == {name: row[name] for name in SIGNALS}
        assert sum(why.contributions.values()) == why.score == row["score"]
        assert (list(why.reasons), why.verdict) == (row["reasons"], row["verdict"])


def test_several_services_are_explained_as_each_is_alone() -> None:
    fitted, ids = Matcher().fit(catalogue()), ["S-waste", "S-bath", "S-waste"]
    assert fitted.explain_each(ASKED, ids) == [fitted.explain(ASKED, service_id) for service_id in ids]
    assert fitted.explain_each(ASKED, []) == []


def test_refusals_are_the_findings_that_refuse() -> None:
    table = services(service(unit_price_yuan=99999, coverage_districts=""))
    why = Matcher().fit(table).explain(need(), "S1")
    assert [finding.code for finding in why.findings] == ["area_unknown", "price_above_budget"]
    assert [finding.code for finding in why.refusals] == ["price_above_budget"]


def test_without_rules_there_is_nothing_to_find() -> None:
    why = explain(ASKED, "S-bath", rules=False)
    assert (why.verdict, why.findings) == ("eligible", ())


def test_a_pair_with_nothing_in_common_has_nothing_to_show() -> None:
    silent = need(title="", description="", beneficiary_group="")
    why = explain(silent, "S-bath")
    assert (why.score, why.words, why.characters, why.codes, why.groups) == (0.0, (), (), (), ())


def test_an_explanation_can_be_written_as_json() -> None:
    why = explain(ASKED, "S-bath")
    assert json.loads(json.dumps(why.as_dict(), ensure_ascii=False))["service_id"] == "S-bath"
