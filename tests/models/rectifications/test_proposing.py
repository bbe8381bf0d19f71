"""What a report offers as findings: less than 60 per cent, no evidence, vetoes, and nothing else."""

import json
from typing import Any

import pytest

from models.rectifications.proposing import Cause, proposed
from models.rectifications.rectification import Severity
from models.scoring.score import score
from models.scoring.sheet import read_sheet


def offered(items: dict[str, Any], **also: Any) -> list[tuple[Cause, str]]:
    """What a final of these items offers; the others were not marked."""
    question = {"stage": "final", "indicators": "default", "items": items, **also}
    found = proposed(score(read_sheet(json.dumps(question).encode())))
    return [(each.cause, each.code or (each.veto.code if each.veto else "")) for each in found]


@pytest.mark.parametrize(
    ("points", "is_offered"), [("2.39", True), ("2.4", False), ("4", False), ("0", True)]
)
def test_an_item_is_offered_below_sixty_per_cent_of_its_four_points(points: str, is_offered: bool) -> None:
    found = offered({"E1.1": {"points": points, "evidence": ["ZJ-1"]}})
    assert found == ([(Cause.LOW, "E1.1")] if is_offered else [])


def test_what_has_no_evidence_is_offered_and_what_nobody_marked_is_not() -> None:
    """Neither is a survey that was not held: that is not the organisation's to mend."""
    items = {"E4.1": {"missing": "没有看到专账。"}, "E1.1": {"points": "4", "evidence": []}}
    assert offered(items) == [(Cause.NO_EVIDENCE, "E1.1"), (Cause.NO_EVIDENCE, "E4.1")]


def test_a_low_share_of_satisfied_residents_is_offered() -> None:
    survey = {"answers": "100", "satisfied": "59"}
    assert offered({}, survey=survey) == [(Cause.LOW, "E3.1")]
    assert offered({}, survey={"answers": "100", "satisfied": "60"}) == []


def test_vetoes_come_first_and_are_grave() -> None:
    question = {
        "stage": "final",
        "indicators": "default",
        "items": {"E1.1": {"points": "0", "evidence": ["ZJ-1"], "words": "需求编号失效。"}},
        "vetoes": {"false_data": "签到表为后补。"},
    }
    first, second = proposed(score(read_sheet(json.dumps(question).encode())))
    assert (first.cause, first.severity, first.said) == (Cause.VETO, Severity.GRAVE, "签到表为后补。")
    assert (second.code, second.said) == ("E1.1", "需求编号失效。")
