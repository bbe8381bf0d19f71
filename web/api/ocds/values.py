"""The small things every part of a release is made of: instants, days, amounts, and nothing that is empty."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from models.calendar.clocks import SHANGHAI

CURRENCY = "CNY"
LAST_SECOND = timedelta(days=1) - timedelta(seconds=1)


def instant(at: datetime | None) -> str | None:
    """An instant as the standard wants it, in Shanghai, with its offset, to the second."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None


def day(on: date | None, *, ends: bool = False) -> str | None:
    """A Shanghai date as the instant it begins, or its last second."""
    if on is None:
        return None
    return instant(datetime.combine(on, time(), SHANGHAI) + (LAST_SECOND if ends else timedelta()))


def money(amount: Decimal | None) -> dict[str, Any] | None:
    """An amount in yuan. Two decimals are exact in what a number of JSON shows."""
    if amount is None:
        return None
    whole = amount == amount.to_integral_value()
    return {"amount": int(amount) if whole else float(amount), "currency": CURRENCY}


def compact(value: Any) -> Any:
    """Without what is empty, all the way down: the standard has no empty text, list or object."""
    if isinstance(value, dict):
        kept = {name: compact(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if not is_empty(each)}
    if isinstance(value, list | tuple):
        return [each for each in map(compact, value) if not is_empty(each)]
    return value.strip() if isinstance(value, str) else value


def is_empty(value: Any) -> bool:
    """Whether it says nothing. Zero and False say something."""
    return value is None or (isinstance(value, str | dict | list) and not value)
