"""Writes docs/rulebook.md from the rules as they stand: `python -m models.rulebook.page`."""

from pathlib import Path

from models.rulebook.rule import Rule, rule, rules, versions

TARGET = Path(__file__).parents[2] / "docs" / "rulebook.md"
HEAD = """# The rule book

Written by `python -m models.rulebook.page` from `models/rulebook/rules.toml`: edit that file, not this one.

Verified: V1 the whole text was read, V2 the clause itself, V3 a secondary source, U not verified. A date of
effect stands only where it was checked. "Enforced in" names the modules that compute or refuse by the rule,
"shown in" the pages that apply it (`/rulebook` lists every rule), "left to people" why the rest is theirs, or
what is still missing.
"""


def page() -> str:
    """The rule book as a page of the documentation."""
    return "\n".join([HEAD, *map(_entry, rules())])


def _entry(each: Rule) -> str:
    since = f"in force since {each.in_force}" if each.in_force else "date of effect not checked"
    lines = [
        f"## {each.id}\n",
        f"{each.zh}。\n",
        f"{each.en}.\n",
        f"- Article: {each.article} ({each.verified}, {since})",
    ]
    if each.figures:
        figures = (f"{name} {value}" for name, value in each.figures.items())
        lines.append(f"- Figures: {', '.join(figures)}")
    lines += [f"- Before {each.in_force}: {old.en}" for old in _before(each)]
    if each.enforced:
        lines.append("- Enforced in: " + ", ".join(f"`{module}`" for module in each.enforced))
    if each.shown:
        lines.append("- Shown in: " + ", ".join(f"`{where}`" for where in each.shown))
    if each.left:
        lines.append(f"- Left to people: {each.left}")
    return "\n".join(lines) + "\n"


def _before(each: Rule) -> list[Rule]:
    return [old for old in versions() if old.id == each.id and old != rule(each.id)]


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
