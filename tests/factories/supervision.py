"""Finals that two agencies have marked, as rows with the reports that their scores come from."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act
from models.agencies.agency import Agency
from models.agencies.assignment import AssignmentKind
from models.contracts.contract import Contract
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.filing import file
from models.evaluations.rescore import Rescore, RescoreOrigin
from models.evaluations.sheet import ReportKind
from models.rulebook.stages import Stage
from models.scoring.indicators import ItemKind, default
from models.scoring.score import two
from tests.factories import agencies, evaluations
from tests.factories.parties import NOON

DAY = timedelta(days=1)


def question(share: Decimal = Decimal(1), **points: str) -> bytes:
    """A sheet whose every marked item has this share of its points, but those named as `E1_1="3"`."""
    items: dict[str, Any] = {}
    for item in default().items:
        if item.kind is ItemKind.MARKED:
            usual = str((share * int(item.maximum)).quantize(Decimal("0.01")))
            items[item.code] = {"points": points.get(item.code.replace(".", "_"), usual), "evidence": ["a"]}
        elif item.kind is ItemKind.RATIO:
            items[item.code] = {"planned": "100", "actual": str(share * 100), "evidence": ["a"]}
    sheet = {"stage": "final", "indicators": "default", "items": items}
    return json.dumps(sheet).encode()


def final(
    session: Session,
    agency: Agency,
    *,
    share: Decimal | str = "1",
    at: datetime = NOON - DAY,
    phase: EvaluationPhase = EvaluationPhase.PUBLISHED,
    contract: Contract | None = None,
    **points: str,
) -> Evaluation:
    """A final of an agency with its report."""
    made = evaluations.evaluation(session, Stage.FINAL, phase, contract=contract, agency=agency, at=at)
    if phase in {EvaluationPhase.FINAL, EvaluationPhase.PUBLISHED}:
        _report(session, made, ReportKind.FINAL, question(Decimal(share), **points), at)
    return made


def rescored(
    session: Session,
    first: Evaluation,
    agency: Agency,
    *,
    share: Decimal | str = "1",
    at: datetime = NOON,
    **points: str,
) -> Rescore:
    """The second sheet of a final, handed in."""
    assignment = agencies.assigned(session, first.contract, agency, AssignmentKind.RESCORE, at=at - DAY)
    made = Rescore(evaluation=first, ordered_at=at - DAY, origin=RescoreOrigin.DRAWN, assignment=assignment)
    session.add(made)
    session.flush()
    total = _report(session, first, ReportKind.RESCORE, question(Decimal(share), **points), at)
    assert first.score is not None
    values = {"submitted_at": at, "score": total, "gap": abs(first.score - total)}
    session.execute(update(Rescore).where(Rescore.id == made.id).values(values))
    session.expire(made)
    return made


def _report(session: Session, made: Evaluation, kind: ReportKind, sheet: bytes, at: datetime) -> Decimal:
    _kept, found = file(session, made, Act.of_system(at), kind, sheet)
    total = two(found.total)
    if kind is ReportKind.FINAL:
        values: Mapping[str, Any] = {"score": total, "grade": found.grade}
        session.execute(update(Evaluation).where(Evaluation.id == made.id).values(values))
        session.expire(made)
    session.flush()
    return total
