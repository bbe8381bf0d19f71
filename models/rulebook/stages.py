"""Stages of an evaluation, and when each is due within a contract's time."""

from datetime import date, timedelta
from enum import StrEnum


class Stage(StrEnum):
    """When delivery is looked at."""

    START = "start"
    MIDTERM = "midterm"
    FINAL = "final"
    FOLLOW_UP = "follow_up"


GRADED = frozenset({Stage.FINAL})
"""A mid-term names issues and gives no grade; a start check and a follow-up ask part of the items."""


def window(stage: Stage, starts_on: date, ends_on: date) -> tuple[date, date]:
    """First and last day of a stage: mid-term at 40 to 60 % of the time, final in the last month (R79).

    The start check is in the first month, the follow-up begins six months after the end and lasts one.
    """
    days = (ends_on - starts_on).days
    month = timedelta(days=30)
    if stage is Stage.START:
        return starts_on, min(starts_on + month, ends_on)
    if stage is Stage.MIDTERM:
        return starts_on + timedelta(days=-(-days * 40 // 100)), starts_on + timedelta(days=days * 60 // 100)
    if stage is Stage.FINAL:
        return max(starts_on, ends_on - month), ends_on
    after = ends_on + timedelta(days=182)
    return after, after + month
