"""docs/demands.md names pages, commands and tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import click
import pytest
from flask import Flask

from web.cli import cli

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| D(\d\d) \| (.+?) \| (.+?) \| (.*?) ?\|")
LINES = (ROOT / "docs" / "demands.md").read_text().splitlines()
ROWS = [found.groups() for line in LINES if (found := ROW.fullmatch(line))]
NAMED = re.compile(r"`([^`]+)`")


@cache
def functions(path: Path) -> frozenset[str]:
    return frozenset(
        node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
    )


def test_every_demand_is_there_once_and_in_order() -> None:
    assert [int(number) for number, *_rest in ROWS] == list(range(1, 57))


@pytest.mark.parametrize(("number", "answer"), [(row[0], row[2]) for row in ROWS])
def test_pages_and_commands_that_answer_are_there(portal: Flask, number: str, answer: str) -> None:
    named = NAMED.findall(answer)
    addresses = {rule.rule for rule in portal.url_map.iter_rules()}
    for each in named:
        if each.startswith("/"):
            assert each in addresses, f"D{number}"
        else:
            assert is_command(each), f"D{number}"
    assert named or "not yet" in answer, f"D{number}"


def is_command(written: str) -> bool:
    """Whether `duijie word word` is a command."""
    program, *words = written.split()
    found: click.Command | None = cli
    for word in words:
        found = found.commands.get(word) if isinstance(found, click.Group) else None
    return program == "duijie" and found is not None


@pytest.mark.parametrize(("number", "answer", "shown"), [(row[0], row[2], row[3]) for row in ROWS])
def test_tests_that_show_it_are_there(number: str, answer: str, shown: str) -> None:
    if not shown:
        assert "not yet" in answer, f"D{number} has neither a test nor says what is missing"
        return
    path, _, name = shown.strip("`").partition("::")
    assert name in functions(ROOT / path), f"D{number}"
