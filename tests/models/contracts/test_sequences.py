"""No sequence of verbs takes awards, challenges, contracts or milestones a way that their tables do not name.

What always holds: one award of a lot stands; milestones sum to the price with what was agreed; nothing is
signed while the lot is suspended (条例 art 54) or before the notice has run (R33); additions stay within a
tenth (R34).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.act import Act
from models.calendar.clocks import local_date
from models.contracts import (
    awarding,
    challenging,
    changing,
    complaining,
    contracting,
    performing,
)
from models.contracts.award import Award, AwardPhase
from models.contracts.challenge import Challenge, ChallengePhase, ChallengeStage, Complaint, ReplayStep
from models.contracts.contract import Contract, ContractMilestone, ContractPhase, MilestonePhase
from models.contracts.lifecycle import (
    award_phase_at,
    challenge_phase_at,
    contract_phase_at,
    milestone_phase_at,
)
from models.contracts.performing import UsersOpinion
from models.contracts.suspending import suspended_by
from models.errors import Conflict
from models.tenders.tender import Tender
from tests.factories import contracts
from tests.factories.contracts import DECIDED, URL
from tests.support.sequences import ANYWHERE, Steps, Walk, steps

AP, HP, CP, MP = AwardPhase, ChallengePhase, ContractPhase, MilestonePhase
WAYS: dict[type[StrEnum], dict[StrEnum, set[StrEnum]]] = {
    AP: {AP.PENDING: {AP.NOTICED, AP.CANCELLED}, AP.NOTICED: {AP.CANCELLED}, AP.ACTIVE: {AP.CANCELLED}},
    HP: {HP.FILED: {HP.UPHELD, HP.REJECTED, HP.WITHDRAWN}},
    CP: {
        CP.PENDING: {CP.SIGNING, CP.TERMINATED},
        CP.SIGNING: {CP.ACTIVE, CP.TERMINATED},
        CP.ACTIVE: {CP.COMPLETE, CP.TERMINATED},
    },
    MP: {
        MP.SCHEDULED: {MP.REPORTED},
        MP.REPORTED: {MP.RETURNED, MP.ACCEPTED},
        MP.RETURNED: {MP.REPORTED},
        MP.ACCEPTED: {MP.INVOICED},
        MP.INVOICED: {MP.PAID},
    },
}
"""From a phase that is not named nothing leads on."""
BEGINNINGS = {AP.PENDING, HP.FILED, CP.PENDING, MP.SCHEDULED}
WORDS = "按规定说明理由。"
USUAL = (
    "note the notice",
    "make the contract",
    "sign",
    "countersign",
    "publish",
    "file",
    "pay",
    "invoice",
    "accept",
    "report",
    "decide",
)
KINDS: tuple[tuple[type[Any], Callable[[Any, datetime], StrEnum]], ...] = (
    (Award, award_phase_at),
    (Challenge, challenge_phase_at),
    (Contract, contract_phase_at),
    (ContractMilestone, milestone_phase_at),
)


class Court:
    """A reported tender, its purchaser and its bidders, and every verb between report and payment."""

    def __init__(self, session: Session, tender: Tender) -> None:
        self.session, self.lot = session, tender.lots[0]
        self.bidders = [each.bid.organisation for each in contracts.opened(session, self.lot)]
        self.purchaser = contracts.official(session)
        self.staff = {each.id: contracts.staff(session, each) for each in self.bidders}

    def latest(self, model: type[Any], column: Any) -> Any:
        """The newest record; a verb without one is refused like any other."""
        found = self.session.scalar(select(model).order_by(column.desc()).limit(1))
        if found is None:
            raise Conflict("not_yet")
        return found

    @property
    def award(self) -> Award:
        """The newest award."""
        return self.latest(Award, Award.decided_at)  # type: ignore[no-any-return]  # the newest of any model

    @property
    def contract(self) -> Contract:
        """The newest contract."""
        return self.latest(Contract, Contract.made_at)  # type: ignore[no-any-return]  # the same

    @property
    def challenge(self) -> Challenge:
        """The newest challenge."""
        return self.latest(Challenge, Challenge.filed_at)  # type: ignore[no-any-return]  # the same

    def by(self, at: datetime) -> Act:
        """The purchaser's act."""
        return replace(self.purchaser, at=at)

    def supplier(self, at: datetime) -> Act:
        """The act of the contract's supplier."""
        return replace(self.staff[self.contract.organisation_id], at=at)

    def first(self, phase: MilestonePhase, at: datetime) -> ContractMilestone:
        """The first milestone in a phase, else the first of all, whose verb is then refused."""
        found = self.contract.milestones
        return next((each for each in found if milestone_phase_at(each, at) == phase), found[0])

    def verbs(self) -> dict[str, Callable[[datetime], object]]:
        """Every verb by its name."""
        s = self.session
        return {
            "decide": lambda at: awarding.decide(s, self.lot, self.by(at)),
            "note the notice": lambda at: awarding.note_notice(
                s, self.award, self.by(at), url=URL, published_on=local_date(at)
            ),
            "withdraw the award": lambda at: awarding.withdraw(s, self.award, self.by(at), words=WORDS),
            "make the contract": lambda at: contracting.make(s, self.award, self.by(at)),
            "sign": lambda at: contracting.sign_for_purchaser(s, self.contract, self.by(at)),
            "countersign": lambda at: contracting.sign_for_supplier(s, self.contract, self.supplier(at)),
            "publish": lambda at: contracting.publish(
                s, self.contract, self.by(at), url=URL, published_on=local_date(at)
            ),
            "file": lambda at: contracting.file_(s, self.contract, self.by(at)),
            "terminate": lambda at: performing.terminate(s, self.contract, self.by(at), words=WORDS),
            **self.performing(),
            **self.changing(),
            **self.objecting(),
        }

    def performing(self) -> dict[str, Callable[[datetime], object]]:
        """Of milestones."""
        s, opinion = self.session, UsersOpinion(30, 27, "多数满意。")
        return {
            "report": lambda at: performing.report(
                s, self.first(MP.SCHEDULED, at), self.supplier(at), words=WORDS
            ),
            "report again": lambda at: performing.report(
                s, self.first(MP.RETURNED, at), self.supplier(at), words=WORDS
            ),
            "return": lambda at: performing.return_(s, self.first(MP.REPORTED, at), self.by(at), words=WORDS),
            "accept": lambda at: performing.accept(
                s, self.first(MP.REPORTED, at), self.by(at), users=opinion
            ),
            "invoice": lambda at: performing.invoice(s, self.first(MP.ACCEPTED, at), self.supplier(at)),
            "pay": lambda at: performing.pay(s, self.first(MP.INVOICED, at), self.by(at)),
        }

    def changing(self) -> dict[str, Callable[[datetime], object]]:
        """Of changes."""
        s = self.session
        sums = {"add": "9000.01", "add a tenth": "45000", "add too much": "45000.01", "take away": "-2000"}
        adding = {
            name: lambda at, adds=adds: changing.change(  # type: ignore[misc]  # each with its own sum
                s, self.contract, self.by(at), words=WORDS, adds=Decimal(adds)
            )
            for name, adds in sums.items()
        }
        return {
            **adding,
            "agree": lambda at: changing.agree(s, self._waiting(), self.supplier(at)),
        }

    def _waiting(self) -> Any:
        found = self.contract.changes
        if not found:
            raise Conflict("not_yet")
        return found[-1]

    def objecting(self) -> dict[str, Callable[[datetime], object]]:
        """Of challenges and complaints."""
        s = self.session

        def challenge(number: int) -> Callable[[datetime], object]:
            return lambda at: challenging.file(
                s,
                self.lot.tender,
                replace(self.staff[self.bidders[number].id], at=at),
                stage=ChallengeStage.RESULT,
                points=WORDS,
                remedy=WORDS,
                lot=self.lot,
            )

        def answer(*, upheld: bool) -> Callable[[datetime], object]:
            step = ReplayStep.RANKING if upheld else None
            return lambda at: challenging.answer(
                s, self.challenge, self.by(at), upheld=upheld, words=WORDS, replay_from=step
            )

        return {
            "challenge by the second": challenge(1),
            "challenge by the third": challenge(2),
            "uphold": answer(upheld=True),
            "reject": answer(upheld=False),
            "withdraw the challenge": lambda at: challenging.withdraw(
                s, self.challenge, replace(self.staff[self.challenge.organisation_id], at=at)
            ),
            "complain": lambda at: complaining.complain(
                s, self.challenge, self.by(at), filed_on=local_date(at), words=WORDS, within_points=True
            ),
            "dismiss the complaint": lambda at: complaining.decide(
                s, self.latest(Complaint, Complaint.filed_at), self.by(at), upheld=False, words=WORDS
            ),
        }

    def phases(self, at: datetime) -> dict[Any, StrEnum]:
        """Every record's phase."""
        self.session.flush()
        return {
            each.id: phase_at(each, at)
            for model, phase_at in KINDS
            for each in self.session.scalars(select(model).execution_options(populate_existing=True))
        }

    def holds(self, at: datetime, then: datetime) -> None:
        """What is so at every instant."""
        standing = select(func.count()).select_from(Award).where(Award.cancelled_at.is_(None))
        assert (self.session.scalar(standing) or 0) <= 1
        for contract in self.session.scalars(select(Contract)):
            agreed = [each.adds for each in contract.changes if each.agreed_at]
            whole = contract.amount + sum(agreed, Decimal(0))
            assert sum(each.amount for each in contract.milestones) == whole == changing.total(contract)
            assert all(each.amount > 0 for each in contract.milestones)
            assert sum((each for each in agreed if each > 0), Decimal(0)) <= contract.amount / 10
            self._signed_rightly(contract, at)
            if contract.completed_at:
                assert all(each.paid_at for each in contract.milestones)

    def _signed_rightly(self, contract: Contract, at: datetime) -> None:
        for signed in (contract.purchaser_signed_at, contract.supplier_signed_at):
            if signed is None:
                continue
            ends = contract.award.notice_ends_at
            assert ends is not None
            assert ends <= signed
            if signed == at:
                filed = {each.filed_at for each in suspended_by(self.session, self.lot, self.by(at))}
                assert not filed or min(filed) == at  # filed in the same instant, after the signature


NAMES = (
    *USUAL,
    *("withdraw the award", "terminate", "report again", "return"),
    *("add", "add a tenth", "add too much", "take away", "agree"),
    *("challenge by the second", "challenge by the third", "uphold", "reject", "withdraw the challenge"),
    *("complain", "dismiss the complaint"),
)


@pytest.fixture
def court(session: Session) -> Court:
    """A report lies before the purchaser."""
    return Court(session, contracts.reported(session))


@ANYWHERE
@given(taken=steps(NAMES))
def test_no_sequence_reaches_a_phase_that_the_tables_do_not_allow(
    session: Session, court: Court, taken: Steps
) -> None:
    walk = Walk(
        session=session,
        at=DECIDED,
        verbs=court.verbs(),
        usual=USUAL,
        phases=court.phases,
        ways=WAYS,
        beginnings=BEGINNINGS,
        holds=court.holds,
        by_time={(AP.NOTICED, AP.ACTIVE)},
    )
    assert set(walk.verbs) == set(NAMES)
    walk.go(taken)
