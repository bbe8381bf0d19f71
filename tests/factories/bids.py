"""Bids in any state, sealed by the verbs: drafts, sealed ones, opened ones."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.bids import consortia, drafting, opening_room, submitting
from models.bids.attaching import attach
from models.bids.bid import Bid
from models.bids.consortium import Consortium
from models.bids.draft import BidDraft
from models.bids.opening import Opening
from models.parties.organisation import Organisation
from models.parties.person import Person, SignIn
from models.sealing.drafts import DraftKeeper
from models.sealing.keys import Envelope
from models.tenders.lot import Lot
from models.tenders.tender import Tender
from tests.factories import parties, tenders
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES, KEEPER
from tests.support.stages import remembered

WORDS = "每周一次上门探访，由持证社会工作者带队。"
MOMENT = timedelta(microseconds=1)
LAST = CLOSES - MOMENT
"""The last instant at which bids are taken."""


def bidder(session: Session, name: str = "上海澄江乐龄服务中心", **values: Any) -> Organisation:
    """An organisation that may bid."""
    return parties.organisation(session, name=name, **values)


def staff(session: Session, organisation: Organisation, at: Any = NOON) -> Act:
    """Somebody of its staff."""
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation, at=at)


def at(act: Act, when: Any) -> Act:
    """The same person at another instant."""
    return Act(act.actor, when, act.request_id)


def technical(lot: Lot, words: str = WORDS, **changes: Any) -> dict[str, Any]:
    """A technical document that lacks nothing."""
    tender = lot.tender
    return {
        "answers": [{"criterion": str(each.id), "words": words} for each in tender.criteria],
        "requirements": [{"requirement": str(each.id), "words": "满足。"} for each in tender.requirements],
        "workers": [{"name": "李秀英", "certificate": "social_worker"}],
        "subcontracting": "",
        **changes,
    }


def price(amount: str = "450000.00", **changes: Any) -> dict[str, Any]:
    """A price document."""
    return {"price": amount, "items": [], **changes}


def draft(
    session: Session,
    lot: Lot,
    organisation: Organisation,
    *,
    price: str = "450000.00",
    words: str = WORDS,
    by: Act | None = None,
    keeper: DraftKeeper = KEEPER,
) -> BidDraft:
    """A draft that lacks nothing."""
    made = drafting.save(
        session,
        lot,
        by or staff(session, organisation),
        technical=technical(lot, words),
        price={"price": price, "items": []},
        keeper=keeper,
    )
    session.flush()
    return made


@remembered
def bid(
    session: Session,
    lot: Lot,
    organisation: Organisation,
    *,
    price: str = "450000.00",
    words: str = WORDS,
    files: dict[str, bytes] | None = None,
    by: Act | None = None,
    keeper: DraftKeeper = KEEPER,
) -> Bid:
    """A sealed bid."""
    act = by or staff(session, organisation)
    written = draft(session, lot, organisation, price=price, words=words, by=act, keeper=keeper)
    for name, content in (files or {}).items():
        attach(session, written, act, name=name, content=content, keeper=keeper)
    made, _receipt, _copy = submitting.submit(session, lot, act, keeper=keeper)
    session.flush()
    return made


@remembered
def bids(session: Session, tender: Tender, count: int = 3, when: Any = NOON, **values: Any) -> list[Bid]:
    """A bid of each of so many organisations for every lot, at rising prices."""
    made = []
    for number in range(count):
        organisation = bidder(session, name=f"上海投标{number + 1}号服务中心")
        act = staff(session, organisation, at=when)
        for lot in tender.lots:
            amount = str(Decimal(430000) + 10000 * number)
            made.append(bid(session, lot, organisation, **{"price": amount, "by": act, **values}))
    return made


def consortium(session: Session, lot: Lot, lead: Organisation, other: Organisation) -> Consortium:
    """A consortium of two, confirmed by both."""
    parts = (
        consortia.Part(lead, Decimal(60), "探访与统筹"),
        consortia.Part(other, Decimal(40), "心理支持"),
    )
    made = consortia.invite(session, lot, staff(session, lead), parts=parts)
    assert made is not None
    consortia.confirm(session, made.members[1], staff(session, other), liable=True)
    session.flush()
    return made


def officers(session: Session, tender: Tender, when: Any = CLOSES) -> list[Act]:
    """The acts of those who hold phrases, in their order."""
    held = [person_id for person_id in tenders.phrases(tender) if person_id]
    people = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(held)))}
    return [tenders.act_of(people[each], when) for each in held]


@remembered
def started(
    session: Session, tender: Tender, *, envelope: Envelope = Envelope.TECHNICAL, when: Any = CLOSES
) -> Opening:
    """A session that has begun, at the deadline."""
    return opening_room.start(session, tender, officers(session, tender, when)[0], envelope=envelope)


def give(session: Session, opening: Opening, act: Act, keeper: DraftKeeper = KEEPER) -> None:
    """An officer gives the own phrase."""
    assert act.actor.person_id is not None
    phrase = tenders.phrases(opening.tender)[act.actor.person_id]
    opening_room.give(session, opening, act, phrase=phrase, keeper=keeper)


@remembered
def opened(
    session: Session,
    tender: Tender,
    *,
    prices: bool = False,
    when: Any = CLOSES,
    keeper: DraftKeeper = KEEPER,
) -> Tender:
    """Open the technical envelopes by two officers; with `prices` those of the prices too."""
    first, second, *_rest = officers(session, tender, when)
    for envelope in (Envelope.TECHNICAL, *((Envelope.PRICE,) if prices else ())):
        opening = opening_room.start(session, tender, first, envelope=envelope)
        for act in (first, second):
            give(session, opening, act, keeper)
        opening_room.open_(session, opening, second, keeper=keeper, marks_are_in=True, minutes="到场 2 人。")
    session.flush()
    return tender


def prolong() -> Update:
    """Sign-ins that last until after the deadline."""
    return update(SignIn).values(expires_at=CLOSES + timedelta(days=1))
