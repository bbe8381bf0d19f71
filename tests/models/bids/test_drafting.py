"""Drafts: saved hidden, one for each lot, refused where a number is none; attachments are what they say."""

import pytest
from sqlalchemy.orm import Session

from models.access.permissions import Permission
from models.access.policy import can
from models.bids import consortia, drafting
from models.bids.attaching import attach, attachments, detach, read_file
from models.bids.completeness import Lack, completeness
from models.bids.desk import desk
from models.bids.prefill import known
from models.bids.taking_part import draft_of
from models.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from models.parties.organisation import Certificate
from models.parties.profile import add_staff
from models.sealing.drafts import DraftKeeper
from models.sealing.envelope import MEGABYTE
from models.sealing.keys import Envelope
from models.tenders.lot import Lot
from models.tenders.tender import TenderPhase
from tests.factories import bids, catalogue, tenders
from tests.factories.tenders import CLOSES, KEEPER

PDF = b"%PDF-1.7 "
MARK = "凌霄密标记甲"


@pytest.fixture
def lot(session: Session) -> Lot:
    """The lot of a tender that takes bids."""
    return tenders.tender(session).lots[0]


def test_a_draft_is_hidden_and_read_again_by_its_organisation(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    draft = bids.draft(session, lot, own, words=MARK)
    assert MARK.encode() not in draft.hidden
    act = bids.staff(session, own)
    assert {
        row["words"] for row in drafting.load(session, draft, act, keeper=KEEPER).technical["answers"]
    } == {MARK}
    assert MARK not in repr(drafting.load(session, draft, act, keeper=KEEPER))


def test_a_draft_is_nobody_elses(session: Session, lot: Lot) -> None:
    draft = bids.draft(session, lot, bids.bidder(session))
    for act in (bids.staff(session, bids.bidder(session, "上海别家")), tenders.official(session)):
        assert not can(act, Permission.BID_SUBMIT, draft)
        with pytest.raises(NotAllowed):
            drafting.load(session, draft, act, keeper=KEEPER)
        with pytest.raises(NotAllowed):
            drafting.discard(session, draft, act)


def test_without_its_key_a_draft_is_lost_and_says_so(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    draft = bids.draft(session, lot, own)
    with pytest.raises(Invalid, match="draft_unreadable"):
        drafting.load(session, draft, bids.staff(session, own), keeper=DraftKeeper([bytes(32)]))


def test_of_two_tabs_the_second_is_told_and_nothing_is_written_over(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    first = drafting.save(
        session, lot, act, technical=bids.technical(lot, "一"), price=bids.price(), keeper=KEEPER, revision=0
    )
    seen = first.revision
    bids.draft(session, lot, own, words="二", by=act)
    for stale in (0, seen):
        with pytest.raises(Conflict, match="stale"):
            drafting.save(
                session,
                lot,
                act,
                technical=bids.technical(lot, "三"),
                price=bids.price(),
                keeper=KEEPER,
                revision=stale,
            )
    found = drafting.load(session, first, act, keeper=KEEPER).technical["answers"][0]["words"]
    assert found == "二"


@pytest.mark.parametrize(
    "typed", ["0", "0.00", "-1", "1e9", "１２万", "１２０", "12.345", "abc", " 5", "1,000", "9" * 13, "NaN"]
)
def test_a_price_that_is_none_is_refused_and_nothing_is_saved(session: Session, lot: Lot, typed: str) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    with pytest.raises(Invalid, match="bid_amount_wrong") as refused:
        drafting.save(
            session, lot, act, technical=bids.technical(lot), price=bids.price(typed), keeper=KEEPER
        )
    assert refused.value.field == "price"
    assert typed not in str(refused.value).replace("bid_amount_wrong", "")
    assert draft_of(session, lot, own.id) is None


@pytest.mark.parametrize("typed", ["0.01", "450000", "450000.5", "999999999999.99"])
def test_a_price_is_kept_with_two_decimals(session: Session, lot: Lot, typed: str) -> None:
    own = bids.bidder(session)
    draft = bids.draft(session, lot, own, price=typed)
    kept = drafting.load(session, draft, bids.staff(session, own), keeper=KEEPER).price["price"]
    assert float(kept) == float(typed)
    assert kept[-3] == "."


def test_what_is_lacking_is_named(session: Session, lot: Lot) -> None:
    technical = bids.technical(lot, "")
    empty = completeness(lot, technical, {"price": "", "items": []}, None)
    criteria = lot.tender.criteria
    assert [each.lack for each in empty.missing] == [Lack.ANSWER] * len(criteria) + [Lack.PRICE]
    assert [each.about for each in empty.missing[:-1]] == [each.id for each in criteria]
    assert empty.percent < 100
    items = [{"words": "人员", "amount": "100.00"}, {"words": "物料", "amount": "50.00"}]
    for total, lacks in (("150.00", ()), ("150.01", (Lack.ITEMS_NOT_PRICE,))):
        found = completeness(lot, bids.technical(lot), {"price": total, "items": items}, None)
        assert tuple(each.lack for each in found.missing) == lacks
        assert (found.percent == 100) == (not lacks)


def test_r52_subcontracting_is_refused_where_it_is_not_allowed(session: Session, lot: Lot) -> None:
    act = bids.staff(session, bids.bidder(session))
    technical = bids.technical(lot, subcontracting="活动场地布置分包")
    with pytest.raises(Invalid, match="subcontracting_not_allowed"):
        drafting.save(session, lot, act, technical=technical, price=bids.price(), keeper=KEEPER)
    open_lot = tenders.tender(session, subcontracting_allowed=True).lots[0]
    technical = bids.technical(open_lot, subcontracting="活动场地布置分包")
    made = drafting.save(session, open_lot, act, technical=technical, price=bids.price(), keeper=KEEPER)
    assert drafting.load(session, made, act, keeper=KEEPER).technical["subcontracting"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("方案.exe", PDF, "file_kind_unknown"),
        ("方案.pdf", b"MZ\x90\x00", "file_not_what_it_says"),
        ("方案.docx", PDF, "file_not_what_it_says"),
        ("方案.pdf", b"", "file_empty"),
        ("方案.pdf", PDF + bytes(10 * MEGABYTE), "file_too_large"),
        ("方案?.pdf", PDF, "attachment_name"),
        ("证书.PDF", PDF, "attachment_twice"),
    ],
)
def test_an_attachment_that_is_not_what_it_says_is_refused(
    session: Session, lot: Lot, name: str, content: bytes, code: str
) -> None:
    own = bids.bidder(session)
    draft, act = bids.draft(session, lot, own), bids.staff(session, own)
    attach(session, draft, act, name="证书.pdf", content=PDF, keeper=KEEPER)
    with pytest.raises(Invalid, match=code):
        attach(session, draft, act, name=name, content=content, keeper=KEEPER)
    assert [each.name for each in attachments(draft, act, Envelope.TECHNICAL, keeper=KEEPER)] == ["证书.pdf"]


def test_what_does_not_fit_the_envelope_of_the_price_is_refused_when_it_comes(
    session: Session, lot: Lot
) -> None:
    own = bids.bidder(session)
    draft, act = bids.draft(session, lot, own), bids.staff(session, own)
    content = PDF + bytes(MEGABYTE)
    with pytest.raises(Invalid, match="envelope_too_large"):
        attach(session, draft, act, name="明细.pdf", content=content, keeper=KEEPER, in_price=True)
    attach(session, draft, act, name="明细.pdf", content=content, keeper=KEEPER)


def test_an_attachment_is_hidden_with_its_name_and_can_be_taken_off(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    draft, act = bids.draft(session, lot, own), bids.staff(session, own)
    file = attach(session, draft, act, name=f"{MARK}.pdf", content=PDF + MARK.encode(), keeper=KEEPER)
    assert MARK.encode() not in file.hidden
    assert read_file(draft, act, file.id, keeper=KEEPER).content == PDF + MARK.encode()
    detach(session, draft, act, file_id=file.id)
    session.flush()
    with pytest.raises(NotFound):
        read_file(draft, act, file.id, keeper=KEEPER)


def test_nothing_is_drafted_at_the_deadline_or_before_publication(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    bids.draft(session, lot, own, by=bids.staff(session, own, at=bids.LAST))
    with pytest.raises(Conflict, match="bid_late"):
        bids.draft(session, lot, own, by=bids.staff(session, own, at=CLOSES))
    hidden = tenders.tender(session, TenderPhase.DRAFT).lots[0]
    with pytest.raises(NotFound):
        bids.draft(session, hidden, own)
    assert desk(session, hidden.id, bids.staff(session, own)) is None


def test_a_desk_says_what_stands_in_the_way(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    found = desk(session, lot.id, act)
    assert found is not None
    assert found.may_write
    lot.tender.author_organisation_id = own.id
    barred = desk(session, lot.id, act)
    assert barred is not None
    assert not barred.may_write
    assert [each.code for each in barred.obstacles] == ["bid_author_barred"]
    assert desk(session, lot.id, tenders.official(session)) is None


def test_known_people_services_and_earlier_answers_are_offered(session: Session, lot: Lot) -> None:
    own = bids.bidder(session)
    act = bids.staff(session, own)
    add_staff(session, own, act, name="甲")
    add_staff(session, own, act, name="乙", certificate=Certificate.SENIOR)
    catalogue.service(session, organisation=own, description="目录里的介绍，写得很清楚。")
    session.refresh(own)
    found = known(session, lot, own, act)
    assert [each.name for each in found.staff] == ["乙", "甲"]
    assert found.service is not None
    assert "目录里的介绍，写得很清楚。" in found.answers.values()

    earlier = tenders.tender(session)
    bids.bid(session, earlier.lots[0], own, words="上次的答复")
    bids.bids(session, earlier, 2)
    assert "上次的答复" not in known(session, lot, own, act).answers.values()
    bids.opened(session, earlier)
    assert set(known(session, lot, own, act).answers.values()) == {"上次的答复"}
    with pytest.raises(DomainError):
        known(session, lot, own, bids.staff(session, bids.bidder(session, "上海别家")))


def test_r51_the_meter_counts_members_who_have_not_confirmed(session: Session, lot: Lot) -> None:
    lead, other = bids.bidder(session), bids.bidder(session, "上海同行")
    made = bids.consortium(session, lot, lead, other)
    assert completeness(lot, bids.technical(lot), bids.price(), made).percent == 100
    consortia.decline(session, made.members[1], bids.staff(session, other))
    found = completeness(lot, bids.technical(lot), bids.price(), made)
    assert [each.lack for each in found.missing] == [Lack.CONSORTIUM_UNCONFIRMED]
