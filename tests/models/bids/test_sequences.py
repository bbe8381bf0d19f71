"""No sequence of verbs takes a bid a way that its table does not name (87 art 33, R51).

What always holds: one live bid of an organisation for a lot; nobody bids alone and in a consortium as well;
from the deadline on no bid comes, goes or is confirmed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bids import consortia, drafting, submitting
from models.bids.bid import Bid, BidPhase
from models.bids.consortium import Consortium
from models.bids.lifecycle import phase_at
from models.bids.taking_part import draft_of
from models.errors import Conflict
from models.tenders import amending
from models.tenders.tender import Tender
from tests.factories import bids, tenders
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES, KEEPER
from tests.support.sequences import ANYWHERE, DAY, MOMENT, Steps, Walk, steps

SEALED, REPLACED, WITHDRAWN = BidPhase.SEALED, BidPhase.REPLACED, BidPhase.WITHDRAWN
WAYS: dict[type[StrEnum], dict[StrEnum, set[StrEnum]]] = {BidPhase: {SEALED: {REPLACED, WITHDRAWN}}}
WEEK = timedelta(days=7)
WORDS = "按规定说明理由。"
LETTERS = ("A", "B", "C")
DOINGS = ("draft", "bid", "discard", "submit", "withdraw", "confirm", "join", "leave")
NAMES = (
    *(f"{letter} {doing}" for letter in LETTERS for doing in DOINGS),
    *("A leads B", "B leads C", "A alone again", "amend", "more time"),
)


class Market:
    """One lot, three organisations, and what each may do."""

    def __init__(self, session: Session, tender: Tender) -> None:
        self.session, self.tender, self.lot = session, tender, tender.lots[0]
        self.firms = {letter: bids.bidder(session, name=f"上海{letter}号服务中心") for letter in LETTERS}
        self.acts = {letter: bids.staff(session, firm) for letter, firm in self.firms.items()}
        self.purchaser = tenders.official(session)

    def verbs(self) -> dict[str, Callable[[datetime], object]]:
        """Every verb by its name."""
        found: dict[str, Callable[[datetime], object]] = {}
        for letter in LETTERS:
            found |= {f"{letter} {name}": verb for name, verb in self._doings(letter).items()}
        pairs = {"A leads B": ("A", "B"), "B leads C": ("B", "C")}
        return found | {
            **{name: self._leading(*pair) for name, pair in pairs.items()},
            "A alone again": lambda at: consortia.invite(
                self.session, self.lot, self._act("A", at), parts=()
            ),
            "amend": lambda at: amending.amend(
                self.session,
                self.tender,
                replace(self.purchaser, at=at),
                words=WORDS,
                bears_on_bids=True,
                changes={},
            ),
            "more time": lambda at: amending.extend_after_outage(
                self.session, self.tender, replace(self.purchaser, at=at), until=at + WEEK, words=WORDS
            ),
        }

    def _doings(self, letter: str) -> dict[str, Callable[[datetime], object]]:
        s, lot = self.session, self.lot
        verbs: dict[str, Callable[[datetime], object]] = {
            "draft": lambda at: self._draft(letter, at),
            "discard": lambda at: drafting.discard(s, self._own_draft(letter), self._act(letter, at)),
            "bid": lambda at: (self._draft(letter, at), verbs["submit"](at)),
            "submit": lambda at: submitting.submit(s, lot, self._act(letter, at), keeper=KEEPER),
            "withdraw": lambda at: submitting.withdraw(s, self._own(letter), self._act(letter, at)),
            "confirm": lambda at: submitting.confirm(s, self._own(letter), self._act(letter, at)),
            "join": lambda at: consortia.confirm(s, self._seat(letter), self._act(letter, at), liable=True),
            "leave": lambda at: consortia.decline(s, self._seat(letter), self._act(letter, at)),
        }
        return verbs

    def _act(self, letter: str, at: datetime) -> Any:
        return replace(self.acts[letter], at=at)

    def _draft(self, letter: str, at: datetime) -> None:
        content = {"technical": bids.technical(self.lot), "price": bids.price()}
        drafting.save(self.session, self.lot, self._act(letter, at), keeper=KEEPER, **content)

    def _own_draft(self, letter: str) -> Any:
        return _some(draft_of(self.session, self.lot, self.firms[letter].id))

    def _own(self, letter: str) -> Bid:
        """The newest bid of an organisation, whatever became of it."""
        query = select(Bid).where(Bid.organisation_id == self.firms[letter].id)
        return _some(self.session.scalar(query.order_by(Bid.submitted_at.desc(), Bid.reference.desc())))  # type: ignore[no-any-return]  # what was selected

    def _seat(self, letter: str) -> Any:
        """The organisation's seat in a consortium that somebody else leads."""
        firm = self.firms[letter].id
        seats = (seat for each in self.session.scalars(select(Consortium)) for seat in each.members)
        mine = (each for each in seats if each.organisation_id == firm)
        return _some(next((each for each in mine if each.consortium.organisation_id != firm), None))

    def _leading(self, lead: str, other: str | None) -> Callable[[datetime], object]:
        def part(letter: str, percent: int) -> consortia.Part:
            return consortia.Part(self.firms[letter], Decimal(percent), "探访与统筹")

        parts = (part(lead, 60), part(other, 40)) if other else ()
        return lambda at: consortia.invite(self.session, self.lot, self._act(lead, at), parts=parts)

    def phases(self, at: datetime) -> dict[Any, StrEnum]:
        """Every bid's phase."""
        return {each.id: phase_at(each, at) for each in self._bids()}

    def _bids(self) -> list[Bid]:
        self.session.flush()
        return list(self.session.scalars(select(Bid).execution_options(populate_existing=True)))

    def holds(self, at: datetime, _then: datetime) -> None:
        """What is so at every instant."""
        live = [each.organisation_id for each in self._bids() if phase_at(each, at) == SEALED]
        assert len(live) == len(set(live))
        together: list[Any] = []
        for each in self.session.scalars(select(Consortium)):
            joined = [seat.organisation_id for seat in each.members if seat.confirmed_at is not None]
            if each.organisation_id in live:
                together += {*joined, each.organisation_id}
                assert not {*joined} - {each.organisation_id} & {*live}
        assert len(together) == len(set(together))
        for each in self._bids():
            for stamp in (each.submitted_at, each.withdrawn_at, each.replaced_at):
                assert stamp is None or stamp < (self.tender.bids_until or CLOSES)


def _some(found: Any) -> Any:
    """What there is; a verb without its subject is refused like any other."""
    if found is None:
        raise Conflict("not_yet")
    return found


@pytest.fixture
def market(session: Session) -> Market:
    """A tender that takes bids, of consortia too."""
    return Market(session, tenders.tender(session, consortium_allowed=True))


PAUSES = (timedelta(0), MOMENT, timedelta(hours=1), DAY)


@ANYWHERE
@given(taken=steps(NAMES, pauses=PAUSES, onward=0))
def test_no_sequence_reaches_a_phase_that_the_table_does_not_allow(
    session: Session, market: Market, taken: Steps
) -> None:
    walk = Walk(
        session=session,
        at=NOON,
        verbs=market.verbs(),
        phases=market.phases,
        ways=WAYS,
        beginnings={SEALED},
        holds=market.holds,
    )
    assert set(walk.verbs) == set(NAMES)
    walk.go(taken)
