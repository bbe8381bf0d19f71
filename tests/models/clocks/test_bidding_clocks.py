"""Those who may bid hear of a new tender in their field, of its deadline and of its result, each once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.clocks.reminder import Reminder, ReminderKind
from models.clocks.reminding import remind
from models.errors import NotAllowed
from models.outbox import Message
from models.parties.organisation import Organisation
from models.tenders import amending, ending, enquiring
from models.tenders.tender import Tender, TenderPhase
from tests.factories import bids, catalogue, contracts, parties, tenders
from tests.factories.parties import NOON
from tests.factories.tenders import CLOSES
from web.labels import MESSAGES

TICK = timedelta(microseconds=1)
SOON, NEXT = CLOSES - timedelta(days=5), CLOSES - timedelta(days=1)


def staff(session: Session, organisation: Organisation) -> Act:
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation)


def heard(session: Session, who: Act) -> list[str]:
    """The kinds of messages somebody has, of those that clocks send."""
    session.flush()
    found = session.scalars(
        select(Message.kind)
        .where(Message.person_id == who.actor.person_id, Message.kind.in_(list(ReminderKind)))
        .order_by(Message.created_at)
    )
    return list(found)


def at(session: Session, *moments: datetime) -> None:
    for moment in moments:
        remind(session, parties.system(moment))
        session.flush()


def seller(session: Session, name: str, **values: object) -> tuple[Organisation, Act]:
    """An organisation with a service in the catalogue, and somebody of its staff."""
    made = parties.organisation(session, name=name)
    catalogue.service(session, organisation=made, **values)  # type: ignore[arg-type]  # passed on as it is
    return made, staff(session, made)


def test_every_kind_has_its_sentence() -> None:
    assert set(ReminderKind) <= set(MESSAGES)


def test_only_the_machine_reminds(session: Session) -> None:
    with pytest.raises(NotAllowed):
        remind(session, tenders.official(session))


def test_a_new_tender_is_told_once_to_those_whose_field_and_area_it_is(session: Session) -> None:
    tenders.tender(session)
    _, same = seller(session, "甲")
    _, other_code = seller(session, "乙", terms=("YO-01", "B03"))
    _, elsewhere = seller(session, "丙", areas=(parties.OTHER_STREET,))
    _, unpublished = seller(session, "丁", published=False)
    at(session, NOON, NOON + timedelta(minutes=1), NOON + timedelta(days=1))
    assert heard(session, same) == ["tender_new"]
    for who in (other_code, elsewhere, unpublished):
        assert heard(session, who) == []


def test_nobody_hears_of_a_draft_or_before_publication(session: Session) -> None:
    tenders.tender(session, TenderPhase.DRAFT)
    tenders.tender(session)
    _, who = seller(session, "甲")
    at(session, NOON - TICK)
    assert heard(session, who) == []
    at(session, NOON)
    assert heard(session, who) == ["tender_new"]


def test_r54_whoever_wrote_the_specification_is_not_invited(session: Session) -> None:
    author, who = seller(session, "甲")
    tenders.tender(session, author_organisation_id=author.id)
    at(session, NOON)
    assert heard(session, who) == []


def takers(session: Session, tender: Tender) -> dict[str, Act]:
    """Somebody of an organisation that asked, one that drafts, one that has bid, two of a consortium."""
    lot = tender.lots[0]
    found = {name: bids.bidder(session, name=name) for name in ("asked", "drafts", "bid", "lead", "member")}
    acts = {name: staff(session, organisation) for name, organisation in found.items()}
    enquiring.ask(session, tender, acts["asked"], question="服务对象包括外来人员吗？")
    bids.draft(session, lot, found["drafts"])
    bids.bid(session, lot, found["bid"])
    bids.consortium(session, lot, found["lead"], found["member"])
    return acts


def test_the_deadline_is_told_five_days_and_one_day_before_to_those_who_take_part(session: Session) -> None:
    tender = tenders.tender(session)
    acts = takers(session, tender)
    outsider = staff(session, parties.organisation(session, name="旁人"))
    at(session, SOON - TICK)
    assert all(heard(session, who) == [] for who in acts.values())
    at(session, SOON, SOON + TICK, NEXT - TICK)
    assert all(heard(session, who) == ["tender_closes_soon"] for who in acts.values())
    at(session, NEXT, NEXT + TICK, CLOSES - TICK)
    assert all(heard(session, who) == ["tender_closes_soon", "tender_closes_next"] for who in acts.values())
    assert heard(session, outsider) == []


def test_after_the_deadline_nobody_is_reminded_of_it(session: Session) -> None:
    acts = takers(session, tenders.tender(session))
    at(session, CLOSES)
    assert all(heard(session, who) == [] for who in acts.values())


def test_words_are_the_same_for_all_so_that_nobody_learns_who_bids(session: Session) -> None:
    takers(session, tenders.tender(session))
    at(session, NEXT)
    found = session.scalars(select(Message).where(Message.kind == "tender_closes_next")).all()
    assert len({each.person_id for each in found}) == len(found) >= 5
    assert len({(each.subject_id, str(sorted(each.facts.items()))) for each in found}) == 1


def test_a_deadline_that_was_moved_is_a_new_clock(session: Session) -> None:
    tender = tenders.tender(session)
    drafter = bids.bidder(session)
    who = staff(session, drafter)
    bids.draft(session, tender.lots[0], drafter)
    at(session, SOON)
    later = CLOSES + timedelta(days=7)
    act = tenders.official(session, SOON + timedelta(hours=1))
    amending.extend_after_outage(session, tender, act, until=later, words="平台故障，统一顺延。")
    at(session, SOON + timedelta(days=1), later - timedelta(days=5))
    assert heard(session, who) == ["tender_closes_soon", "tender_closes_soon"]


def test_a_result_is_told_to_who_asked_or_drafted_and_bidders_have_their_letter(session: Session) -> None:
    tender = contracts.reported(session)
    asker = bids.bidder(session, name="问者")
    who = staff(session, asker)
    add_enquiry(session, tender, asker.id)
    winner = contracts.staff(session, contracts.opened(session, tender.lots[0])[0].bid.organisation)
    contracts.award(session, tender)
    at(session, contracts.NOTICED - TICK)
    assert heard(session, who) == []
    at(session, contracts.NOTICED, contracts.NOTICED + timedelta(days=1))
    assert heard(session, who) == ["tender_result"]
    assert heard(session, winner) == []


def add_enquiry(session: Session, tender: Tender, organisation_id: UUID) -> None:
    asked = enquiring.Enquiry(
        tender_id=tender.id, organisation_id=organisation_id, asked_at=NOON, question="能联合投标吗？"
    )
    session.add(asked)
    session.flush()


def test_a_cancelled_tender_is_told_to_who_drafted_and_not_twice_to_who_asked(session: Session) -> None:
    tender = tenders.tender(session)
    acts = takers(session, tender)
    act = tenders.official(session, NOON + timedelta(days=3))
    ending.cancel(session, tender, act, words="预算调整，本项目不再采购。")
    session.flush()
    at(session, act.at, act.at + timedelta(hours=1))
    assert heard(session, acts["drafts"]) == ["tender_result"]
    assert heard(session, acts["asked"]) == []  # the verb has told them, with the reason


def test_a_reminder_is_kept_for_each_person(session: Session) -> None:
    made, first = seller(session, "甲")
    tenders.tender(session)
    at(session, NOON)
    second = staff(session, made)  # who joins while bids are taken hears of it as well
    at(session, NOON + timedelta(days=1))
    assert heard(session, first) == heard(session, second) == ["tender_new"]
    assert len(session.scalars(select(Reminder)).all()) == 2
