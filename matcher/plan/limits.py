"""The limits of a plan: what each is called, its figures, and the row it is in the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ASKED, CAPACITY, SHARE_CAP, BUDGET, NEWCOMER_SHARE = (
    "asked",
    "capacity",
    "share_cap",
    "budget",
    "newcomer_share",
)
FORCED, AGREED = "forced", "agreed"


@dataclass(frozen=True)
class Limit:
    """One limit: `code` says which kind, `facts` whose it is and its figures."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {value!r}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code
