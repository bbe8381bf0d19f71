"""Needs in any phase, brought there by the verbs that lead to it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from models.act import Act, Role
from models.lifecycle import advance
from models.needs import handling, operations, parts, ticketing
from models.needs.details import EvidenceKind, FundingSource, IndicatorCode, ResourceKind
from models.needs.lifecycle import NEED, NeedMove
from models.needs.need import Need, NeedPhase, ReturnReason
from models.needs.standard import Standard
from models.needs.ticket import Ticket
from models.parties.unit import AdministrativeUnit
from tests.factories.parties import NEIGHBOURHOOD, NOON, act_as, place
from tests.support.stages import remembered

LONG_AGO = NOON - timedelta(days=40)
WORDS = "高龄独居老人吃饭难，家里没人烧饭，已经半年了。楼里有十几户这样的情况。"

WAY: dict[NeedPhase, tuple[NeedMove, ...]] = {
    NeedPhase.DRAFT: (),
    NeedPhase.SUBMITTED: (NeedMove.SUBMIT,),
    NeedPhase.RETURNED: (NeedMove.SUBMIT, NeedMove.RETURN),
    NeedPhase.DELIBERATING: (NeedMove.SUBMIT, NeedMove.DELIBERATE),
    NeedPhase.STANDARDISED: (NeedMove.SUBMIT, NeedMove.STANDARDISE),
    NeedPhase.MATCHED: (NeedMove.SUBMIT, NeedMove.STANDARDISE, NeedMove.MATCH),
    NeedPhase.UNMET: (NeedMove.SUBMIT, NeedMove.STANDARDISE, NeedMove.DECLARE_UNMET),
    NeedPhase.CLOSED: (NeedMove.SUBMIT, NeedMove.STANDARDISE, NeedMove.SETTLE),
}
"""The shortest way into each phase."""


def worker(session: Session, unit: str = NEIGHBOURHOOD, at: datetime = LONG_AGO) -> Act:
    """A community worker of a neighbourhood."""
    return act_as(session, Role.COMMUNITY_WORKER, unit=unit, at=at)


def official(session: Session, unit: str = NEIGHBOURHOOD, at: datetime = LONG_AGO) -> Act:
    """An official of the street a neighbourhood lies in."""
    return act_as(session, Role.STREET_OFFICIAL, unit=unit[:9], at=at)


def draft(session: Session, act: Act, unit: str = NEIGHBOURHOOD, **changes: Any) -> Need:
    """A draft with everything a need wants; `changes` go to `edit`, and codes and groups to their verb."""
    place(session)
    need = operations.start(session, act, id=uuid4(), unit_code=unit, description=WORDS)
    codes, groups = changes.pop("codes", ["EL-01"]), changes.pop("groups", ["B03"])
    usual = {
        "title": "澄江一村高龄老人助餐",
        "affected_people": 47,
        "severity": 3,
        "urgency": 2,
        "since": date(2026, 3, 1),
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 8, 31),
        "budget": Decimal(60000),
    }
    operations.edit(session, need, act, **{**usual, **changes})
    parts.set_terms(session, need, act, codes=codes, groups=groups)
    parts.set_evidence(
        session,
        need,
        act,
        sources=[parts.Source(EvidenceKind.VISIT, "入户走访", 21), parts.Source(EvidenceKind.HOTLINE, "", 6)],
    )
    parts.set_resources(session, need, act, resources={ResourceKind.VENUE: "一楼活动室"})
    parts.set_funding(session, need, act, funding={FundingSource.STREET_BUDGET: Decimal(60000)})
    return need


@remembered
def need(
    session: Session,
    phase: NeedPhase = NeedPhase.STANDARDISED,
    *,
    unit: str = NEIGHBOURHOOD,
    by: Act | None = None,
    at: datetime = LONG_AGO,
    **changes: Any,
) -> Need:
    """A need in a phase; each step of its way is an hour after the one before."""
    place(session)
    assert session.get(AdministrativeUnit, unit) is not None
    act = by or worker(session, unit, at)
    made = draft(session, act, unit, **changes)
    handler = official(session, unit, at)
    for step, move in enumerate(WAY[phase], start=1):
        then = at + timedelta(hours=step)
        who = act if move is NeedMove.SUBMIT else handler
        take(session, made, Act(who.actor, then, "test"), move)
    session.flush()
    return made


def take(session: Session, need: Need, act: Act, move: NeedMove) -> None:
    """One step, by the verb that takes it. Review decides matches; here only its move is made."""
    match move:
        case NeedMove.SUBMIT:
            operations.submit(session, need, act)
        case NeedMove.WITHDRAW:
            operations.withdraw(session, need, act)
        case NeedMove.RETURN:
            handling.return_(session, need, act, reason=ReturnReason.UNCLEAR, words="请写清楚有多少户。")
        case NeedMove.DELIBERATE:
            handling.take_into_deliberation(session, need, act)
        case NeedMove.STANDARDISE:
            handling.standardise(session, need, act, standard=standard(need))
        case NeedMove.SETTLE:
            handling.settle(session, need, act, words="街道已由其他项目解决。")
        case _:
            advance(session, NEED, need, move, act)


def standard(need: Need) -> Standard:
    """The need's own words as the official takes them over, with the indicators a person must give."""
    return Standard(
        title=need.heading,
        codes=[term.term_code for term in need.terms if not term.is_group],
        groups=[term.term_code for term in need.terms if term.is_group],
        affected_people=need.affected_people,
        indicators={row.code: row.value for row in need.indicators}
        | {IndicatorCode.N3: 3, IndicatorCode.N4: 2, IndicatorCode.N9: 1},
        words="居民意见一致，不再另行议事。",
    )


def ticket(
    session: Session, *, words: str = "三楼老人没人烧饭", by: Act | None = None, **changes: Any
) -> Ticket:
    """A call to the hotline about the usual neighbourhood, which waits."""
    place(session)
    unit = session.get_one(AdministrativeUnit, changes.pop("unit", NEIGHBOURHOOD))
    usual: dict[str, Any] = {"channel": EvidenceKind.HOTLINE, "number": f"SH{uuid4().hex[:12]}"}
    made = usual | changes
    return ticketing.bring(session, by or worker(session, unit.code), unit, words=words, **made)
