"""Grades by lines, and vetoes: with one the grade is the lowest, whatever the score."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction


class Grade(StrEnum):
    """优秀, 良好, 合格, 不合格 (R78-R80)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105  # a grade
    FAIL = "fail"


LINES = (Grade.EXCELLENT, Grade.GOOD, Grade.PASS)
"""The grades that have a line, the highest first."""


def grade(total: Fraction, lines: Mapping[Grade, Fraction], *, vetoed: bool) -> Grade:
    """The highest grade whose line the exact total reaches; a line includes its number (R37)."""
    if vetoed:
        return Grade.FAIL
    return next((each for each in LINES if total >= lines[each]), Grade.FAIL)
