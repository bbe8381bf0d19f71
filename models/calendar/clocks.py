"""Instants and local dates. Inside everything is UTC; a date is a date in Shanghai."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_date(at: datetime) -> date:
    """The date in Shanghai at an instant."""
    return at.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The instant a Shanghai date begins."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)
