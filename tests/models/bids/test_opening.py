"""The opening: after the deadline, by enough officers, each with the own phrase; all else on record."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit.event import AuditEvent
from models.bids import opening_room
from models.bids.opened import InvalidReason
from models.bids.opening import Opening, OpeningOutcome
from models.bids.queries import opened
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.outbox import Message
from models.rulebook.methods import Method
from models.sealing.keys import Envelope
from models.tenders import amending
from models.tenders.lifecycle import phase_at
from models.tenders.lot import FailReason
from models.tenders.tender import Tender, TenderPhase
from tests.factories import bids, parties, tenders
from tests.factories.tenders import CLOSES, KEEPER

PDF = b"%PDF-1.7 "


@pytest.fixture
def tender(session: Session) -> Tender:
    """A tender with three bids."""
    made = tenders.tender(session)
    bids.bids(session, made)
    return made


def actions(session: Session, opening: Opening) -> list[str]:
    query = select(AuditEvent.action).where(AuditEvent.subject_id == str(opening.id))
    return list(session.scalars(query.order_by(AuditEvent.number)))


def test_nothing_is_opened_before_the_deadline(session: Session, tender: Tender) -> None:
    first, *_rest = bids.officers(session, tender)
    with pytest.raises(Conflict, match="opening_too_early"):
        opening_room.start(session, tender, bids.at(first, bids.LAST), envelope=Envelope.TECHNICAL)
    opening = opening_room.start(session, tender, first, envelope=Envelope.TECHNICAL)
    assert opening.started_at == CLOSES
    with pytest.raises(Conflict, match="opening_under_way"):
        opening_room.start(session, tender, first, envelope=Envelope.TECHNICAL)


def test_only_officials_of_the_area_hold_an_opening(session: Session, tender: Tender) -> None:
    elsewhere = tenders.official(session, CLOSES, unit=parties.OTHER_STREET)
    bidder = bids.staff(session, bids.bidder(session), at=CLOSES)
    opening = bids.started(session, tender)
    for act in (elsewhere, bidder):
        with pytest.raises(NotAllowed):
            opening_room.start(session, tender, act, envelope=Envelope.TECHNICAL)
        with pytest.raises(NotAllowed):
            opening_room.give(session, opening, act, phrase="", keeper=KEEPER)
        with pytest.raises(NotAllowed):
            opening_room.open_(session, opening, act, keeper=KEEPER)


def test_two_officers_open_and_the_phrases_are_wiped(session: Session, tender: Tender) -> None:
    bids.opened(session, tender)
    opening = session.scalars(select(Opening)).one()
    assert (opening.outcome, opening.minutes) == (OpeningOutcome.OPENED, "到场 2 人。")
    assert [share.hidden for share in opening.shares] == [None, None]
    assert phase_at(tender, CLOSES) == TenderPhase.EVALUATION
    found = opened(session, tender.lots[0])
    assert [each.alias for each in found] == [1, 2, 3]
    assert {each.bid.organisation.name for each in found} == {f"上海投标{n}号服务中心" for n in (1, 2, 3)}
    assert {each.technical["answers"][0]["words"] for each in found} == {bids.WORDS}
    assert [each.price for each in found] == [None] * 3
    facts = session.scalars(select(AuditEvent).where(AuditEvent.action == "opening.order")).one().facts
    assert facts["order"] == [str(each.bid_id) for each in found]
    with pytest.raises(Conflict, match="opening_ended"):
        bids.give(session, opening, bids.officers(session, tender)[2])


def test_fewer_phrases_than_needed_open_nothing(session: Session, tender: Tender) -> None:
    first, *_rest = bids.officers(session, tender)
    opening = bids.started(session, tender)
    with pytest.raises(Invalid, match="too_few_shares"):
        opening_room.open_(session, opening, first, keeper=KEEPER)
    bids.give(session, opening, first)
    with pytest.raises(Invalid, match="too_few_shares") as refused:
        opening_room.open_(session, opening, first, keeper=KEEPER)
    assert refused.value.facts == {"have": 1, "need": 2}
    assert opened(session, tender.lots[0]) == []


def test_a_phrase_that_is_wrong_in_any_way_is_refused_and_on_record(session: Session, tender: Tender) -> None:
    other = tenders.tender(session)
    first, second, *_rest = bids.officers(session, tender)
    opening = bids.started(session, tender)
    own, others = (tenders.phrases(tender)[each.actor.person_id] for each in (first, second))
    mistyped = own.replace(own.split()[5], "zero" if own.split()[5] != "zero" else "acid")
    bids.give(session, opening, first)
    for act, phrase, code in (
        (second, mistyped, "share_unreadable"),
        (second, "你好", "share_unreadable"),
        (second, next(iter(tenders.phrases(other).values())), "share_of_another_tender"),
        (second, own, "share_of_another_person"),
        (first, others, "share_of_another_person"),
        (first, own, "share_twice"),
        (first, tenders.phrases(tender)[None], "escrow_words_missing"),
    ):
        with pytest.raises(Invalid, match=code) as refused:
            opening_room.give(session, opening, act, phrase=phrase, keeper=KEEPER)
        opening_room.note_refusal(session, opening, act, error=refused.value)
        assert phrase not in str(refused.value)
    assert actions(session, opening).count("opening.refuse") == 7
    assert len(opening.shares) == 1


def test_a_lost_phrase_is_made_good_by_the_escrow_and_nobody_opens_alone(
    session: Session, tender: Tender
) -> None:
    first, second, *_rest = bids.officers(session, tender)
    opening = bids.started(session, tender)
    bids.give(session, opening, first)
    escrow = tenders.phrases(tender)[None]
    with pytest.raises(Invalid, match="share_giver_twice"):
        opening_room.give(session, opening, first, phrase=escrow, keeper=KEEPER, words="保险柜")
    words = "周敏的口令遗失，从街道档案室保险柜取出。"
    opening_room.give(session, opening, second, phrase=escrow, keeper=KEEPER, words=words)
    opening_room.open_(session, opening, second, keeper=KEEPER)
    assert len(opened(session, tender.lots[0])) == 3
    assert opening.minutes == words


def test_a_phrase_is_read_as_people_type_it(session: Session, tender: Tender) -> None:
    first, *_rest = bids.officers(session, tender)
    phrase = tenders.phrases(tender)[first.actor.person_id].upper().replace(" ", "\n")
    opening_room.give(session, bids.started(session, tender), first, phrase=phrase, keeper=KEEPER)


def test_a_tampered_envelope_is_on_record_and_the_others_go_on(session: Session) -> None:
    tender = tenders.tender(session)
    one, two, *_rest = bids.bids(session, tender, 4)
    one.technical = one.technical[:-1] + bytes([one.technical[-1] ^ 1])
    two.technical = two.technical[:100] + one.technical[100:]
    session.flush()
    bids.opened(session, tender)
    found = {each.bid_id: each for each in opened(session, tender.lots[0])}
    assert len(found) == 4
    for bid in (one, two):
        assert found[bid.id].invalid_reason == InvalidReason.ENVELOPE_TAMPERED
        assert found[bid.id].technical == {}
    assert sum(each.invalid_at is None for each in found.values()) == 2
    told = select(AuditEvent.subject_id).where(AuditEvent.action == "bid.invalid")
    assert set(session.scalars(told)) == {str(one.id), str(two.id)}


def test_an_envelope_of_another_bidder_does_not_open_as_ones_own(session: Session, tender: Tender) -> None:
    one, two, _three = (each for each in bids_of(session, tender))
    one.technical, one.technical_digest = two.technical, two.technical_digest
    session.flush()
    bids.opened(session, tender)
    found = {each.bid_id: each.invalid_reason for each in opened(session, tender.lots[0])}
    assert found[one.id] == InvalidReason.ENVELOPE_TAMPERED
    assert found[two.id] is None


def bids_of(session: Session, tender: Tender) -> list[bids.Bid]:
    return list(session.scalars(select(bids.Bid).where(bids.Bid.lot_id == tender.lots[0].id)))


@pytest.mark.parametrize(
    ("method", "rule", "least"),
    [
        (Method.OPEN_TENDER, "R23", 3),
        (Method.COMPETITIVE_CONSULTATION, "R42", 2),
        (Method.NEGOTIATION, "R44", 3),
    ],
)
def test_r23_r42_with_fewer_bids_than_needed_nothing_is_opened(
    session: Session, method: Method, rule: str, least: int
) -> None:
    limit = opening_room.fewest_bids(method)
    assert limit is not None
    assert (limit.rule, int(limit.value)) == (rule, least)


def test_r42_one_bid_is_not_opened_and_everybody_is_told(session: Session) -> None:
    tender = tenders.tender(session)
    own = bids.bidder(session)
    act = bids.staff(session, own)
    bids.bid(session, tender.lots[0], own, by=act)
    opening = bids.started(session, tender)
    assert opening.outcome == OpeningOutcome.TOO_FEW_BIDS
    assert (tender.fail_reason, phase_at(tender, CLOSES)) == (FailReason.FEW_BIDS, TenderPhase.FAILED)
    assert actions(session, opening) == ["opening.start", "opening.too_few_bids"]
    told = session.scalars(select(Message).where(Message.person_id == act.actor.person_id)).all()
    assert "tender_failed" in {each.kind for each in told}
    with pytest.raises(Conflict, match="opening_ended"):
        bids.give(session, opening, bids.officers(session, tender)[0])


def test_r42_a_lot_with_too_few_bids_stays_shut_and_the_others_are_opened(session: Session) -> None:
    tender = tenders.tender(session, lots=2)
    first, second = tender.lots
    for number in range(2):
        bids.bid(session, first, bids.bidder(session, f"上海{number}号"))
    lonely = bids.bid(session, second, bids.bidder(session, "上海独家"))
    bids.opened(session, tender)
    assert (first.fail_reason, second.fail_reason) == (None, FailReason.FEW_BIDS)
    assert (len(opened(session, first)), len(opened(session, second))) == (2, 0)
    opening = session.scalars(select(Opening)).one()
    assert "opening.lot_too_few_bids" in actions(session, opening)
    assert lonely.is_live


def test_r22_a_bid_that_was_not_confirmed_after_an_amendment_is_invalid(session: Session) -> None:
    tender = tenders.tender(session)
    one, *others = bids.bids(session, tender)
    amending.amend(session, tender, tenders.official(session), words="改为每周两次。", bears_on_bids=True)
    for each in others:
        by = bids.staff(session, each.organisation)
        bids.submitting.confirm(session, each, by)
    bids.opened(session, tender, when=tender.bids_until)
    reasons = {each.bid_id: each.invalid_reason for each in opened(session, tender.lots[0])}
    assert reasons == {one.id: InvalidReason.NOT_CONFIRMED, **{each.id: None for each in others}}


def test_attachments_are_stored_at_the_opening_and_not_before(session: Session) -> None:
    tender = tenders.tender(session)
    bid = bids.bid(session, tender.lots[0], bids.bidder(session), files={"方案.pdf": PDF + b"x"})
    bids.bids(session, tender, 2)
    bids.opened(session, tender)
    (found,) = (each for each in opened(session, tender.lots[0]) if each.bid_id == bid.id)
    assert [(each.file.name, each.file.content) for each in found.files] == [("方案.pdf", PDF + b"x")]


def test_a_session_broken_off_wipes_its_phrases_and_another_is_held(session: Session, tender: Tender) -> None:
    first, *_rest = bids.officers(session, tender)
    opening = bids.started(session, tender)
    bids.give(session, opening, first)
    with pytest.raises(Invalid, match="break_off_words_missing"):
        opening_room.break_off(session, opening, first, minutes=" ")
    opening_room.break_off(session, opening, first, minutes="停电。")
    assert (opening.outcome, opening.shares[0].hidden) == (OpeningOutcome.BROKEN_OFF, None)
    bids.opened(session, tender, when=CLOSES + timedelta(hours=1))
    assert phase_at(tender, CLOSES + timedelta(hours=1)) == TenderPhase.EVALUATION


def test_the_phrases_given_lie_hidden_while_the_session_lasts(session: Session, tender: Tender) -> None:
    first, *_rest = bids.officers(session, tender)
    opening = bids.started(session, tender)
    bids.give(session, opening, first)
    word = tenders.phrases(tender)[first.actor.person_id].split()[0]
    assert word.encode() not in (opening.shares[0].hidden or b"")
    with pytest.raises(DomainError):
        opening_room.open_(session, opening, first, keeper=KEEPER)
