"""The default indicators repeat what the rule book says, so that their file stands alone."""

from models.rulebook.rule import rule
from models.scoring.grades import Grade
from models.scoring.indicators import default


def test_r78_the_grade_lines_of_the_default_are_those_of_the_rule_book() -> None:
    figures = rule("R78").figures
    assert default().lines == {
        Grade.EXCELLENT: figures["excellent"],
        Grade.GOOD: figures["good"],
        Grade.PASS: figures["passed"],
    }
