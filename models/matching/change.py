"""What may be supposed of a need: another budget, a wider area, another month, other people."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models.matching.encode import CITY_DIGITS, DISTRICT_DIGITS, STREET_DIGITS


class Reach(StrEnum):
    """From how far around an organisation would be asked to come."""

    STREET = "street"
    DISTRICT = "district"
    CITY = "city"


DIGITS = {Reach.STREET: STREET_DIGITS, Reach.DISTRICT: DISTRICT_DIGITS, Reach.CITY: CITY_DIGITS}


@dataclass(frozen=True)
class Change:
    """What is supposed; None leaves it as it is."""

    budget: Decimal | None = None
    reach: Reach | None = None
    starts_on: date | None = None
    people: int | None = None

    def of(self, need: dict[str, Any]) -> dict[str, Any]:
        """The row of the needs table with it. Who starts in another month takes as long as before."""
        changed = dict(need)
        if self.budget is not None:
            changed["budget_yuan"] = self.budget
        if self.people is not None:
            changed["affected_people"] = self.people
        if self.starts_on is not None:
            starts, ends = need["starts_on"], need["ends_on"]
            changed |= {
                "start_month": self.starts_on.month,
                "starts_on": self.starts_on,
                "ends_on": self.starts_on + (ends - starts) if starts and ends else None,
            }
        return changed

    def reaches(self, need: dict[str, Any], areas: list[str]) -> bool:
        """Whether who works in these areas is near enough: they meet the street, the district, the city."""
        if self.reach is None:
            return False
        around = need["unit_code"][: DIGITS[self.reach]]
        return any(area.startswith(around) or around.startswith(area) for area in areas)
