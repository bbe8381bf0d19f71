"""Every refusal and every message brings the facts that its sentence speaks of."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from web.labels import MESSAGES, SENTENCES

PLACE = re.compile(r"%\((\w+)\)")
REFUSALS = {"Invalid", "Conflict", "NotFound", "NotAllowed"}
MODELS = Path(__file__).parents[2] / "models"


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for path in MODELS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else ast.unparse(node.func)
                yield name, node, f"{path.name}:{node.lineno}"


def lacking(node: ast.Call, code: ast.expr, sentences: dict[str, object]) -> set[str]:
    """What the sentence names and the call does not give; a call with ** gives what it has."""
    given = {keyword.arg for keyword in node.keywords}
    if None in given or not isinstance(code, ast.Constant):
        return set()
    return set(PLACE.findall(sentences[code.value]._args[0])) - given  # type: ignore[attr-defined]  # the msgid


def test_every_refusal_fills_its_sentence() -> None:
    found = [
        (where, lacks)
        for name, node, where in calls()
        if name in REFUSALS and node.args and (lacks := lacking(node, node.args[0], dict(SENTENCES)))
    ]
    assert found == []


def test_every_message_fills_its_sentence() -> None:
    found = [
        (where, lacks)
        for name, node, where in calls()
        if name == "outbox.add" and (lacks := lacking(node, node.args[2], dict(MESSAGES)))
    ]
    assert found == []
