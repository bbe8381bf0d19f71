"""Rankings without competition (R45) and without a scored price (R25, R41)."""

import json
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.errors import Invalid
from models.panels import reporting
from models.rulebook.methods import Method
from tests.factories import panels
from tests.factories.ranking import bid, content
from tests.models.panels.test_ranking_rules import ranked


def test_r45_a_single_source_is_ranked_with_its_one_valid_bid() -> None:
    alone = content(bid("b1", "150"), method="single_source")
    answer = ranked(alone)
    assert (answer["outcome"], answer["reason"], answer["bids"][0]["rank"]) == ("ranked", None, 1)
    assert "R45" in answer["rules"]
    over = ranked(content(bid("b1", "150.01"), method="single_source"))
    assert (over["outcome"], over["reason"]) == ("failed", "none_valid")


@pytest.mark.parametrize("method", ["open_tender", "competitive_consultation"])
def test_r25_r41_a_fixed_price_is_not_scored_and_says_so(method: str) -> None:
    whole = {"method": method, "price_weight": "0", "criteria": [{"id": "c1", "weight": "1", "max": "100"}]}
    given = [bid("b1", "100", "80"), bid("b2", "100", "90"), bid("b3", "100", "85")]
    with pytest.raises(Invalid, match="rank_price_weight_out_of_range"):
        ranked(content(*given, **whole))
    with pytest.raises(Invalid, match="rank_price_weight_out_of_range"):
        ranked(content(*given, fixed_price=False, **whole))
    answer = ranked(content(*given, fixed_price=True, **whole))
    assert [(each["id"], each["total"]) for each in answer["bids"]] == [
        ("b2", "90.0000"),
        ("b3", "85.0000"),
        ("b1", "80.0000"),
    ]


def test_a_fixed_price_that_weighs_is_refused_with_its_place() -> None:
    with pytest.raises(Invalid, match="rank_fixed_price_weighs") as refused:
        ranked(content(fixed_price=True))
    assert refused.value.facts == {"place": "fixed_price", "value": "true", "weight": "0.1"}


def test_r45_a_single_source_reaches_its_report_with_one_bid(session: Session) -> None:
    tender = panels.opened(session, bids=1)
    tender.method = Method.SINGLE_SOURCE
    panels.reported(session, tender=tender)
    ranking = reporting.standing(session, tender.lots[0])
    assert ranking is not None
    answer = json.loads(ranking.answer)
    assert ([each["rank"] for each in answer["bids"]], "R45" in answer["rules"]) == ([1], True)
    assert reporting.verify(ranking)


def test_r41_a_fixed_price_is_ranked_by_the_marks_alone(session: Session) -> None:
    panel = panels.priced(session, prices=("450000.00",) * 3)
    tender = panel.tender
    tender.criteria[0].weight += tender.price_weight
    tender.fixed_price, tender.price_weight = True, Decimal(0)
    ranking = reporting.rank(session, tender.lots[0], panels.official(session, tender, panels.RANKED))
    assert json.loads(ranking.question)["fixed_price"] is True
    assert [each["rank"] for each in json.loads(ranking.answer)["bids"]] == [1, 2, 3]
    assert reporting.verify(ranking)
