"""When a tender may be written: while it is a draft, by the purchaser whose area it is of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.access.permissions import Permission as P
from models.access.policy import ensure
from models.act import Act
from models.errors import Conflict, Invalid, NotFound
from models.needs import writing as needs_writing
from models.needs.lifecycle import phase_at as need_phase
from models.needs.need import Need, NeedPhase
from models.rulebook.methods import Method
from models.tenders.lifecycle import phase_at
from models.tenders.lot import Lot, LotNeed
from models.tenders.tender import Tender, TenderPhase

READY = frozenset({NeedPhase.STANDARDISED, NeedPhase.MATCHED})


def take_up(session: Session, tender: Tender, act: Act, revision: int | None = None) -> None:
    """Lock a draft for writing. Raises NotAllowed, Conflict("wrong_phase") or Conflict("stale")."""
    ensure(act, P.TENDER_WRITE, tender)
    hold(session, tender, act, TenderPhase.DRAFT)
    if revision is not None and revision != tender.revision:
        raise Conflict("stale")


def hold(session: Session, tender: Tender, act: Act, *phases: TenderPhase) -> None:
    """Lock a tender that must be in one of these phases."""
    session.flush()  # a refresh forgets what a verb before has set and nobody has written yet
    session.refresh(tender, with_for_update=True)
    phase = phase_at(tender, act.at)
    if phase not in phases:
        raise Conflict("wrong_phase", phase=phase)


def touch(tender: Tender, at: datetime) -> None:
    """Say that the tender has changed, also when only its parts have: the revision moves on with it."""
    tender.updated_at = at
    flag_modified(tender, "updated_at")


def take_needs(session: Session, needs: Sequence[Need], unit_code: str, *, besides: UUID | None) -> None:
    """Lock needs that a tender of this area wants; each is in one tender at most.

    `besides` is the tender itself. A tender that was cancelled or failed lets its needs go; one that is
    complete has bought them, and the next year's purchase begins with a copy of the need.
    """
    needs_writing.lock(session, *needs)
    for need in needs:
        if not need.unit_code.startswith(unit_code):
            raise Invalid("need_of_another_area", field="needs", reference=need.reference)
        other = holder(session, need.id, besides=besides)
        if other is not None:
            raise Invalid(
                "need_in_another_tender", field="needs", need=need.reference, reference=other.reference
            )


def ensure_ready(needs: Sequence[Need], at: datetime) -> None:
    """Raise unless every need is standardised or matched."""
    for need in needs:
        phase = need_phase(need, at)
        if phase not in READY:
            raise Invalid("need_not_ready", field="needs", reference=need.reference, phase=phase)


def holding() -> Select[Tender]:
    """Tenders joined with the needs they hold: neither the tender nor the lot has come to nothing.

    One that led to a framework agreement lets its needs go: each is called off on its own (R47).
    """
    agreed = (
        (Tender.method == Method.FRAMEWORK_CALL_OFF)
        & Tender.reported_at.is_not(None)
        & Tender.decided_at.is_not(None)
    )
    return (
        select(Tender)
        .join(Lot, Lot.tender_id == Tender.id)
        .join(LotNeed, LotNeed.lot_id == Lot.id)
        .where(
            Tender.cancelled_at.is_(None),
            Tender.failed_at.is_(None),
            Lot.cancelled_at.is_(None),
            Lot.failed_at.is_(None),
            ~agreed,
        )
    )


def holder(session: Session, need_id: UUID, *, besides: UUID | None = None) -> Tender | None:
    """The tender that holds a need, if another than `besides` does."""
    query = holding().where(LotNeed.need_id == need_id)
    return session.scalars(query.where(Tender.id != besides) if besides else query).first()


def needs_named(session: Session, ids: Sequence[UUID]) -> list[Need]:
    """The needs, in the order named. Raises NotFound for one that does not exist."""
    found = {need.id: need for need in session.scalars(select(Need).where(Need.id.in_(ids)))}
    if len(found) < len(set(ids)):
        raise NotFound("not_found")
    return [found[id_] for id_ in ids]
