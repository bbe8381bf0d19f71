"""Final reports as rows, findings, rectifications and consequences by their verbs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from PIL import ExifTags, Image
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.act import Act, Role
from models.agencies.agency import Agency
from models.calendar.clocks import local_date
from models.contracts.contract import Contract, ContractMilestone
from models.evaluations.evaluation import Evaluation, EvaluationPhase
from models.parties.organisation import Organisation
from models.rectifications import checking, deciding, issuing, mending
from models.rectifications.checking import Seen
from models.rectifications.consequence import Consequence, ConsequenceKind
from models.rectifications.issuing import Found
from models.rectifications.mending import Planned, to_mend
from models.rectifications.rectification import Rectification, Severity
from models.rulebook.stages import Stage
from tests.factories import contracts, evaluations, parties
from tests.factories.parties import NOON

DAY = timedelta(days=1)


def _picture() -> bytes:
    """A small photo as a telephone takes it, with where it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = PLACE
    written = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "PNG", exif=exif)
    return written.getvalue()


PLACE = "31.2304 N, 121.4737 E"
FOUND = (
    Found("三个楼组没有按合同每周探访，台账缺 12 次。", Severity.SERIOUS, "E2.4"),
    Found("服务对象登记表没有上锁。", Severity.MINOR, "E3.5"),
)
PNG = _picture()


def final(
    session: Session,
    contract: Contract | None = None,
    *,
    at: datetime = NOON,
    stage: Stage = Stage.FINAL,
    agency: Agency | None = None,
    score: str = "68.50",
) -> Evaluation:
    """An evaluation whose report became final at an instant, as a row."""
    return evaluations.evaluation(
        session, stage, EvaluationPhase.FINAL, contract=contract, agency=agency, score=score, at=at
    )


def evaluator(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Act:
    """Somebody of the agency an evaluation is with."""
    agency = session.get_one(Organisation, evaluation.agency_id)
    return parties.act_as(session, Role.EVALUATOR, organisation=agency, at=at)


def staff(session: Session, evaluation: Evaluation, at: datetime = NOON) -> Act:
    """Somebody of the organisation that was evaluated."""
    return contracts.supplier(session, evaluation.contract, at)


def issued(
    session: Session,
    evaluation: Evaluation | None = None,
    *,
    at: datetime = NOON,
    found: Sequence[Found] = FOUND,
) -> Rectification:
    """Findings the evaluator has issued."""
    of = evaluation or final(session, at=at)
    return issuing.issue(session, of, evaluator(session, of, at), found=found)


def plan(session: Session, made: Rectification, at: datetime, *, days: int = 10) -> None:
    """The organisation's plan for all that is open."""
    planned = {
        each.id: Planned("补齐探访并每周检查台账。", "项目主管 陈静", local_date(at + days * DAY))
        for each in to_mend(made)
    }
    mending.plan(session, made, staff(session, made.evaluation, at), planned=planned)


def report(session: Session, made: Rectification, at: datetime) -> None:
    """The organisation's report that it is done."""
    mending.report(session, made, staff(session, made.evaluation, at), words="已补齐，台账逐周签字。")


def recheck(session: Session, made: Rectification, at: datetime, *, failing: Sequence[int] = ()) -> None:
    """The evaluator's re-check; `failing` are the numbers that did not pass."""
    seen = {
        each.id: Seen("抽查十户，记录齐全。", each.number not in failing, "seen.png", PNG)
        for each in to_mend(made)
    }
    checking.recheck(session, made, evaluator(session, made.evaluation, at), seen=seen)


def until(session: Session, made: Rectification, steps: str, at: datetime = NOON) -> Rectification:
    """Take a rectification some steps on: p(lan), d(one), f(ailed), m(ended)."""
    for number, step in enumerate(steps, 1):
        when = at + number * DAY
        if step == "p":
            plan(session, made, when)
        elif step == "d":
            report(session, made, when)
        else:
            recheck(session, made, when, failing=[1] if step == "f" else ())
    return made


def invoiced(session: Session, milestone: ContractMilestone, at: datetime = NOON) -> None:
    """A milestone that waits for its payment: its dates are set past `advance()`."""
    stamps = dict.fromkeys(("reported_at", "accepted_at", "invoiced_at"), at)
    of = ContractMilestone.id == milestone.id
    session.execute(update(ContractMilestone).where(of).values(**stamps, users_asked=30, users_satisfied=27))
    session.expire(milestone)


def consequence(
    session: Session,
    evaluation: Evaluation | None = None,
    *,
    kind: ConsequenceKind = ConsequenceKind.REMINDER,
    by: Act | None = None,
    amount: Decimal | None = None,
    milestone: ContractMilestone | None = None,
    at: datetime = NOON,
) -> Consequence:
    """Something an official has decided."""
    of = evaluation or final(session, at=at)
    act = by or contracts.official(session, at)
    return deciding.decide(
        session,
        of,
        replace(act, at=at),
        kind=kind,
        reasons="整改逾期，居民意见集中。",
        terms="合同第九条第二款",
        amount=amount,
        milestone=milestone,
    )
