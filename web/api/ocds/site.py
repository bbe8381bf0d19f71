"""Where this is published, and under which prefix."""

from collections.abc import Callable
from dataclasses import dataclass

from models.tenders.tender import Tender
from web.config import OCID_PREFIX


@dataclass(frozen=True)
class Site:
    """`page(kind, id)` is the address of a record's public page, or None; `address(path)` one of our own."""

    prefix: str
    page: Callable[[str, object], str | None]
    package: Callable[[str], str]
    policy: str

    @property
    def is_registered(self) -> bool:
        """Whether somebody has set a prefix of their own; ours belongs to nobody."""
        return self.prefix != OCID_PREFIX

    def ocid(self, tender: Tender) -> str:
        """The open contracting id of a procurement."""
        return f"{self.prefix}-{tender.reference}"

    def reference(self, ocid: str) -> str | None:
        """The number of the tender an ocid is about."""
        begins = f"{self.prefix}-"
        return ocid.removeprefix(begins) if ocid.startswith(begins) else None
