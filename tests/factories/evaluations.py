"""Evaluations of contracts in force: as rows in any phase, and through the verbs where a report is needed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies.agency import Agency
from models.agencies.assignment import Assignment, AssignmentKind
from models.agencies.queries import assignment_of
from models.contracts.contract import Contract
from models.evaluations import answering, marking, proving, reporting, rescoring
from models.evaluations.answer import ItemAnswer, VetoAnswer
from models.evaluations.compiling import compiled
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.evaluations.evidence import EvaluationEvidence, EvaluationEvidenceKind
from models.evaluations.filing import file
from models.evaluations.indicator_sets import default_set
from models.evaluations.marking import FILLED_IN, Given, Sent
from models.evaluations.planning import PREFIX, days
from models.evaluations.proving import Proof
from models.evaluations.rescore import Rescore, RescoreOrigin
from models.evaluations.sheet import ReportKind
from models.files import store
from models.parties.organisation import Organisation
from models.reference import next_reference
from models.rulebook.stages import GRADED, Stage
from models.scoring.grades import grade
from models.scoring.indicators import ItemKind, default
from tests.factories import agencies, parties
from tests.factories.parties import NOON, STREET

DAY = timedelta(days=1)
STAMPS = {
    EvaluationPhase.STARTED: ("started_at",),
    EvaluationPhase.DRAFTED: ("started_at", "drafted_at"),
    EvaluationPhase.ANSWERED: ("started_at", "drafted_at", "answered_at"),
    EvaluationPhase.FINAL: ("started_at", "drafted_at", "answered_at", "finalised_at"),
    EvaluationPhase.PUBLISHED: ("started_at", "drafted_at", "answered_at", "finalised_at", "published_at"),
    EvaluationPhase.CANCELLED: ("cancelled_at",),
}


def evaluation(
    session: Session,
    stage: Stage = Stage.FINAL,
    phase: EvaluationPhase = EvaluationPhase.PLANNED,
    *,
    contract: Contract | None = None,
    agency: Agency | None = None,
    score: Decimal | str = "86.50",
    at: datetime = NOON - DAY,
) -> Evaluation:
    """An evaluation as a row, of a contract in force whose agency was drawn and has declared.

    It came into its phase at `at`; a sheet it has not.
    """
    given = contract or agencies.running(session)
    assignment = assigned(session, given, agency)
    first, last = days(given, stage)
    made = Evaluation(
        reference=next_reference(session, PREFIX, at),
        contract=given,
        stage=stage,
        planned_at=at - 30 * DAY,
        due_from=min(first, at.date()),
        due_until=last,
        indicator_set=default_set(session, parties.system(at)),
    )
    session.add(made)
    session.flush()
    if phase is not EvaluationPhase.PLANNED:
        _stamp(session, made, assignment, phase, at, Decimal(score))
    return made


def final(
    session: Session,
    contract: Contract | None = None,
    *,
    score: Decimal | str = "86.50",
    agency: Agency | None = None,
    at: datetime = NOON - DAY,
) -> Evaluation:
    """A published final with this score, as a row."""
    return evaluation(
        session, Stage.FINAL, EvaluationPhase.PUBLISHED, contract=contract, agency=agency, score=score, at=at
    )


def assigned(session: Session, contract: Contract, agency: Agency | None = None) -> Assignment:
    """The agency of a contract; drawn now when there is none."""
    found = assignment_of(session, contract.id, AssignmentKind.PRIMARY, NOON)
    return found or agencies.assigned(session, contract, agency)


def evaluator(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Act:
    """Somebody new of the agency that evaluates."""
    session.refresh(evaluation)
    organisation = session.get_one(Organisation, evaluation.agency_id)
    return parties.act_as(session, Role.EVALUATOR, organisation=organisation, at=at)


def supplier(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Act:
    """Somebody new of the contractor."""
    organisation = session.get_one(Organisation, evaluation.organisation_id)
    return parties.act_as(session, Role.ORGANISATION_STAFF, organisation=organisation, at=at)


def official(session: Session, at: datetime = NOON, unit: str = STREET) -> Act:
    """Somebody of the purchaser."""
    return parties.act_as(session, Role.STREET_OFFICIAL, unit=unit, at=at)


def best(evaluation: Evaluation, **changed: Given) -> dict[str, Given]:
    """The best mark of every item; an item is changed by its code, with _ for the point."""
    items = [item for item in default().asked(evaluation.stage) if item.kind in FILLED_IN]
    hundred = Decimal(100)
    found = {
        item.code: Given(planned=hundred, actual=hundred)
        if item.kind is ItemKind.RATIO
        else Given(points=Decimal(str(item.maximum)))
        for item in items
    }
    return found | {code.replace("_", "."): given for code, given in changed.items()}


def proved(session: Session, evaluation: Evaluation, act: Act) -> None:
    """Something that was seen, for every item."""
    items = list(best(evaluation))
    proof = Proof(EvaluationEvidenceKind.OBSERVATION, items, "现场查看，与记录一致。")
    proving.add(session, evaluation, act, proof=proof)


def started(session: Session, stage: Stage = Stage.FINAL) -> Evaluation:
    """An evaluation that was begun, as a row."""
    return evaluation(session, stage, EvaluationPhase.STARTED)


def filled(
    session: Session,
    evaluation: Evaluation | None = None,
    act: Act | None = None,
    **changed: Given,
) -> Evaluation:
    """A started evaluation with evidence and the best mark for every item but those changed."""
    given = evaluation or started(session)
    by = act or evaluator(session, given)
    proved(session, given, by)
    sent = Sent(given.sheet_revision)
    marking.save(session, given, by, given=best(given, **changed), sent=sent)
    return given


def drafted(session: Session, *, at: datetime = NOON, **changed: Given) -> Evaluation:
    """A final whose draft was handed over at `at`, through the verbs."""
    made = evaluation(session, phase=EvaluationPhase.STARTED, at=at - DAY)
    by = evaluator(session, made, at)
    filled(session, made, by, **changed)
    reporting.draft(session, made, by, summary="服务按约定完成，账目清楚。")
    return made


def finalised(session: Session, *, at: datetime = NOON, **changed: Given) -> Evaluation:
    """The same made final: the contractor had nothing to add."""
    made = drafted(session, at=at, **changed)
    answering.answer(session, made, supplier(session, made, at), words={}, done=True)
    reporting.finalise(session, made, evaluator(session, made, at), summary="服务按约定完成，账目清楚。")
    return made


def second(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Rescore:
    """A second sheet that was ordered, with an agency of its own."""
    agencies.assigned(session, evaluation.contract, kind=AssignmentKind.RESCORE)
    made = rescoring.order(session, evaluation, official(session, at), words="分数与走访看到的不一致。")
    session.refresh(made)
    return made


def evidence_row(
    session: Session, evaluation: Evaluation, *, item: str = "E1.1", name: str, content: bytes
) -> EvaluationEvidence:
    """Evidence with a file, as a row."""
    made = EvaluationEvidence(
        evaluation_id=evaluation.id,
        number=1,
        item_code=item,
        kind=EvaluationEvidenceKind.DOCUMENT,
        file=store(session, parties.system(), name=name, content=content),
        words="签到表。",
        added_at=NOON,
    )
    session.add(made)
    session.flush()
    return made


def ready(session: Session) -> Evaluation:
    """A planned final; the agency that will begin it is written in already."""
    made = evaluation(session)
    made.assignment_id = assigned(session, made.contract).id
    session.flush()
    return made


def second_row(session: Session) -> Rescore:
    """A second sheet that was ordered; the words of a decision are there already."""
    made = evaluation(session, phase=EvaluationPhase.FINAL)
    again = agencies.assigned(session, made.contract, kind=AssignmentKind.RESCORE)
    row = Rescore(
        evaluation=made,
        ordered_at=NOON - DAY,
        origin=RescoreOrigin.DRAWN,
        assignment=again,
        words="理由。",
    )
    session.add(row)
    session.flush()
    session.refresh(row)
    return row


def furnished(session: Session, final_id: UUID) -> dict[str, UUID]:
    """Evidence and an answer of a final; a mid-term under way, which the same agency marks again."""
    made = session.get_one(Evaluation, final_id)
    assert made.assignment is not None
    system = parties.system()
    file(session, made, system, ReportKind.FINAL, compiled(session, made, system))
    evidence = evidence_row(session, made, name="photo.png", content=b"\x89PNG\r\n\x1a\nlingxiao")
    answer = ItemAnswer(evaluation_id=made.id, item_code="E1.1", words="需求编号有效。", given_at=NOON)
    midterm = evaluation(session, Stage.MIDTERM, EvaluationPhase.DRAFTED, contract=made.contract)
    agencies.assigned(session, made.contract, made.assignment.agency, AssignmentKind.RESCORE)
    again = Rescore(evaluation=midterm, ordered_at=NOON, origin=RescoreOrigin.DRAWN)
    contest = VetoAnswer(
        evaluation_id=made.id, code="false_data", veto_words="签到为后补。", words="不是。", given_at=NOON
    )
    session.add_all([answer, contest, again])
    session.flush()
    return {
        "evaluation_evidence_id": evidence.id,
        "item_answer_id": answer.id,
        "veto_answer_id": contest.id,
        "rescore_id": again.id,
        "indicator_set_id": made.indicator_set_id,
    }


def _stamp(
    session: Session,
    made: Evaluation,
    assignment: Assignment,
    phase: EvaluationPhase,
    at: datetime,
    score: Decimal,
) -> None:
    """Decision dates past `advance()`: what nothing but a factory does."""
    values: dict[str, Any] = dict.fromkeys(STAMPS[phase], at)
    if phase is EvaluationPhase.CANCELLED:
        values["cancelled_words"] = "合同提前终止。"
    else:
        values["assignment_id"] = assignment.id
    if "drafted_at" in values:
        values["answer_ends_at"] = at + 7 * DAY
    if "finalised_at" in values:
        lines: Mapping[Any, Fraction] = default().lines
        graded = made.stage in GRADED
        values |= {
            "score": score,
            "grade": grade(Fraction(score), lines, vetoed=False) if graded else None,
            "summary": "服务按约定完成，居民总体满意。",
        }
    session.execute(update(Evaluation).where(Evaluation.id == made.id).values(values))
    session.expire(made)
