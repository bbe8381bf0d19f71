"""How often each type of meeting is to be held, and with how much notice: rules as data (demand 17).

`basis` names the rule (R75: 居委会条例 art 11, 18; R74: three meetings); "practice" is what streets settle on
and a deployment may set otherwise. The platform records existing meetings and invents none (demand 29).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.needs.clocks import NOTICE_DAYS, year_after
from models.needs.deliberation import MeetingType


@dataclass(frozen=True)
class MeetingRule:
    """The rule of one meeting type. `every_days` is None for meetings held when there is occasion."""

    every_days: int | None
    notice_days: int
    basis: str

    def due_after(self, last: date) -> date | None:
        """The day by which the next one is to be held."""
        if self.every_days is None:
            return None
        return year_after(last) if self.every_days == YEAR else last + timedelta(days=self.every_days)


YEAR = 365

MEETING_RULES: dict[MeetingType, MeetingRule] = {
    MeetingType.HEARING: MeetingRule(None, NOTICE_DAYS, "R74"),
    MeetingType.COORDINATION: MeetingRule(None, NOTICE_DAYS, "R74"),
    MeetingType.REVIEW: MeetingRule(YEAR, NOTICE_DAYS, "R75"),
    MeetingType.COUNCIL: MeetingRule(92, NOTICE_DAYS, "practice"),
    MeetingType.RESIDENTS: MeetingRule(YEAR, NOTICE_DAYS, "R75"),
}
