"""The key ceremony: keys are made once, split among named officers, and each phrase is fetched once."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from models import outbox
from models.access.permissions import Permission as P
from models.access.policy import can, ensure
from models.act import OFFICIALS, Act, Actor
from models.audit.record import record
from models.errors import Conflict, Invalid, NotAllowed
from models.parties.person import Membership, Person
from models.sealing import shares
from models.sealing.drafts import DraftKeeper
from models.sealing.keys import new_master, public_keys
from models.sealing.shares import Phrases
from models.tenders.key import KeyHolder, TenderKey
from models.tenders.tender import Tender
from models.tenders.writing import take_up
from models.wording import bounded


def make_keys(
    session: Session,
    tender: Tender,
    act: Act,
    *,
    officers: Sequence[Person],
    threshold: int,
    escrow_place: str,
    keeper: DraftKeeper,
) -> TenderKey:
    """Make the tender's keys and a phrase for each officer and the escrow; earlier phrases are void.

    The master secret lives in this call alone. Each phrase waits, hidden, until its holder fetches it.
    """
    take_up(session, tender, act)
    place = bounded(escrow_place, 200, field="escrow_place")
    if not place:
        raise Invalid("escrow_place_missing", field="escrow_place")
    _check_officers(session, tender, act, officers)
    master = new_master()
    phrases = shares.split(master, threshold, len(officers))
    standing = session.get(TenderKey, tender.id)
    if standing is not None:
        session.delete(standing)
        session.flush()  # the new key takes the old one's place
    public = public_keys(master, tender.id)
    key = TenderKey(
        tender=tender,
        technical=public.technical,
        price=public.price,
        threshold=threshold,
        made_at=act.at,
        made_by=act.actor.person_id,
        holders=_holders(officers, place, phrases, keeper),
    )
    session.add(key)
    people = [officer.id for officer in officers]
    record(session, act, "tender.make_keys", tender, officers=[str(id_) for id_ in people], k=threshold)
    outbox.add(session, act, "tender_phrase_waits", tender, to=people, reference=tender.reference)
    return key


def _holders(
    officers: Sequence[Person], place: str, phrases: Phrases, keeper: DraftKeeper
) -> list[KeyHolder]:
    ids = [uuid4() for _ in range(len(officers) + 1)]
    made = []
    for position, (id_, phrase) in enumerate(zip(ids, (*phrases.officers, phrases.escrow), strict=True)):
        officer = officers[position] if position < len(officers) else None
        made.append(
            KeyHolder(
                id=id_,
                position=position,
                person_id=officer.id if officer else None,
                place="" if officer else place,
                fingerprint=shares.fingerprint(phrase),
                hidden=keeper.hide(phrase.encode(), draft_id=id_),
            )
        )
    return made


def _check_officers(session: Session, tender: Tender, act: Act, officers: Sequence[Person]) -> None:
    if len({officer.id for officer in officers}) < len(officers):
        raise Invalid("officer_twice", field="officers")
    if len(officers) < shares.FEWEST:
        raise Invalid("officers_too_few", field="officers", least=shares.FEWEST)
    allowed = {person.id for person in possible_officers(session, tender, act)}
    if not allowed.issuperset(officer.id for officer in officers):
        raise Invalid("officer_not_official", field="officers")


def possible_officers(session: Session, tender: Tender, act: Act) -> list[Person]:
    """Officials of the tender's unit or of one above it, by name: who may hold a phrase."""
    ensure(act, P.TENDER_VIEW, tender)
    codes = [tender.unit_code[:length] for length in range(1, len(tender.unit_code) + 1)]
    query = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.role.in_(OFFICIALS),
            Membership.unit_code.in_(codes),
            Membership.started_at <= act.at,
            Membership.ended_at.is_(None) | (Membership.ended_at > act.at),
            Person.disabled_at.is_(None),
        )
    )
    return list(session.scalars(query.distinct().order_by(Person.name, Person.id)))


def fetch_phrase(session: Session, holder: KeyHolder, act: Act, *, keeper: DraftKeeper) -> str:
    """The phrase, to its holder alone and once; the escrow's goes to whoever made the keys, to be printed.

    Raises Conflict("phrase_fetched") the second time: what was shown is nowhere any more.
    """
    ensure_own(holder, act)
    found = session.scalars(
        select(KeyHolder)
        .where(KeyHolder.id == holder.id)
        .options(undefer(KeyHolder.hidden))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if found.hidden is None:
        raise Conflict("phrase_fetched")
    phrase = keeper.show(found.hidden, draft_id=found.id).decode()
    found.hidden, found.fetched_at = None, act.at
    record(session, act, "tender.fetch_phrase", found.key.tender, holder=found.id)
    return phrase


def ensure_own(holder: KeyHolder, act: Act) -> None:
    """Raise unless the actor holds this phrase, or made the keys and it is the escrow's."""
    if not is_own(holder, act):
        raise NotAllowed("phrase_of_another")


def is_own(holder: KeyHolder, act: Act) -> bool:
    """Whether the phrase is the actor's to fetch."""
    owner = holder.person_id or holder.key.made_by
    return owner is not None and owner == act.actor.person_id and can(act, P.TENDER_VIEW, holder.key.tender)


def agrees(holder: KeyHolder, act: Act, *, phrase: str) -> bool:
    """Whether what the holder has written down is the phrase. Raises Invalid for one that is mistyped."""
    ensure_own(holder, act)
    return shares.is_recognised(phrase, holder.fingerprint)


def waiting(key: TenderKey | None) -> list[KeyHolder]:
    """Holders who have not fetched their phrase yet."""
    return [holder for holder in key.holders if holder.fetched_at is None] if key else []


def key_of(session: Session, tender_id: UUID) -> TenderKey | None:
    """The keys of a tender, when they have been made."""
    return session.get(TenderKey, tender_id)


def phrases_to_fetch(session: Session, actor: Actor) -> list[KeyHolder]:
    """What waits for this person: for the list of things to do."""
    mine = (KeyHolder.person_id == actor.person_id) | (
        KeyHolder.person_id.is_(None) & (TenderKey.made_by == actor.person_id)
    )
    query = (
        select(KeyHolder)
        .join(TenderKey, TenderKey.tender_id == KeyHolder.tender_id)
        .join(Tender, Tender.id == TenderKey.tender_id)
        .where(mine, KeyHolder.fetched_at.is_(None), Tender.cancelled_at.is_(None))
    )
    return list(session.scalars(query.order_by(TenderKey.made_at, KeyHolder.position)))
