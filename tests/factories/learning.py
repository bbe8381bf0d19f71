"""Reviewed needs as rows, from which the matcher can learn that codes tell more than words."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from matcher.weights import STANDARD
from models.act import Act, Role
from models.catalogue.service import Service
from models.matching import training
from models.matching.engine import Engine
from models.matching.learning import LearningRun
from models.matching.review import Decision, RejectReason, Review
from models.matching.run import Match, MatchRun, Verdict
from models.needs.need import Need
from models.parties.unit import AdministrativeUnit
from tests.factories import catalogue, needs, parties
from tests.factories.parties import DISTRICT, NOON

SAID = (
    ("EL-01", "老人没人做饭", "几位高龄老人烧不动饭，天天吃泡饭。"),
    ("YO-01", "放暑假孩子没人看", "双职工家庭，小孩一个人在家。"),
)
OFFERED = {
    "EL-01": ("老年餐送餐上门", "为高龄、独居老人每天送午餐和晚餐。"),
    "YO-01": ("爱心暑托班", "双职工家庭孩子的暑期托管，作业辅导和活动。"),
}
FIGURES = {
    "enough": True,
    "teaching": 30,
    "examining": 10,
    "ndcg": {"before": 0.612, "after": 0.745},
    "gini": {"before": 0.41, "after": 0.38},
    "exposure": {
        "size": {"before": {"small": 0.4, "": 0.6}, "after": {"small": 0.5, "": 0.5}},
        "age": {"before": {"young": 1.0}, "after": {"young": 0.7, "old": 0.3}},
    },
    "examples": [],
}
REVIEWED = NOON - timedelta(days=30)


def services(session: Session) -> dict[str, Service]:
    """Of each subject one service that is right, and one with its words and a wrong code ("wrong EL-01")."""
    made = {}
    for number, (code, (title, words)) in enumerate(OFFERED.items()):
        right = parties.organisation(session, name=f"上海对口{number}服务中心")
        wrong = parties.organisation(session, name=f"上海沾边{number}服务中心")
        made[code] = catalogue.service(
            session, title=title, description=words, organisation=right, terms=(code, "B03")
        )
        made[f"wrong {code}"] = catalogue.service(
            session, title=title, description=words, organisation=wrong, terms=("CU-01", "B03")
        )
    return made


def reviewed(
    session: Session, offered: dict[str, Service], many: int, *, at: datetime = REVIEWED
) -> list[Need]:
    """So many needs, one reviewed a day: the service with the right code accepted, the other rejected."""
    made = []
    for number in range(many):
        code, title, words = SAID[number % len(SAID)]
        need = needs.need(
            session,
            codes=[code],
            groups=["B03"],
            title=f"{title} {number}",
            description=f"{words}第{number}次说。",
        )
        when = at + timedelta(hours=number)
        run = match_run(session, need, when, [offered[code].id, offered[f"wrong {code}"].id])
        session.add(Review(match=run.matches[0], decision=Decision.ACCEPT, at=when))
        wrong = {"decision": Decision.REJECT, "reason": RejectReason.WRONG_SERVICE}
        session.add(Review(match=run.matches[1], at=when, **wrong))
        made.append(need)
    session.flush()
    return made


def match_run(session: Session, need: Need, at: datetime, services: list[UUID]) -> MatchRun:
    """A run as a row, its matches in this order."""
    run = MatchRun(
        need=need, at=at, model_version="2.1.0", catalogue_hash="0" * 64, catalogue_size=9, parameters={}
    )
    for rank, service_id in enumerate(services, 1):
        run.matches.append(
            Match(
                service_id=service_id,
                rank=rank,
                score=1 / (1 + rank),
                verdict=Verdict.ELIGIBLE,
                contributions={},
                reasons=[],
                refusals=[],
                evidence={"words": [], "codes": [], "groups": [], "seen": {}},
            )
        )
    session.add(run)
    session.flush()
    return run


def planner(session: Session, at: datetime = NOON, unit: str = DISTRICT) -> Act:
    """An official of the district, who may train and adopt."""
    return parties.act_as(session, Role.DISTRICT_OFFICIAL, unit=unit, at=at)


def trained(session: Session, act: Act | None = None, engine: Engine | None = None) -> LearningRun:
    """A run of whatever was reviewed."""
    by = act or planner(session)
    unit = session.get_one(AdministrativeUnit, by.actor.unit_code)
    made = training.ask(session, unit, by)
    finished(session, by.at, engine)
    return made


def finished(session: Session, at: datetime = NOON, engine: Engine | None = None) -> None:
    """What was asked for, trained."""
    studied = training.study(session, at, engine or Engine())
    assert studied is not None
    training.conclude(session, studied, Act.of_system(at, "jobs"))


def learning_run(session: Session, *, learned: bool = True, at: datetime = NOON) -> LearningRun:
    """A run as a row, with weights for nothing but codes."""
    parties.place(session)
    topic = {"characters": 0.0, "codes": 1.0, "groups": 0.0, "meaning": 0.0}
    made = LearningRun(
        unit_code=DISTRICT,
        made_at=at,
        trained_at=at,
        model_version="2.1.0",
        data_hash="0" * 64,
        seed=0,
        needs=40,
        reviews=80,
        learned=learned,
        parameters={"taught": 0.75, "least_needs": 20, "before": STANDARD.as_dict()},
        weights={**STANDARD.as_dict(), "topic": topic},
        metrics=FIGURES if learned else {"enough": False, "teaching": 4},
    )
    session.add(made)
    session.flush()
    return made


def trained_row(session: Session) -> LearningRun:
    """The same, and the need it changes most."""
    offered, made = services(session), learning_run(session)
    (need,) = reviewed(session, offered, 1)
    right, wrong = ([str(offered[key].id), 0.5] for key in ("EL-01", "wrong EL-01"))
    example = {"need": str(need.id), "before": [wrong, right], "after": [right, wrong]}
    made.metrics = {**made.metrics, "examples": [example]}
    session.flush()
    return made
