"""The priority index: its arithmetic, its range, and that more need never lowers it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.needs import parts
from models.needs.details import EvidenceKind, IndicatorCode
from models.needs.indicators import EQUITY, REACH, band, strength
from models.needs.need import Need, NeedPhase
from models.needs.priority import SUPPLY_COSTS, WEIGHTS, priority, priority_of, priority_sql
from tests.factories import needs

CODES = st.sampled_from([*WEIGHTS, IndicatorCode.N9, IndicatorCode.N10, IndicatorCode.N12])
VALUES = st.dictionaries(CODES, st.integers(0, 4))


def test_the_weights_make_a_whole() -> None:
    assert sum(WEIGHTS.values()) == 1


def test_the_number_is_the_formula_and_its_lines_add_up() -> None:
    n = [IndicatorCode(f"N{number}") for number in range(1, 10)]
    found = priority(dict(zip(n, [3, 3, 2, 1, 3, 2, 1, 4, 1], strict=True)))
    by_hand = (
        100 * (0.15 * 3 + 0.2 * 3 + 0.15 * 2 + 0.1 * 1 + 0.15 * 3 + 0.1 * 2 + 0.1 * 1 + 0.05 * 4) / 4 - 5
    )
    assert found.total == Decimal("55.00")
    assert float(found.total) == pytest.approx(by_hand)
    assert [term.points for term in found.terms][:2] == [Decimal("11.25"), Decimal("15.00")]


def test_what_nobody_knows_is_named() -> None:
    found = priority({IndicatorCode.N5: 4})
    assert found.total == 15
    assert IndicatorCode.N5 not in found.missing
    assert set(found.missing) == {*WEIGHTS, IndicatorCode.N9} - {IndicatorCode.N5}
    assert found.confidence is None


@given(VALUES)
def test_it_lies_between_minus_twenty_and_a_hundred(values: dict[IndicatorCode, int]) -> None:
    found = priority(values)
    assert -4 * SUPPLY_COSTS <= found.total <= 100
    assert found.total == sum(term.points for term in found.terms)
    assert found.total == round(found.total, 2)


@given(VALUES, CODES, st.integers(0, 4), st.integers(0, 4))
def test_more_need_never_lowers_it_and_more_supply_never_raises_it(
    values: dict[IndicatorCode, int], code: IndicatorCode, one: int, other: int
) -> None:
    low, high = sorted((one, other))
    less, more = priority({**values, code: low}).total, priority({**values, code: high}).total
    assert less >= more if code is IndicatorCode.N9 else less <= more


@given(st.dictionaries(st.sampled_from([IndicatorCode.N10, IndicatorCode.N12]), st.integers(0, 4)))
def test_assets_and_confidence_stand_beside_it(values: dict[IndicatorCode, int]) -> None:
    assert priority(values).total == 0


def test_bands_begin_exactly_where_they_say() -> None:
    assert [band(share, REACH) for share in (0.0, 0.0099, 0.01, 0.05, 0.0999, 0.2, 0.9)] == [
        0,
        0,
        1,
        2,
        2,
        4,
        4,
    ]
    assert [band(share, EQUITY) for share in (0.0, 0.25, 0.5, 0.75, 1.0)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({}, 0),
        ({EvidenceKind.VISIT: None}, 1),
        ({EvidenceKind.VISIT: 29}, 1),
        ({EvidenceKind.VISIT: 30}, 2),
        ({EvidenceKind.VISIT: 20, EvidenceKind.HOTLINE: 9}, 2),
        ({EvidenceKind.VISIT: 20, EvidenceKind.HOTLINE: 10}, 3),
        ({EvidenceKind.VISIT: 60, EvidenceKind.HOTLINE: 10, EvidenceKind.SURVEY: 30}, 4),
    ],
)
def test_two_sources_and_a_sample_make_evidence_strong(
    session: Session, sources: dict[EvidenceKind, int | None], expected: int
) -> None:
    act = needs.worker(session)
    need = needs.draft(session, act)
    given_sources = [parts.Source(kind, "", count) for kind, count in sources.items()]
    parts.set_evidence(session, need, act, sources=given_sources)
    session.flush()
    assert strength(need) == expected


def test_the_database_sorts_by_the_same_number(session: Session) -> None:
    made = [
        needs.need(session, NeedPhase.STANDARDISED, severity=severity, urgency=4 - severity)
        for severity in (0, 2, 4)
    ]
    found = {row[0]: row[1] for row in session.execute(select(Need.id, priority_sql()))}
    assert [Decimal(found[need.id]) / 100 for need in made] == [priority_of(need).total for need in made]
