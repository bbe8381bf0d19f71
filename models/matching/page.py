"""The review page as it is shown: a need, what one run found for it, and what would change that."""

from collections import Counter
from dataclasses import dataclass

from matcher.moves import losses
from models.catalogue.service import Service
from models.catalogue.term import TaxonomyTerm
from models.matching.exposure import Exposure
from models.matching.gap import GapEntry
from models.matching.review import Decision, Review
from models.matching.run import WORTH_A_LOOK, Match, MatchRun, Verdict
from models.needs.need import Need, NeedPhase
from models.parties.organisation import AnnualReport, Grade, ListFlag, Organisation
from models.parties.unit import AdministrativeUnit

NEAREST = 3


@dataclass(frozen=True)
class ShownMatch:
    """One service of a run, with its organisation as it stands today and every decision made on it."""

    match: Match
    grade: Grade | None
    flags: list[ListFlag]
    report: AnnualReport | None
    exposure: Exposure
    reviews: list[Review]
    previous: Decision | None
    """What was decided on the same service in the run before this one."""

    @property
    def service(self) -> Service:
        """The service."""
        return self.match.service

    @property
    def organisation(self) -> Organisation:
        """Whose it is."""
        return self.match.service.organisation

    @property
    def live(self) -> Review | None:
        """The decision that holds."""
        return next((review for review in self.reviews if review.withdrawn_at is None), None)

    @property
    def may_be_chosen(self) -> bool:
        """Neither retired nor on the list of the seriously dishonest; the verb asks the same."""
        return self.service.is_public and ListFlag.DISHONEST not in self.flags

    @property
    def is_refused(self) -> bool:
        """A limit stands in the way; it can be overruled in writing."""
        return self.match.verdict == Verdict.REFUSED


@dataclass(frozen=True)
class RunLine:
    """One run in the history."""

    run: MatchRun
    requester: str | None
    decisions: Counter[Decision]


@dataclass(frozen=True)
class ReviewPage:
    """A need and what one run found for it."""

    need: Need
    phase: NeedPhase
    run: MatchRun | None
    is_latest: bool
    runs: list[RunLine]
    ranked: list[ShownMatch]
    refused: dict[str, list[ShownMatch]]
    """By the first limit that stands in the way, most frequent first."""
    gap: GapEntry | None
    terms: dict[str, TaxonomyTerm]
    places: dict[str, AdministrativeUnit]

    @property
    def shown(self) -> list[ShownMatch]:
        """All of them, those that are ranked first."""
        return [*self.ranked, *(match for matches in self.refused.values() for match in matches)]

    @property
    def decisions(self) -> Counter[Decision]:
        """How many were accepted, shortlisted, rejected in the run shown."""
        return Counter(match.live.decision for match in self.shown if match.live is not None)

    @property
    def strong(self) -> list[ShownMatch]:
        """Those worth a look."""
        return [shown for shown in self.ranked if shown.match.score >= WORTH_A_LOOK]

    @property
    def weak(self) -> list[ShownMatch]:
        """The rest of the list, kept in reach."""
        return [shown for shown in self.ranked if shown.match.score < WORTH_A_LOOK]

    @property
    def nearest(self) -> list[ShownMatch]:
        """Where nothing is worth a look: what comes nearest, refused or not."""
        if self.strong:
            return []
        return sorted(self.shown, key=lambda one: -one.match.score)[:NEAREST]

    def losses(self, shown: ShownMatch) -> dict[str, float]:
        """Where a ranked service loses most against the first."""
        return losses(shown.match.contributions, self.ranked[0].match.contributions)

    @property
    def accepted(self) -> int:
        """How many services are accepted."""
        return self.decisions[Decision.ACCEPT]

    @property
    def shortlisted(self) -> int:
        """How many are kept in reserve."""
        return self.decisions[Decision.SHORTLIST]

    @property
    def rejected(self) -> int:
        """How many are rejected."""
        return self.decisions[Decision.REJECT]
