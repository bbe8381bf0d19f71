"""What the purchaser's page of a panel shows. Of marks there is nothing but how many have handed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.act import Act
from models.bids.opened import OpenedBid
from models.panels import low_prices, queries
from models.panels.bidders import opened_bids
from models.panels.current import earlier_panels
from models.panels.drawing import is_as_drawn
from models.panels.low_prices import Reviewed
from models.panels.marking import Ranking
from models.panels.marking_desk import all_submitted, submitted
from models.panels.panel import Panel, PanelMember
from models.panels.qualifying import findings
from models.panels.question import written
from models.panels.reporting import is_provisional, verify
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot
from models.tenders.tender import TenderPhase


@dataclass(frozen=True)
class Seat:
    """A seat: its number among those who sit, none for the recused; a name only where it may be told."""

    member: PanelMember
    number: int | None
    name: str | None


@dataclass(frozen=True)
class Checked:
    """A bid, and how many requirements it was checked by, and failed."""

    bid: OpenedBid
    checked: int
    failed: int


@dataclass(frozen=True)
class LotRow:
    """A lot and the ranking of it that stands."""

    lot: Lot
    ranking: Ranking | None
    is_provisional: bool = False
    is_stale: bool = False
    is_verified: bool = True


@dataclass(frozen=True)
class PanelPage:
    """A panel, step by step."""

    panel: Panel
    phase: TenderPhase
    names_shown: bool
    seats: list[Seat]
    bids: list[Checked]
    submitted: int
    marks_in: bool
    as_drawn: bool
    earlier: Sequence[Panel] = ()
    """The panels of the tender that were set aside before."""
    lots: list[LotRow] = field(default_factory=list)
    prices: list[Reviewed] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the panel is at work."""
        return self.phase is TenderPhase.EVALUATION and self.panel.superseded_at is None

    @property
    def vacant(self) -> int:
        """Seats nobody sits on."""
        return self.panel.size - len(self.panel.seated)

    @property
    def declared(self) -> int:
        """How many members have declared."""
        return sum(member.declared_at is not None for member in self.panel.seated)

    @property
    def is_unpriced(self) -> bool:
        """Whether the price of a valid bid is shut still."""
        return any(row.bid.invalid_at is None and row.bid.priced_at is None for row in self.bids)

    @property
    def requirements(self) -> int:
        """By how many requirements each bid is checked."""
        return len(self.panel.tender.requirements)

    @property
    def unchecked(self) -> int:
        """How many findings are still missing."""
        valid = [row for row in self.bids if row.bid.invalid_at is None]
        return sum(self.requirements - row.checked for row in valid)

    @property
    def is_ready(self) -> bool:
        """Every live lot has a ranking that is final."""
        live = [row for row in self.lots if row.lot.is_live]
        return bool(live) and all(row.ranking and not row.is_provisional and not row.is_stale for row in live)


def panel_page(session: Session, panel: Panel, act: Act) -> PanelPage:
    """Everything on the page, for whoever may see the panel; bids are before the one that stands alone."""
    stands = panel.superseded_at is None
    bids = opened_bids(session, panel.tender) if stands else []
    checked = findings(session, bids)
    shown = queries.names_shown(panel, act)
    marks_in = all_submitted(panel)
    priced = stands and marks_in and panel.tender.priced_at is not None
    return PanelPage(
        panel=panel,
        phase=phase_at(panel.tender, act.at),
        names_shown=shown,
        seats=seats(panel, shown=shown),
        bids=[
            Checked(
                bid,
                sum(each.bid_id == bid.bid_id for each in checked),
                sum(each.bid_id == bid.bid_id and not each.meets for each in checked),
            )
            for bid in bids
        ],
        submitted=submitted(panel),
        marks_in=marks_in,
        as_drawn=is_as_drawn(panel),
        earlier=earlier_panels(session, panel.tender),
        lots=_lots(session, panel) if priced else [],
        prices=_prices(session, panel) if priced else [],
    )


def seats(panel: Panel, *, shown: bool) -> list[Seat]:
    """The seats in the order of the draw."""
    numbers = {member.id: number for number, member in enumerate(panel.seated, 1)}
    return [
        Seat(member, numbers.get(member.id), member.person.name if shown else None)
        for member in panel.members
    ]


def _lots(session: Session, panel: Panel) -> list[LotRow]:
    standing: dict[object, Ranking] = {}
    rankings: Sequence[Ranking] = queries.rankings(session, panel)
    for ranking in rankings:
        if ranking.superseded_at is None:
            standing[ranking.lot_id] = ranking
    return [_lot(session, lot, panel, standing.get(lot.id)) for lot in panel.tender.lots]


def _lot(session: Session, lot: Lot, panel: Panel, ranking: Ranking | None) -> LotRow:
    if ranking is None:
        return LotRow(lot, None)
    is_stale = panel.tender.reported_at is None and ranking.question != written(session, lot, panel)
    return LotRow(lot, ranking, is_provisional(ranking), is_stale, verify(ranking))


def _prices(session: Session, panel: Panel) -> list[Reviewed]:
    live = (lot for lot in panel.tender.lots if lot.is_live)
    return [each for lot in live for each in low_prices.review(session, lot, panel)]
