"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert not broken


def test_both_readmes_name_the_same_commands_and_folders() -> None:
    named = re.compile(r"make (?:demo|test|setup|help)\b|^[a-z_]+/", re.MULTILINE)
    english, chinese = (
        set(named.findall((ROOT / name).read_text())) for name in ("README.md", "README.zh.md")
    )
    assert english == chinese


def test_every_make_target_the_documents_name_exists() -> None:
    rules = re.findall(r"^([a-z -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    targets = {target for rule in rules for target in rule.split()}
    named = {target for path in DOCUMENTS for target in re.findall(r"`make ([a-z-]+)", path.read_text())}
    assert named <= targets
