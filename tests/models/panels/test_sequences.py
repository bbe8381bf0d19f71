"""No sequence of verbs takes a panel past a step that has not been done (R24, R27, R29, R32).

What always holds: nobody sits twice, and no more sit than there are seats; who has handed in had declared,
after the check was closed; prices are open only with all marks in; a report has its meeting and one ranking
of every live lot that anybody computes again; and from the report on nothing that it rests on changes.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act
from models.errors import Conflict
from models.panels import correcting, declaring, drawing, low_prices, marking_desk, qualifying, reporting
from models.panels.bidders import opened_bids
from models.panels.declaring import Declared
from models.panels.marking import CorrectionGround, LowPriceQuestion, Mark, Ranking
from models.panels.panel import Panel, PanelMember
from models.panels.pool import TieKind
from models.panels.question import written
from models.tenders.lifecycle import phase_at
from models.tenders.tender import TenderPhase
from tests.factories import bids, panels
from tests.factories.panels import DRAWN
from tests.support.sequences import ANYWHERE, MOMENT, Steps, Walk, steps

EVALUATION, REPORTED, FAILED = TenderPhase.EVALUATION, TenderPhase.REPORTED, TenderPhase.FAILED
WAYS: dict[type[StrEnum], dict[StrEnum, set[StrEnum]]] = {TenderPhase: {EVALUATION: {REPORTED, FAILED}}}
WORDS = "按规定说明理由。"
PAUSES = (timedelta(0), MOMENT, timedelta(minutes=29), timedelta(hours=1))
USUAL = (
    "report",
    "rank",
    "meet",
    "open the prices",
    "hand in",
    "close the check",
    "check",
    "declare",
    "redraw",
)
NAMES = (
    *USUAL,
    *("declare an interest", "recuse", "choose a chair", "find a fault", "hand in nothing", "change a mark"),
    *("meet again", "correct", "ask about a price", "explain it", "accept it", "refuse it"),
)


class Room:
    """A panel that was drawn, its members, the official, and what each may do."""

    def __init__(self, session: Session, panel: Panel) -> None:
        self.session, self.panel, self.tender = session, panel, panel.tender
        self.official = panels.official(session, panel.tender)
        self.bids = opened_bids(session, panel.tender)
        self.bidder = bids.staff(session, self.bids[0].bid.organisation)

    def by(self, at: datetime) -> Act:
        """The official's act."""
        return replace(self.official, at=at)

    def verbs(self) -> dict[str, Callable[[datetime], object]]:
        """Every verb by its name."""
        s, panel = self.session, self.panel
        return {
            "declare": lambda at: self._declare(at),
            "declare an interest": lambda at: self._declare(
                at, Declared(self.bids[0].bid.organisation_id, TieKind.EMPLOYMENT, WORDS)
            ),
            "recuse": lambda at: declaring.recuse(s, self._seated()[-1], self.by(at), words=WORDS),
            "redraw": lambda at: drawing.redraw(s, panel, self.by(at)),
            "choose a chair": lambda at: declaring.choose_chair(s, self._seated()[0], self.by(at)),
            "meet": lambda at: self._meet(at) if panel.consensus_at is None else _some(None),
            "meet again": self._meet,
            "correct": lambda at: self._correct(at),
            "rank": lambda at: reporting.rank(s, self.tender.lots[0], self.by(at)),
            "report": lambda at: reporting.report(s, self.tender, self.by(at)),
            **self._checking(),
            **self._pricing(),
            **self._marking(),
        }

    def _checking(self) -> dict[str, Callable[[datetime], object]]:
        s, panel = self.session, self.panel

        def check(at: datetime, *, meets: bool = True) -> None:
            for each in self.bids if meets else self.bids[2:]:
                for requirement in self.tender.requirements:
                    said = {"meets": meets, "words": "" if meets else WORDS}
                    qualifying.check(s, panel, self.by(at), bid=each, requirement=requirement, **said)

        return {
            "check": check,
            "find a fault": lambda at: check(at, meets=False),
            "close the check": lambda at: qualifying.complete(s, panel, self.by(at)),
        }

    def _marking(self) -> dict[str, Callable[[datetime], object]]:
        s = self.session

        def one(at: datetime) -> None:
            bid, criterion = marking_desk.cells(s, self.tender)[0]
            member = self._seated()[0]
            act = panels.member_act(member, at)
            given = criterion.weight / 2
            marking_desk.save_mark(s, member, act, bid=bid, criterion=criterion, points=given, note=WORDS)

        return {
            "hand in": lambda at: panels.mark(s, self._waiting(), moment=at),
            "hand in nothing": lambda at: marking_desk.submit(
                s, self._waiting(), panels.member_act(self._waiting(), at)
            ),
            "change a mark": one,
        }

    def _pricing(self) -> dict[str, Callable[[datetime], object]]:
        s, panel = self.session, self.panel

        def decide(at: datetime, *, accepted: bool) -> None:
            low_prices.decide(s, self._question(), panel, self.by(at), accepted=accepted, words=WORDS)

        return {
            "open the prices": self._open_prices,
            "ask about a price": lambda at: low_prices.ask(s, self.bids[0], panel, self.by(at)),
            "explain it": lambda at: low_prices.answer(
                s, self._question(), replace(self.bidder, at=at), words=WORDS
            ),
            "accept it": lambda at: decide(at, accepted=True),
            "refuse it": lambda at: decide(at, accepted=False),
        }

    def _open_prices(self, at: datetime) -> None:
        """As the opening room does: with all marks in, and once."""
        ready = marking_desk.marks_are_in(self.session, self.tender) and at >= panels.PRICED
        if self.tender.priced_at or not ready:
            raise Conflict("not_yet")
        panels.open_prices(self.session, self.tender)

    def _declare(self, at: datetime, *interests: Declared) -> None:
        member = _some(next((each for each in self._seated() if each.declared_at is None), None))
        declaring.declare(self.session, member, panels.member_act(member, at), interests=interests)

    def _meet(self, at: datetime) -> None:
        correcting.record_consensus(self.session, self.panel, self.by(at), words=WORDS)

    def _correct(self, at: datetime) -> None:
        """The first mark, as far as a ground can be found."""
        mark = _some(self.session.scalar(select(Mark).order_by(Mark.id).limit(1)))
        ground = CorrectionGround.EXTREME
        points = mark.criterion.weight / 4
        correcting.correct(self.session, mark, self.by(at), ground=ground, points=points, words=WORDS)

    def _seated(self) -> list[PanelMember]:
        self.session.refresh(self.panel)
        found = self.panel.seated
        return _some(found or None)  # type: ignore[no-any-return]  # the same list

    def _waiting(self) -> PanelMember:
        found = next((each for each in self._seated() if each.submitted_at is None), None)
        return _some(found)  # type: ignore[no-any-return]  # the same member

    def _question(self) -> LowPriceQuestion:
        return _some(self.session.get(LowPriceQuestion, self.bids[0].bid_id))  # type: ignore[no-any-return]  # the same

    def phases(self, at: datetime) -> dict[Any, StrEnum]:
        """The tender's phase."""
        self.session.flush()
        self.session.refresh(self.tender)
        return {self.tender.id: phase_at(self.tender, at)}

    def holds(self, _at: datetime, _then: datetime) -> None:
        """What is so at every instant."""
        self.session.expire_all()
        panel, seated = self.panel, self.panel.seated
        assert len(seated) <= panel.size
        assert len({each.person_id for each in panel.members}) == len(panel.members)
        assert sum(each.is_chair for each in seated) <= 1
        for each in panel.members:
            if each.submitted_at:
                assert each.declared_at is not None
                assert panel.qualified_at is not None
                assert max(each.declared_at, panel.qualified_at) <= each.submitted_at
        if self.tender.priced_at:
            assert len(seated) == panel.size
            assert all(each.submitted_at for each in seated)
        standing = list(self.session.scalars(select(Ranking).where(Ranking.superseded_at.is_(None))))
        assert len(standing) == len({each.lot_id for each in standing})
        assert all(reporting.verify(each) for each in standing)
        if self.tender.reported_at:
            self._reported(standing)

    def _reported(self, standing: list[Ranking]) -> None:
        assert self.panel.consensus_at is not None
        assert self.panel.consensus_at <= self.tender.reported_at
        ranked = {each.lot_id: each for each in standing}
        for lot in self.tender.lots:
            if lot.is_live:
                assert ranked[lot.id].question == written(self.session, lot, self.panel)
                assert not reporting.is_provisional(ranked[lot.id])


def _some(found: Any) -> Any:
    """What there is; a verb without its subject is refused like any other."""
    if found is None:
        raise Conflict("not_yet")
    return found


@pytest.fixture
def room(session: Session) -> Room:
    """A panel of three bids that nobody has declared to yet."""
    return Room(session, panels.drawn(session))


@ANYWHERE
@given(taken=steps(NAMES, pauses=PAUSES, most=60))
def test_no_sequence_skips_a_step(session: Session, room: Room, taken: Steps) -> None:
    walk = Walk(
        session=session,
        at=DRAWN,
        verbs=room.verbs(),
        phases=room.phases,
        ways=WAYS,
        beginnings=(),
        holds=room.holds,
        usual=USUAL,
    )
    assert set(walk.verbs) == set(NAMES)
    walk.go(taken)
