"""Who takes part, by age, counted from the register of a contract (demand 40, E6); no name is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import ensure
from models.act import Act
from models.surveys.register import ServedPerson
from models.surveys.registering import AGE_BANDS
from models.surveys.seeing import Register

ELDERS = frozenset({"age:60_79", "age:80_plus"})


@dataclass(frozen=True)
class Ages:
    """Everybody served until a day, who left included; every band in order, and those of unknown age."""

    until: date
    bands: Mapping[str, int]
    unknown: int

    @property
    def known(self) -> int:
        """Those whose age band was written down."""
        return sum(self.bands.values())

    @property
    def total(self) -> int:
        """Everybody."""
        return self.known + self.unknown

    @property
    def younger(self) -> int:
        """Those known to be no elders."""
        return sum(count for band, count in self.bands.items() if band not in ELDERS)

    @property
    def share(self) -> float | None:
        """The share that is not elders, of those whose age is known."""
        return self.younger / self.known if self.known else None


def ages(session: Session, register: Register, until: date, act: Act) -> Ages:
    """The register of a contract counted by age."""
    ensure(act, Permission.REGISTER_VIEW, register)
    query = (
        select(ServedPerson.age_band, func.count().label("people"))
        .where(ServedPerson.contract_id == register.contract.id, ServedPerson.added_on <= until)
        .group_by(ServedPerson.age_band)
    )
    counted = {row.age_band: row.people for row in session.execute(query)}
    bands = {band: counted.get(band, 0) for band in AGE_BANDS}
    return Ages(until, bands, counted.get(None, 0))
