"""The numbers of the overview as the charts want them."""

from collections.abc import Sequence
from math import ceil
from statistics import median
from typing import Any

from flask_babel import gettext as _

from models.matching.overview import OPEN, Overview
from models.needs.need import NeedPhase
from models.parties.unit import AdministrativeUnit
from web.format import language
from web.labels import label
from web.labels.catalogue import term_name
from web.labels.parties import unit_name

ACROSS = 5
WAITING = (NeedPhase.SUBMITTED, NeedPhase.DELIBERATING, NeedPhase.STANDARDISED)
WANTED = (*WAITING, NeedPhase.MATCHED, NeedPhase.UNMET)


def place_name(unit: AdministrativeUnit) -> str:
    """A unit's name as plain text, for drawings."""
    return unit.name_en if language() == "en" and unit.name_en else unit.name


class Figures:
    """Rows for drawings and for the tables behind them; `phases` are those the heat table counts."""

    def __init__(self, found: Overview, phases: Sequence[NeedPhase]) -> None:
        self.found = found
        self.phases = tuple(phases)

    @property
    def used_domains(self) -> list[Any]:
        """Domains in which there is anything at all."""
        return [d for d in self.found.domains if self.found.needs(domain=d.code, phases=self.phases)]

    @property
    def heat(self) -> list[tuple[str, list[int]]]:
        """A row a place, a column a domain."""
        return [
            (
                unit_name(place),
                [
                    self.found.needs(place=place.code, domain=d.code, phases=self.phases)
                    for d in self.used_domains
                ],
            )
            for place in self.found.places
        ]

    @property
    def uncoded(self) -> int:
        """Needs of these phases that nobody has coded yet."""
        coded = sum(self.found.needs(domain=d.code, phases=self.phases) for d in self.found.domains)
        return self.found.needs(phases=self.phases) - coded

    @property
    def by_phase(self) -> list[tuple[str, int]]:
        """How many needs are where."""
        return [(label(phase), self.found.needs(phases=(phase,))) for phase in (*OPEN, NeedPhase.CLOSED)]

    @property
    def demand_and_supply(self) -> list[tuple[str, int, int]]:
        """Open needs and active services of each domain, most wanted first."""
        rows = [
            (term_name(d), self.found.needs(domain=d.code, phases=WANTED), self.found.supply[d.code])
            for d in self.found.domains
        ]
        return sorted((row for row in rows if row[1] or row[2]), key=lambda row: -row[1])

    @property
    def shortest(self) -> str | None:
        """The domain in which there are most needs for each service."""
        rows = [row for row in self.demand_and_supply if row[1]]
        return max(rows, key=lambda row: row[1] / (row[2] or 0.5))[0] if rows else None

    @property
    def by_place(self) -> list[tuple[str, int]]:
        """Open needs of each place."""
        return [(place_name(place), self.found.needs(place=place.code)) for place in self.found.places]

    @property
    def tiles(self) -> list[dict[str, Any]]:
        """One tile a place, five in a row in the order of their codes."""
        return [
            {"label": name, "value": value, "column": index % ACROSS, "row": index // ACROSS}
            for index, (name, value) in enumerate(self.by_place)
        ]

    @property
    def as_written(self) -> bool:
        """Whether some place has its Chinese name only."""
        return not all(place.name_en for place in self.found.places)

    @property
    def open_needs(self) -> int:
        """All needs handed in and not closed."""
        return self.found.needs()

    @property
    def waiting(self) -> int:
        """Those that wait for an official."""
        return self.found.needs(phases=WAITING)

    def times(self) -> list[tuple[str, str, list[float], str]]:
        """(name, title, days, sentence) of each distribution that has enough needs."""
        pairs = (
            ("standard", _("从提交到成为标准需求"), self.found.days_to_standard),
            ("match", _("从提交到完成匹配"), self.found.days_to_match),
        )
        return [
            (
                name,
                title,
                days,
                _("%(count)d 条需求，一半在 %(days)d 天内。", count=len(days), days=ceil(median(days)) or 1),
            )
            for name, title, days in pairs
            if len(days) > 1
        ]


def spread(days: Sequence[float]) -> list[tuple[str, int]]:
    """How many took up to a week, two weeks, a month, a quarter, longer."""
    limits = ((7, _("一周内")), (14, _("两周内")), (31, _("一个月内")), (92, _("三个月内")))
    rows, below = [], 0.0
    for limit, words in limits:
        rows.append((words, sum(below < day <= limit or day == below == 0 for day in days)))
        below = limit
    return [*rows, (_("更久"), sum(day > below for day in days))]
