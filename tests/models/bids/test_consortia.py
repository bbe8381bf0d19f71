"""R51: organisations that bid together confirm each, are liable together, and do not bid alone beside it."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models import outbox
from models.bids import consortia, submitting
from models.bids.completeness import Incomplete
from models.bids.consortia import Part, consortium_of
from models.bids.queries import invitations, seat
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.parties.organisation import Organisation
from models.tenders.lot import Lot
from tests.factories import bids, tenders
from tests.factories.tenders import CLOSES, KEEPER


@pytest.fixture
def lot(session: Session) -> Lot:
    """The lot of a tender that takes bids."""
    return tenders.tender(session).lots[0]


@pytest.fixture
def lead(session: Session) -> Organisation:
    """Who leads."""
    return bids.bidder(session)


@pytest.fixture
def other(session: Session) -> Organisation:
    """Who is asked."""
    return bids.bidder(session, "上海同行社工站")


def parts(*shares: tuple[Organisation, str], work: str = "入户") -> list[Part]:
    return [Part(organisation, Decimal(share), work) for organisation, share in shares]


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        (("60", "40"), None),
        (("60", "39.99"), "consortium_shares_not_100"),
        (("60", "40.01"), "consortium_shares_not_100"),
        (("100", "0"), "consortium_share_wrong"),
        (("110", "-10"), "consortium_share_wrong"),
        (("60.005", "39.995"), "consortium_share_wrong"),
    ],
)
def test_r51_shares_sum_to_100(
    session: Session,
    lot: Lot,
    lead: Organisation,
    other: Organisation,
    shares: tuple[str, str],
    code: str | None,
) -> None:
    act = bids.staff(session, lead)
    wanted = parts((lead, shares[0]), (other, shares[1]))
    if code is None:
        assert consortia.invite(session, lot, act, parts=wanted) is not None
        return
    with pytest.raises(Invalid, match=code):
        consortia.invite(session, lot, act, parts=wanted)


def test_r51_no_organisation_twice_and_never_without_the_lead(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    act = bids.staff(session, lead)
    for wanted, code in (
        (parts((lead, "50"), (other, "25"), (other, "25")), "consortium_member_twice"),
        (parts((other, "100")), "consortium_without_lead"),
        (parts((lead, "100")), "consortium_size"),
        (parts((lead, "60"), (other, "40"), work=" "), "consortium_work_missing"),
    ):
        with pytest.raises(Invalid, match=code):
            consortia.invite(session, lot, act, parts=wanted)


def test_a_consortium_is_refused_where_the_tender_says_so(
    session: Session, lead: Organisation, other: Organisation
) -> None:
    closed = tenders.tender(session, consortium_allowed=False).lots[0]
    with pytest.raises(Invalid, match="consortium_not_allowed"):
        consortia.invite(session, closed, bids.staff(session, lead), parts=parts((lead, "60"), (other, "40")))


def test_r51_a_member_confirms_that_it_is_liable(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    made = consortia.invite(session, lot, bids.staff(session, lead), parts=parts((lead, "60"), (other, "40")))
    assert made is not None
    member, act = made.members[1], bids.staff(session, other)
    assert invitations(session, act) == [member]
    assert [each.kind for each in outbox.inbox(session, act)] == []  # this colleague came later
    with pytest.raises(NotAllowed):
        consortia.confirm(session, member, bids.staff(session, lead), liable=True)
    assert seat(session, member.id, bids.staff(session, lead)) is None
    with pytest.raises(Invalid, match="consortium_liability_missing"):
        consortia.confirm(session, member, act, liable=False)
    consortia.confirm(session, member, act, liable=True)
    assert member.confirmed_at == act.at


def test_who_is_changed_confirms_anew_and_who_is_not_need_not(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    third = bids.bidder(session, "上海第三家")
    act, people = bids.staff(session, lead), bids.staff(session, other)
    first = parts((lead, "50"), (other, "30"), (third, "20"))
    made = consortia.invite(session, lot, act, parts=first)
    assert made is not None
    for member, who in zip(made.members[1:], (people, bids.staff(session, third)), strict=True):
        consortia.confirm(session, member, who, liable=True)
    consortia.invite(session, lot, act, parts=parts((lead, "55"), (other, "30"), (third, "15")))
    confirmed = {each.organisation_id: each.confirmed_at is not None for each in made.members}
    assert confirmed == {lead.id: True, other.id: True, third.id: False}
    assert "consortium_invited" in {each.kind for each in outbox.inbox(session, people)}


def test_r51_a_bid_waits_until_every_member_has_confirmed(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    act = bids.staff(session, lead)
    made = consortia.invite(session, lot, act, parts=parts((lead, "60"), (other, "40")))
    assert made is not None
    bids.draft(session, lot, lead, by=act)
    with pytest.raises(Incomplete):
        submitting.submit(session, lot, act, keeper=KEEPER)
    consortia.confirm(session, made.members[1], bids.staff(session, other), liable=True)
    bid, _receipt, _copy = submitting.submit(session, lot, act, keeper=KEEPER)
    with pytest.raises(Conflict, match="consortium_sealed"):
        consortia.invite(session, lot, act, parts=())
    with pytest.raises(Conflict, match="consortium_sealed"):
        consortia.decline(session, made.members[1], bids.staff(session, other))
    submitting.withdraw(session, bid, act)
    consortia.decline(session, made.members[1], bids.staff(session, other))
    assert made.members[1].confirmed_at is None


def test_r51_nobody_bids_both_alone_and_in_a_consortium(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    act = bids.staff(session, other)
    alone = bids.bid(session, lot, other, by=act)
    made = consortia.invite(session, lot, bids.staff(session, lead), parts=parts((lead, "60"), (other, "40")))
    assert made is not None, "an inviter learns nothing of who bids alone"
    with pytest.raises(Conflict, match="bid_alone_and_in_consortium"):
        consortia.confirm(session, made.members[1], act, liable=True)
    submitting.withdraw(session, alone, act)
    consortia.confirm(session, made.members[1], act, liable=True)
    bids.draft(session, lot, other, by=act)
    with pytest.raises(Conflict, match="bid_alone_and_in_consortium"):
        submitting.submit(session, lot, act, keeper=KEEPER)


def test_r51_nobody_is_in_two_consortia_of_a_lot(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    bids.consortium(session, lot, lead, other)
    third = bids.bidder(session, "上海第三家")
    made = consortia.invite(
        session, lot, bids.staff(session, third), parts=parts((third, "60"), (other, "40"))
    )
    assert made is not None
    with pytest.raises(Conflict, match="consortium_twice"):
        consortia.confirm(session, made.members[1], bids.staff(session, other), liable=True)
    with pytest.raises(Conflict, match="consortium_twice"):
        consortia.invite(session, lot, bids.staff(session, other), parts=parts((other, "60"), (third, "40")))


def test_the_lead_dissolves_and_does_not_leave(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    made = bids.consortium(session, lot, lead, other)
    act = bids.staff(session, lead)
    with pytest.raises(Conflict, match="consortium_lead_stays"):
        consortia.decline(session, made.members[0], act)
    assert consortia.invite(session, lot, act, parts=()) is None
    session.flush()
    assert consortium_of(session, lot, lead.id) is None


def test_nobody_joins_or_leaves_at_the_deadline(
    session: Session, lot: Lot, lead: Organisation, other: Organisation
) -> None:
    made = bids.consortium(session, lot, lead, other)
    late = bids.staff(session, other, at=CLOSES)
    with pytest.raises(DomainError, match="bid_late"):
        consortia.decline(session, made.members[1], late)
    assert invitations(session, late) == []
    consortia.decline(session, made.members[1], bids.at(late, bids.LAST))
