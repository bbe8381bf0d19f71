"""The key ceremony: nobody opens alone, and each phrase is fetched once, by its holder."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from models.act import Role
from models.errors import Conflict, DomainError, Invalid, NotAllowed
from models.outbox import Message
from models.parties.person import Person
from models.sealing import shares
from models.sealing.keys import PublicKeys, opens
from models.tenders import keys
from models.tenders.key import KeyHolder, TenderKey
from models.tenders.tender import Tender
from tests.factories import parties, tenders
from tests.factories.parties import OTHER_STREET


@pytest.fixture
def draft(session: Session) -> Tender:
    return tenders.draft(session)


@pytest.fixture
def officers(session: Session) -> list[Person]:
    return tenders.officers(session)


def make(session: Session, draft: Tender, officers: list[Person], threshold: int = 2) -> TenderKey:
    made = keys.make_keys(
        session,
        draft,
        tenders.official(session),
        officers=officers,
        threshold=threshold,
        escrow_place=tenders.ESCROW,
        keeper=tenders.KEEPER,
    )
    session.flush()
    return made


def test_two_phrases_open_and_one_does_not(draft: Tender, session: Session) -> None:
    phrases = list(tenders.phrases(draft).values())
    key = session.get_one(TenderKey, draft.id)
    master = shares.combine(phrases[:2])
    assert opens(master, PublicKeys(key.technical, key.price), draft.id)
    assert shares.combine(phrases[2:]) == master  # the escrow's counts as one
    with pytest.raises(Invalid, match="too_few_shares"):
        shares.combine(phrases[:1])


def test_phrase_is_gone_once_it_was_fetched(session: Session, draft: Tender, officers: list[Person]) -> None:
    holder = make(session, draft, officers).holders[0]
    act = tenders.act_of(officers[0])
    phrase = keys.fetch_phrase(session, holder, act, keeper=tenders.KEEPER)
    assert shares.is_recognised(phrase, holder.fingerprint)
    with pytest.raises(Conflict, match="phrase_fetched"):
        keys.fetch_phrase(session, holder, act, keeper=tenders.KEEPER)
    session.flush()
    hidden = select(KeyHolder).where(KeyHolder.id == holder.id).options(undefer(KeyHolder.hidden))
    assert session.scalars(hidden.execution_options(populate_existing=True)).one().hidden is None


def test_phrase_goes_to_its_holder_alone(session: Session, draft: Tender, officers: list[Person]) -> None:
    key = make(session, draft, officers)
    stranger, maker = tenders.official(session), key.made_by
    for act in (stranger, tenders.act_of(officers[1])):
        with pytest.raises(NotAllowed, match="phrase_of_another"):
            keys.fetch_phrase(session, key.holders[0], act, keeper=tenders.KEEPER)
    escrow = key.holders[-1]
    with pytest.raises(NotAllowed):
        keys.fetch_phrase(session, escrow, tenders.act_of(officers[0]), keeper=tenders.KEEPER)
    made_by = tenders.act_of(session.get_one(Person, maker))
    assert keys.fetch_phrase(session, escrow, made_by, keeper=tenders.KEEPER)


def test_holder_can_check_what_was_written_down(
    session: Session, draft: Tender, officers: list[Person]
) -> None:
    key = make(session, draft, officers)
    first, second = key.holders[:2]
    acts = [tenders.act_of(officer) for officer in officers]
    phrase = keys.fetch_phrase(session, first, acts[0], keeper=tenders.KEEPER)
    other = keys.fetch_phrase(session, second, acts[1], keeper=tenders.KEEPER)
    assert keys.agrees(first, acts[0], phrase=phrase.upper())
    assert not keys.agrees(first, acts[0], phrase=other)
    with pytest.raises(Invalid, match="share_unreadable"):
        keys.agrees(first, acts[0], phrase="apple pear")


def test_new_keys_void_the_old_phrases(session: Session, draft: Tender, officers: list[Person]) -> None:
    old = list(tenders.phrases(draft).values())
    key = make(session, draft, officers)
    assert not opens(shares.combine(old[:2]), PublicKeys(key.technical, key.price), draft.id)
    assert len(keys.waiting(key)) == 4


def test_officers_are_told_and_see_what_waits(
    session: Session, draft: Tender, officers: list[Person]
) -> None:
    make(session, draft, officers)
    told = session.scalars(select(Message.person_id).where(Message.kind == "tender_phrase_waits"))
    assert {officer.id for officer in officers} <= set(told)
    act = tenders.act_of(officers[0])
    (holder,) = keys.phrases_to_fetch(session, act.actor)
    keys.fetch_phrase(session, holder, act, keeper=tenders.KEEPER)
    assert not keys.phrases_to_fetch(session, act.actor)


def test_nobody_opens_alone(session: Session, draft: Tender, officers: list[Person]) -> None:
    with pytest.raises(Invalid, match="officers_too_few"):
        make(session, draft, officers[:1])
    with pytest.raises(Invalid, match="threshold_out_of_range"):
        make(session, draft, officers, threshold=1)
    with pytest.raises(Invalid, match="threshold_out_of_range"):
        make(session, draft, officers, threshold=4)
    with pytest.raises(Invalid, match="officer_twice"):
        make(session, draft, [officers[0], officers[0]])


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.COMMUNITY_WORKER, parties.NEIGHBOURHOOD),
        (Role.STREET_OFFICIAL, OTHER_STREET),
        (Role.AUDITOR, None),
    ],
)
def test_only_officials_of_the_place_hold_phrases(
    session: Session, draft: Tender, officers: list[Person], role: Role, unit: str | None
) -> None:
    stranger = parties.person(session, role, unit=unit or parties.DISTRICT)
    with pytest.raises(Invalid, match="officer_not_official"):
        make(session, draft, [officers[0], stranger])


def test_keys_of_a_published_tender_stay(session: Session, officers: list[Person]) -> None:
    published = tenders.tender(session)
    with pytest.raises(DomainError, match="wrong_phase"):
        make(session, published, officers)
