"""Replicating a good project (demand 46): a neighbourhood asks for what another one got."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from models.access.permissions import Permission
from models.access.policy import can, ensure
from models.act import Act, Role
from models.audit.record import record
from models.errors import Conflict
from models.evaluations.evaluation import Evaluation
from models.evaluations.queries import with_contract
from models.needs import operations
from models.needs.details import NeedModel, NeedTerm
from models.needs.need import ClosedReason, Need
from models.needs.queries import visible
from models.parties.unit import CODE_LENGTH, UnitKind
from models.rulebook.stages import Stage
from models.scoring.grades import Grade
from models.tenders.lot import Lot, LotNeed

WORTH_IT = frozenset({Grade.EXCELLENT, Grade.GOOD})
"""优秀 and 良好: grades of a published final for which a project is a model."""


@dataclass(frozen=True)
class Asked:
    """A model project and the needs that ask for the same, each of another neighbourhood."""

    model: Need
    project: Evaluation
    needs: list[Need]

    @property
    def places(self) -> int:
        """How many neighbourhoods ask."""
        return len({need.unit_code for need in self.needs})


def project_of(session: Session, need: Need, at: datetime) -> Evaluation | None:
    """The published final of a good project that met the need; none, and the need is no model."""
    query = _projects(at).join(LotNeed, LotNeed.lot_id == Lot.id).where(LotNeed.need_id == need.id)
    return session.scalars(query.order_by(Evaluation.published_at.desc())).first() if need.is_public else None


def models_of(session: Session, evaluation: Evaluation, act: Act) -> list[Need]:
    """The needs a good project met and for which the actor may ask the same."""
    if evaluation.stage is not Stage.FINAL or not evaluation.is_public or evaluation.grade not in WORTH_IT:
        return []
    lot = evaluation.contract.award.lot
    return [part.need for part in lot.needs if part.need.is_public and may_ask(act, part.need)]


def may_ask(act: Act, need: Need) -> bool:
    """A community worker, for the own neighbourhood, which is another one."""
    worker, own = act.actor.role is Role.COMMUNITY_WORKER, act.actor.unit_code or ""
    lowest = len(own) == CODE_LENGTH[UnitKind.NEIGHBOURHOOD]
    return worker and lowest and own != need.unit_code and can(act, Permission.NEED_WRITE)


def ask_for_the_same(
    session: Session,
    model: Need,
    act: Act,
    *,
    id: UUID,  # noqa: A002  # the record's id, made by the form against double clicks
) -> Need:
    """Begin a draft of the own neighbourhood with the model's codes, groups and words to start from.

    People, money, evidence, files and whom to contact are the other neighbourhood's, and stay there.
    """
    ensure(act, Permission.NEED_VIEW, model)
    ensure(act, Permission.NEED_WRITE)
    if project_of(session, model, act.at) is None:
        raise Conflict("need_is_no_model")
    if not may_ask(act, model):
        raise Conflict("need_model_not_for_you")
    own = act.actor.unit_code or ""
    draft = operations.start(session, act, id=id, unit_code=own, description=model.description)
    if draft.terms:
        return draft  # the second of two clicks
    draft.terms = [NeedTerm(term_code=t.term_code, position=t.position) for t in model.terms]
    draft.engagement = model.engagement
    session.add(NeedModel(need_id=draft.id, model_id=model.id))
    record(session, act, "need.ask_same", draft, model=model.id)
    return draft


def asked_elsewhere(session: Session, act: Act) -> list[Asked]:
    """Good projects that others ask for, the most asked first: asked in the actor's area, or done in it."""
    ensure(act, Permission.DISTRICT_OVERVIEW)
    area = act.actor.unit_code or "-"
    asking = (
        select(NeedModel.model_id, Need)
        .join(Need, Need.id == NeedModel.need_id)
        .where(visible(act), Need.submitted_at <= act.at)
        .where(or_(Need.closed_reason.is_(None), Need.closed_reason != ClosedReason.WITHDRAWN))
        .order_by(Need.submitted_at, Need.reference)
        .options(joinedload(Need.unit))
    )
    needs: dict[UUID, list[Need]] = {}
    for model_id, need in session.execute(asking):
        needs.setdefault(model_id, []).append(need)
    models = session.scalars(select(Need).where(Need.id.in_(needs)).options(joinedload(Need.unit)))
    found = [
        Asked(model, project, needs[model.id])
        for model in models
        if any(each.unit_code.startswith(area) for each in (model, *needs[model.id]))
        and (project := project_of(session, model, act.at)) is not None
    ]
    return sorted(found, key=lambda each: (-each.places, each.model.reference))


def _projects(at: datetime) -> Select[Evaluation]:
    return with_contract().where(
        Evaluation.stage == Stage.FINAL, Evaluation.published_at <= at, Evaluation.grade.in_(WORTH_IT)
    )
