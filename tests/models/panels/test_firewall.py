"""The firewall: matching scores are advice to people, and never reach what ranks bidders.

No module of bids or panels, and none of their pages, imports matching or what builds on it, not even by a
module it imports; and no table of theirs points to a table of matching, nor the other way round.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import inspect

import models.tables  # noqa: F401  # fills the metadata
from models.base import Base

ROOT = Path(__file__).parents[3]
SEALED_OFF = ("models.bids", "models.panels", "models.tenders", "models.sealing", "web.bids", "web.panels")
MATCHING = ("models.matching", "models.planning", "matcher", "web.matching", "web.planning", "web.overview")
TABLES = ("bid", "opened_", "consortium", "opening", "panel", "expert", "interest", "qualification", "mark",
          "correction", "low_price_question", "ranking")  # fmt: skip


def modules() -> dict[str, Path]:
    """Every module of ours by its name."""
    found = {}
    for part in ("models", "web", "matcher"):
        for path in (ROOT / part).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = path
    return found


MODULES = modules()


@cache
def imports(name: str) -> frozenset[str]:
    """The modules of ours that a module names in its imports, wherever in it they stand."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found & MODULES.keys())


def reaches(name: str) -> set[str]:
    """Everything of `models` that a module leads to, by way of whatever is in `models`."""
    seen, waiting = set(), [name]
    while waiting:
        for each in imports(waiting.pop()):
            if each not in seen:
                seen.add(each)
                if each.startswith(("models.", *SEALED_OFF)):
                    waiting.append(each)
    return seen


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def sealed_off() -> list[str]:
    return sorted(name for name in MODULES if within(name, SEALED_OFF))


def tables() -> Iterator[type]:
    for mapper in Base.registry.mappers:
        if str(mapper.local_table.name).startswith(TABLES):
            yield mapper.class_


@pytest.mark.parametrize("name", sealed_off())
def test_no_module_of_bids_or_panels_leads_to_matching(name: str) -> None:
    assert [each for each in sorted(reaches(name)) if within(each, MATCHING)] == []


@pytest.mark.parametrize(
    "kind", sorted(tables(), key=lambda kind: kind.__name__), ids=lambda kind: kind.__name__
)
def test_no_table_of_bids_or_panels_points_to_matching(kind: type) -> None:
    table = inspect(kind).local_table
    targets = {key.column.table.name for key in table.foreign_keys}
    ours = {name for name in targets if name.startswith(("match", "plan", "gap", "review"))}
    assert ours == set()
    assert not [column.name for column in table.columns if "score" in column.name or "match" in column.name]
    towards = {relation.mapper.class_.__module__ for relation in inspect(kind).relationships}
    assert not [module for module in towards if within(module, MATCHING)]


def test_no_table_of_matching_points_to_bids_or_panels() -> None:
    found = [
        (mapper.local_table.name, key.column.table.name)
        for mapper in Base.registry.mappers
        if within(mapper.class_.__module__, MATCHING)
        for key in mapper.local_table.foreign_keys
        if key.column.table.name.startswith(TABLES)
    ]
    assert found == []


def test_the_question_of_a_ranking_has_no_word_of_matching() -> None:
    source = "".join(MODULES[name].read_text(encoding="utf-8") for name in sealed_off()).casefold()
    for word in ("matchrun", "match_run", "propensity", "models.matching", "import matcher"):
        assert word not in source


def test_the_test_would_see_a_way_round() -> None:
    assert "models.matching.run" in reaches("models.planning.operations")
    assert len(sealed_off()) > 40
    assert {kind.__tablename__ for kind in tables()} >= {"bid", "opened_bid", "panel", "mark", "ranking"}
