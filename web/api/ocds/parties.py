"""The parties of a release: everybody who is referred to, once, with every role."""

from typing import Any

from models.parties.organisation import Organisation
from models.parties.unit import AdministrativeUnit

CREDIT_CODE = "GB32100-2015"
"""The scheme of unified social credit codes (统一社会信用代码, R66)."""
UNIT_CODE = "X-DUIJIE-UNIT"


class Parties:
    """Collects parties while a release is made: `refer` gives the reference and remembers the role."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Any]] = {}

    def purchaser(self, unit: AdministrativeUnit, *roles: str) -> dict[str, str]:
        """A street office or a district department."""
        return self._refer(UNIT_CODE, unit.code, unit.name, roles)

    def organisation(self, organisation: Organisation, *roles: str) -> dict[str, str]:
        """A registered organisation."""
        return self._refer(CREDIT_CODE, organisation.credit_code, organisation.name, roles)

    def listed(self) -> list[dict[str, Any]]:
        """All of them, by id."""
        return [self.known[id_] for id_ in sorted(self.known)]

    def _refer(self, scheme: str, code: str, name: str, roles: tuple[str, ...]) -> dict[str, str]:
        id_ = f"{scheme}-{code}"
        party = self.known.setdefault(
            id_,
            {
                "id": id_,
                "name": name,
                "identifier": {"scheme": scheme, "id": code, "legalName": name},
                "roles": [],
            },
        )
        party["roles"] = sorted({*party["roles"], *roles})
        return {"id": id_, "name": name}
