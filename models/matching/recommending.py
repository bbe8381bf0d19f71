"""A hub recommends a service for a need, and takes it back: a statement to the official who reviews matches.

No score, weight or limit reads it, and nothing of procurement does: a recommendation is neither a condition
nor a mark (R48-R50).
"""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from models import outbox
from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act, Role
from models.audit.record import record
from models.catalogue.service import Service
from models.errors import Conflict, Invalid
from models.matching.recommendation import REASON_LIMIT, HubRelation, Recommendation
from models.matching.run import Match
from models.needs.lifecycle import phase_at
from models.needs.need import Need, NeedPhase
from models.needs.writing import lock
from models.parties.accounts import people_of
from models.parties.unit import CODE_LENGTH, UnitKind
from models.wording import bounded

OPEN = frozenset({NeedPhase.STANDARDISED, NeedPhase.UNMET})
"""Phases in which nobody has been chosen yet."""


def recommend(
    session: Session, need: Need, act: Act, *, service: Service, relation: HubRelation, reason: str
) -> Recommendation:
    """Recommend a published service for an open need; the same hub again returns what already stands."""
    ensure(act, Permission.MATCH_RECOMMEND, need)
    lock(session, need)
    phase = phase_at(need, act.at)
    if phase not in OPEN:
        raise Conflict("wrong_phase", phase=phase, move="recommend")
    if not service.is_public:
        raise Invalid("recommended_service_retired", field="service")
    standing = next((each for each in _mine(session, need, act) if each.service_id == service.id), None)
    if standing is not None:
        return standing
    words = bounded(reason, REASON_LIMIT, field="reason")
    if not words:
        raise Invalid("recommendation_reason", field="reason")
    made = Recommendation(
        need=need,
        service=service,
        unit_code=act.actor.unit_code,
        relation=relation,
        reason=words,
        by_id=act.actor.person_id,
        at=act.at,
    )
    session.add(made)
    session.flush()  # the event names its id
    record(session, act, "recommendation.make", made, need=need.id, service=service.id, relation=relation)
    _tell(session, made, act, "service_recommended")
    return made


def withdraw(session: Session, made: Recommendation, act: Act) -> None:
    """Take a recommendation back; that it stood stays in the trail."""
    ensure(act, Permission.MATCH_RECOMMEND, made)
    if made.withdrawn_at is not None:
        return  # pressed twice
    made.withdrawn_at = act.at
    record(session, act, "recommendation.withdraw", made, need=made.need_id, service=made.service_id)
    _tell(session, made, act, "recommendation_withdrawn")


def recommendation(session: Session, recommendation_id: UUID, act: Act) -> Recommendation | None:
    """A recommendation of the actor's own hub; nobody else learns of it here."""
    found = session.get(Recommendation, recommendation_id)
    return found if found is not None and can(act, Permission.MATCH_RECOMMEND, found) else None


def recommended_for(session: Session, need: Need, act: Act) -> list[Recommendation]:
    """What stands for a need: to those who review its matches, and to each hub its own."""
    if can(act, Permission.MATCH_VIEW, need):
        return list(session.scalars(_standing().where(Recommendation.need_id == need.id)))
    return _mine(session, need, act) if can(act, Permission.MATCH_RECOMMEND, need) else []


def recommended_by(session: Session, act: Act) -> list[Recommendation]:
    """What the actor's hub recommends now, the newest first."""
    if not can(act, Permission.MATCH_RECOMMEND) or act.actor.unit_code is None:
        return []
    query = _standing().where(Recommendation.unit_code == act.actor.unit_code)
    return list(session.scalars(query.options(joinedload(Recommendation.need))))


def ranks(session: Session, run_id: UUID | None, found: list[Recommendation]) -> dict[UUID, Match]:
    """The matches of a run that are also recommended, by service."""
    services = [each.service_id for each in found]
    query = select(Match).where(Match.run_id == run_id, Match.service_id.in_(services))
    return {each.service_id: each for each in session.scalars(query)}


def _standing() -> Select[Recommendation]:
    query = select(Recommendation).where(Recommendation.withdrawn_at.is_(None))
    service = joinedload(Recommendation.service).joinedload(Service.organisation)
    return query.options(service, joinedload(Recommendation.unit), joinedload(Recommendation.by)).order_by(
        Recommendation.at.desc(), Recommendation.id
    )


def _mine(session: Session, need: Need, act: Act) -> list[Recommendation]:
    mine = Recommendation.need_id == need.id, Recommendation.unit_code == act.actor.unit_code
    return list(session.scalars(_standing().where(*mine)))


def _tell(session: Session, made: Recommendation, act: Act, kind: str) -> None:
    """The street's officials, who review the matches."""
    need = made.need
    street = need.unit_code[: CODE_LENGTH[UnitKind.STREET]]
    to = people_of(session, act, Role.STREET_OFFICIAL, street)
    outbox.add(session, act, kind, need, to=to, reference=need.reference, service=made.service.title)
