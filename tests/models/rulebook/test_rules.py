"""The book itself: every rule has its place, its figures and its versions."""

from datetime import date
from decimal import Decimal
from importlib.util import find_spec

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from models.rulebook.page import TARGET, page
from models.rulebook.rule import rule, rules, versions

NUMBERED = [f"R{number:02}" for number in range(1, 85)]


@pytest.mark.parametrize("id_", NUMBERED)
def test_every_rule_is_enforced_shown_or_left_to_people(id_: str) -> None:
    found = rule(id_)
    assert found.enforced or found.shown or found.left


def test_every_module_and_every_page_that_is_named_is_there(portal: Flask) -> None:
    for each in rules():
        assert all(find_spec(module) for module in each.enforced), each.id
        for where in each.shown:
            try:
                portal.url_map.bind("x").match(where)
            except NotFound:
                pytest.fail(f"{each.id}: no page {where}")


def test_the_documentation_is_written_from_the_rules() -> None:
    """`python -m models.rulebook.page` writes it anew."""
    assert TARGET.read_text(encoding="utf-8") == page()
    assert all(f"## {id_}\n" in page() for id_ in NUMBERED)


def test_versions_of_a_rule_follow_one_another() -> None:
    for before, after in zip(versions(), versions()[1:], strict=False):
        assert before.id <= after.id
        if before.id == after.id:
            assert before.in_force is not None
            assert after.in_force is not None
            assert before.in_force < after.in_force


def test_a_rule_changes_on_its_date_of_effect() -> None:
    """R61 was widened on 1 July 2022, R29 got figures on 1 February 2026."""
    assert rule("R61", date(2022, 6, 30)).number("most") == 10
    assert rule("R61", date(2022, 7, 1)).number("most") == 20
    assert rule("R29", date(2026, 1, 31)).figures == {}
    assert rule("R29", date(2026, 2, 1)).amount("mean") == Decimal(50)
    with pytest.raises(KeyError):
        rule("R47", date(2022, 2, 28))
